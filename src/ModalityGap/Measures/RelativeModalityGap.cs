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
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence) => Linear(evidence.Linear);

    public IEnumerable<Measurement> Linear(LinearEvidence evidence)
    {
        PairSums sums = evidence.Moments.Sums;
        bool allEqual = Denominator(sums) < 1e-12;
        yield return allEqual
            ? Measurement.Without("relative-modality-gap", null, "All rows coincide, so there is no distance to compare with.")
            : Measurement.Of("relative-modality-gap", null, evidence.Moments.Jackknifed(Ratio).Within(0, 1));
    }

    private static double Ratio(PairSums sums) => (1 - sums.MatchedMean) / 2 / Denominator(sums);

    private static double Denominator(PairSums sums) =>
        (1 - sums.MatchedMean) / 2 + (2 - sums.OffDiagonalMeanX - sums.OffDiagonalMeanY) / 4;
}
