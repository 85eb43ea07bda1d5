using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The energy distance between the two modalities' distributions.</summary>
internal sealed class EnergyDistance : IMeasure
{
    private const string Reference = "Székely and Rizzo, Energy statistics, JSPI 2013; for modality gaps in InfoNCE Geometry, arXiv 2601.19597";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "energy-distance",
            Name = "Energy distance",
            Definition = "Twice the mean distance between unmatched rows of different modalities, less the mean distance within each.",
            Formula = "2 mean_{i≠j}‖x_i - y_j‖ - mean_{i≠j}‖x_i - x_j‖ - mean_{i≠j}‖y_i - y_j‖",
            Range = "[-4, 4]",
            Direction = Direction.LowerIsBetter,
            Reading = "0 when both modalities have the same distribution, not the same mean only; an unbiased estimate may fall a little below. It is a squared kind "
                + "of distance: a gap twice as wide counts more than double.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "energy-distance-two-sample",
            Name = "Energy distance of two samples",
            Definition = "The same with matched pairs among those of different modalities, as if the two sets had nothing to do with each other.",
            Formula = "2 mean‖x_i - y_j‖ - mean_{i≠j}‖x_i - x_j‖ - mean_{i≠j}‖y_i - y_j‖",
            Range = "[-4, 4]",
            Direction = Direction.LowerIsBetter,
            Reading = "Matched pairs are nearer than independent rows, so it is too small by about one over N: to compare with published values only.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "energy-distance-biased",
            Name = "Energy distance, biased",
            Definition = "That of two samples with every row also compared with itself, which is what most code computes.",
            Formula = "2 mean‖x_i - y_j‖ - mean_{i,j}‖x_i - x_j‖ - mean_{i,j}‖y_i - y_j‖",
            Range = "[0, 4]",
            Direction = Direction.LowerIsBetter,
            Reading = "Never negative, and too large by about one over N: to compare with published values only.",
            Reference = Reference,
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        DistanceEvidence distances = evidence.Distances;
        yield return Measurement.Of("energy-distance", null, distances.Jackknifed(DistanceKernels.Distance, sums => -sums.Contrast));
        DistanceTotals totals = distances.Totals(DistanceKernels.Distance);
        const string why = "a variant; the energy distance has the interval";
        yield return Measurement.Of("energy-distance-two-sample", null, Estimate.Exact(-totals.TwoSampleContrast, why, evidence.Count));
        yield return Measurement.Of("energy-distance-biased", null, Estimate.Exact(-totals.BiasedContrast(0), why, evidence.Count));
    }
}
