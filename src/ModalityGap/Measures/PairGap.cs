using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// The gap pair by pair, g_i = x_i - y_i: how long, how parallel to the gap vector, and whether a modality's own variation leans along the gap.
/// </summary>
internal sealed class PairGap : IMeasure
{
    private const string Paper = "Zhang et al., DrML, ICLR 2023 (image side only)";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("pair-distance-mean", "Mean distance of matched pairs (L2I)", "The mean Euclidean distance between a row and its partner.",
            "mean ‖x_i - y_i‖", "[0, 2]", "At least as large as the gap: the difference is what pairs vary beside their means.",
            "Schrodi et al., Two Effects, One Trigger, ICLR 2025; magnitude in DrML"),
        Info("pair-distance-deviation", "Deviation of the distance of matched pairs", "The population standard deviation of those distances.",
            "sqrt(mean (‖g_i‖ - mean)²)", "[0, 1]", "Small beside the mean: the gap is nearly the same for every pair.", Paper),
        Info("pair-direction-mean", "Direction of the pairs' gaps", "The mean cosine between a pair's gap and the gap vector.",
            "mean cos(g_i, Δ)", "[-1, 1]", "1: every pair is apart in the same direction, so one translation closes all gaps. CLIP has about 0.7.", Paper),
        Info("pair-direction-deviation", "Deviation of the direction of the pairs' gaps", "The population standard deviation of those cosines.",
            "sqrt(mean (cos(g_i, Δ) - mean)²)", "[0, 1]", "Small: all pairs are alike in this.", Paper),
        Info("pair-orthogonality-mean", "Lean of a modality along the gap", "The mean cosine between a row's deviation from its modality's mean and the gap vector.",
            "mean cos(x_i - mean x, Δ), and for y", "[-1, 1]", "Near 0: what a modality varies in is orthogonal to the gap. Published for images only; both sides are given here.", Paper),
        Info("pair-orthogonality-deviation", "Deviation of the lean along the gap", "The population standard deviation of those cosines.",
            "sqrt(mean (cos(x_i - mean x, Δ) - mean)²)", "[0, 1]", "Large beside what d random dimensions give, 1/sqrt(d): the gap direction also carries content.", Paper),
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        var gap = new GapDirection(evidence);
        double[] lengths = gap.PairLengths();
        yield return Measurement.Of("pair-distance-mean", null, Jackknife.FromInfluences(lengths.Average(), lengths, "influence of each pair").Within(0, 2));
        yield return Measurement.Of("pair-distance-deviation", null, Spread(lengths, influences: null, "influence of each pair"));
        if (gap.Norm == 0)
        {
            const string reason = "There is no gap, so it has no direction.";
            yield return Measurement.Without("pair-direction-mean", null, reason);
            yield return Measurement.Without("pair-direction-deviation", null, reason);
            foreach (string modality in new[] { evidence.First, evidence.Second })
            {
                yield return Measurement.Without("pair-orthogonality-mean", modality, reason);
                yield return Measurement.Without("pair-orthogonality-deviation", modality, reason);
            }
            yield break;
        }
        foreach (Measurement measurement in Both("pair-direction", null, gap.OfPairs(), "No pair is apart."))
            yield return measurement;
        foreach (Measurement measurement in Both("pair-orthogonality", evidence.First, gap.OfDeviations(evidence.X), "All rows coincide."))
            yield return measurement;
        foreach (Measurement measurement in Both("pair-orthogonality", evidence.Second, gap.OfDeviations(evidence.Y), "All rows coincide."))
            yield return measurement;
    }

    private static IEnumerable<Measurement> Both(string id, string? subject, DirectionCosines? cosines, string reason)
    {
        if (cosines is null)
            return [Measurement.Without(id + "-mean", subject, reason), Measurement.Without(id + "-deviation", subject, reason)];
        const string method = "influence of each pair, on the means too";
        return
        [
            Measurement.Of(id + "-mean", subject, Jackknife.FromInfluences(cosines.Mean, cosines.OnMean, method).Within(-1, 1)),
            Measurement.Of(id + "-deviation", subject, Spread(cosines.Values, cosines.OnDeviation, method)),
        ];
    }

    // Without influences of their own, values move their deviation as independent numbers do.
    private static Estimate Spread(double[] values, double[]? influences, string method)
    {
        double mean = values.Average();
        double[] squares = Array.ConvertAll(values, value => (value - mean) * (value - mean));
        double deviation = Math.Sqrt(squares.Average());
        return deviation == 0
            ? Estimate.Exact(0, "all are equal", values.Length)
            : Jackknife.OfPositive(deviation, influences ?? Array.ConvertAll(squares, square => square / (2 * deviation)), method).Within(0, 1);
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string range, string reading, string reference) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula,
        Range = range,
        Reading = reading,
        Reference = reference,
    };
}
