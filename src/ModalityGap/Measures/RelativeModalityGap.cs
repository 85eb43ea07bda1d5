namespace ModalityGap.Measures;

/// <summary>RMG: how far matched pairs are apart, measured in distances within the modalities.</summary>
internal sealed class RelativeModalityGap : IMeasure, ILinearMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "relative-modality-gap",
            Name = "Relative modality gap (RMG)",
            Definition = "The mean distance of matched pairs against the mean distance within the modalities, the diagonal left out.",
            Formula = "D / (D + (D_x + D_y)/2), d(a, b) = (1 - cos(a, b))/2; D over matched pairs, D_x and D_y over i ≠ j",
            Range = "[0, 1]",
            Direction = Direction.LowerIsBetter,
            Reading = "0: matched pairs coincide. 0.5: a pair is as far apart as two random items of one modality. Above: farther.",
            Reference = "Schrodi et al., Two Effects, One Trigger, ICLR 2025",
        },
        new MeasureInfo
        {
            Id = "relative-modality-gap-with-diagonal",
            Name = "RMG with the diagonal",
            Definition = "The same with every row's distance of 0 to itself among the distances within the modalities.",
            Formula = "as RMG, D_x and D_y over all i and j",
            Range = "[0, 1]",
            Direction = Direction.LowerIsBetter,
            Reading = "Larger than RMG by about one over N: what the training code beside the paper prints. To compare with such values only.",
            Reference = "train.py of Schrodi et al.; gap_precompute.py of the same authors leaves the diagonal out",
        },
        new MeasureInfo
        {
            Id = "relative-modality-gap-unhalved",
            Name = "RMG with an unhalved numerator",
            Definition = "The same with 1 - cos for matched pairs, yet (1 - cos)/2 within the modalities.",
            Formula = "2 D / (2 D + (D_x + D_y)/2)",
            Range = "[0, 1]",
            Direction = Direction.LowerIsBetter,
            Reading = "Always larger than RMG: two thirds where RMG says one half. To compare with such values only.",
            Reference = "Published code of per-dimension studies (few_dims_drive_modalitygap, 2026)",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence) => Linear(evidence.Linear);

    public IEnumerable<Measurement> Linear(LinearEvidence evidence)
    {
        PairSums sums = evidence.Moments.Sums;
        if (Matched(sums) + Within(sums) < 1e-12)
            return Infos.Select(info => Measurement.Without(info.Id, null, "All rows coincide, so there is no distance to compare with."));
        return
        [
            Measurement.Of("relative-modality-gap", null, evidence.Moments.Jackknifed(Of).Within(0, 1)),
            Measurement.Of("relative-modality-gap-with-diagonal", null, evidence.Moments.Jackknifed(
                s => Ratio(Matched(s), Within(s) * (s.Count - 1) / s.Count)).Within(0, 1)),
            Measurement.Of("relative-modality-gap-unhalved", null, evidence.Moments.Jackknifed(
                s => Ratio(2 * Matched(s), Within(s))).Within(0, 1)),
        ];
    }

    /// <summary>RMG from sums.</summary>
    internal static double Of(PairSums sums) => Ratio(Matched(sums), Within(sums));

    private static double Ratio(double matched, double within) => matched / (matched + within);

    private static double Matched(PairSums sums) => (1 - sums.MatchedMean) / 2;

    // The mean of D_x and D_y.
    private static double Within(PairSums sums) => (2 - sums.OffDiagonalMeanX - sums.OffDiagonalMeanY) / 4;
}
