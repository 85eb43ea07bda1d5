using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Cosines of matched and of unmatched pairs, and how well the one can be told from the other.</summary>
internal sealed class MatchedCosines : IMeasure, ILinearMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("matched-cosine-mean", "Mean cosine of matched pairs", "The mean cosine between a row and its partner in the other modality.",
            "mean of x_i·y_i", "About 0.3 for CLIP, though the pairs match perfectly: the gap costs the rest. Compare with unmatched pairs, not with 1.",
            "Alignment score, Eslami and de Melo, AlignCLIP, ICLR 2025"),
        Info("matched-cosine-deviation", "Deviation of the cosine of matched pairs", "The population standard deviation of those cosines.",
            "sqrt(mean of (x_i·y_i - mean)²)", "If it is as large as the distance to the unmatched mean, a threshold will not separate well.",
            "Zhang et al., DrML, ICLR 2023"),
        Info("unmatched-cosine-mean", "Mean cosine of unmatched pairs", "The mean cosine between a row and somebody else's partner.",
            "mean of x_i·y_j over i ≠ j", "What \"unrelated\" looks like across the two modalities: about 0.16 for CLIP, not 0.",
            "Liang et al., Mind the Gap, NeurIPS 2022"),
        Info("unmatched-cosine-deviation", "Deviation of the cosine of unmatched pairs", "The population standard deviation of those cosines.",
            "sqrt(mean of (x_i·y_j - mean)² over i ≠ j)", "The scale on which a matched cosine must stand out.",
            "Liang et al., Mind the Gap, NeurIPS 2022"),
        new MeasureInfo
        {
            Id = "matched-unmatched-auc",
            Name = "AUC of matched against unmatched pairs",
            Definition = "The probability that a random matched pair has a larger cosine than a random unmatched pair, ties counting half.",
            Formula = "P(x_i·y_i > x_j·y_k) + P(=)/2, j ≠ k",
            Range = "[0, 1]",
            Direction = Direction.HigherIsBetter,
            Reading = "0.5: no better than chance, which usually means that the rows of the two files are not in the same order. Above 0.95: one threshold works.",
            Reference = "Area under the ROC curve (Hanley and McNeil 1982)",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        int n = evidence.Count;
        foreach (Measurement linear in Linear(evidence.Linear))
            yield return linear;
        yield return Measurement.Of("unmatched-cosine-deviation", null, UnmatchedDeviation(evidence.Cross, n));
        yield return Measurement.Of("matched-unmatched-auc", null, Auc(evidence.Cross, n));
    }

    public IEnumerable<Measurement> Linear(LinearEvidence evidence)
    {
        PairMoments moments = evidence.Moments;
        yield return Measurement.Of("matched-cosine-mean", null, MatchedMean(moments).Within(-1, 1));
        yield return Measurement.Of("matched-cosine-deviation", null, MatchedDeviation(moments));
        yield return Measurement.Of("unmatched-cosine-mean", null, moments.Jackknifed(sums => sums.UnmatchedMean).Within(-1, 1));
    }

    // The jackknife of a mean is its standard error, which the accumulated squares give without a sample.
    private static Estimate MatchedMean(PairMoments moments)
    {
        double n = moments.Count;
        return moments.Count < 3
            ? Estimate.Exact(moments.Sums.MatchedMean, "too few units for an interval", moments.Count)
            : Estimate.Normal(
                moments.Sums.MatchedMean, Math.Sqrt(moments.MatchedMoments.SquaredDeviations / (n - 1) / n), "jackknife over pairs", moments.Count);
    }

    private static Estimate MatchedDeviation(PairMoments moments)
    {
        double mean = moments.Sums.MatchedMean;
        double[] squares = Array.ConvertAll(moments.Matched, cosine => (cosine - mean) * (cosine - mean));
        double deviation = moments.MatchedMoments.Deviation;
        return deviation == 0
            ? Estimate.Exact(0, "all cosines are equal", moments.Count)
            : Jackknife.OfPositive(deviation, Array.ConvertAll(squares, s => s / (2 * deviation)), "influence of each pair", moments.Count).Within(0, 1);
    }

    private static Estimate UnmatchedDeviation(CrossEvidence cross, int n)
    {
        double pairs = (double)n * (n - 1);
        double variance = cross.SquaredDeviations.Sum() / (2 * pairs);
        double deviation = Math.Sqrt(variance);
        return deviation == 0
            ? Estimate.Exact(0, "all cosines are equal", n)
            : Jackknife.OfPositive(
                deviation,
                Array.ConvertAll(cross.SquaredDeviations, s => (s / (n - 1) - 2 * variance) / (2 * deviation)),
                "influence of each pair, as a row and as a column").Within(0, 1);
    }

    // Item i takes part as the matched cosine, and with all unmatched cosines of its row and its column.
    private static Estimate Auc(CrossEvidence cross, int n)
    {
        double unmatched = (double)n * (n - 1);
        long twiceWon = cross.TwiceWon.Sum() / 2;
        double auc = twiceWon / 2.0 / (unmatched * n);
        long[] below = UnmatchedBelowMatched(cross);
        var influences = new double[n];
        for (int i = 0; i < n; i++)
            influences[i] = below[i] / 2.0 / unmatched + cross.TwiceWon[i] / 2.0 / ((double)n * (n - 1));
        return Jackknife.FromInfluences(auc, influences, "influence of each pair, as a match, a row and a column").Within(0, 1);
    }

    // Twice the number of unmatched cosines below each matched one, from the bins: it only feeds an interval.
    private static long[] UnmatchedBelowMatched(CrossEvidence cross)
    {
        var belowBin = new long[CosineBins.Count];
        long below = 0;
        for (int b = 0; b < belowBin.Length; b++)
        {
            belowBin[b] = 2 * below + cross.Bins[b];
            below += cross.Bins[b];
        }
        return Array.ConvertAll(cross.MatchedAsInTile, cosine => belowBin[CosineBins.Of(cosine)]);
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string reading, string reference) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula,
        Range = id.EndsWith("deviation", StringComparison.Ordinal) ? "[0, 1]" : "[-1, 1]",
        Reading = reading,
        Reference = reference,
    };
}
