using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The gap in the other units in which it is published.</summary>
internal sealed class GapVariants : IMeasure
{
    private const string Why = "a variant; the gap has the interval";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "gap-squared",
            Name = "Modality gap, squared",
            Definition = "The square of the distance between the modalities' means.",
            Formula = "‖Δ‖²",
            Range = "[0, 4]",
            Reading = "Some papers print this as the modality gap (MG): 0.72 is a gap of 0.85. To compare with such values only.",
            Reference = "Sato et al., When Modality Gap Reduction Fails, 2026",
        },
        new MeasureInfo
        {
            Id = "gap-mean-square",
            Name = "Modality gap, mean square per dimension",
            Definition = "The mean over the coordinates of the squared difference of the means.",
            Formula = "‖Δ‖² / d",
            Range = "[0, 4]",
            Reading = "Depends on the number of dimensions; to compare with such values only.",
            Reference = "Yamaguchi et al., CLIP-Refine, CVPR 2025 (its code)",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        double squared = evidence.Moments.Sums.SquaredGap;
        yield return Measurement.Of("gap-squared", null, Estimate.Exact(squared, Why, evidence.Count));
        yield return Measurement.Of("gap-mean-square", null, Estimate.Exact(squared / evidence.Pairs.Dimensions, Why, evidence.Count));
    }
}
