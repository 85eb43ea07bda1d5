using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The maximum mean discrepancy between the two modalities' distributions, at three widths of a Gaussian kernel.</summary>
internal sealed class MaximumMeanDiscrepancy : IMeasure
{
    private const string Reference = "Gretton et al., A kernel two-sample test, JMLR 2012; bandwidths as in InfoNCE Geometry, arXiv 2601.19597";

    private static readonly (string Subject, int Kernel)[] Bandwidths =
        [("0.5", DistanceKernels.HalfMedian), ("1", DistanceKernels.Median), ("2", DistanceKernels.TwiceMedian)];

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "mmd-squared",
            Name = "Maximum mean discrepancy, squared (MMD²)",
            Definition = "How much more alike two rows of one modality are than two of different ones, seen through a Gaussian kernel.",
            Formula = "mean_{i≠j} k(x_i, x_j) + mean_{i≠j} k(y_i, y_j) - 2 mean_{i≠j} k(x_i, y_j), k = exp(-‖·‖²/(2σ²)), σ = 0.5, 1, 2 times the median distance",
            Range = "[-2, 2]",
            Direction = Direction.LowerIsBetter,
            Reading = "0 when both modalities have the same distribution; an unbiased estimate may fall a little below. A narrow kernel sees "
                + "fine structure, a wide one little more than the means. The median is taken over both modalities together, so values at different medians differ in scale.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "mmd-squared-two-sample",
            Name = "Maximum mean discrepancy, squared, of two samples",
            Definition = "The same with matched pairs among those of different modalities, as if the two sets had nothing to do with each other.",
            Formula = "mean_{i≠j} k(x_i, x_j) + mean_{i≠j} k(y_i, y_j) - 2 mean k(x_i, y_j)",
            Range = "[-2, 2]",
            Direction = Direction.LowerIsBetter,
            Reading = "The published unbiased form. On pairs it is too small by about one over N, for matched rows are more alike than independent ones.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "mmd-squared-biased",
            Name = "Maximum mean discrepancy, squared, biased",
            Definition = "That of two samples with every row also compared with itself.",
            Formula = "mean_{i,j} k(x_i, x_j) + mean_{i,j} k(y_i, y_j) - 2 mean k(x_i, y_j)",
            Range = "[0, 2]",
            Direction = Direction.LowerIsBetter,
            Reading = "Never negative, and too large by about one over N: to compare with published values only.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "median-distance",
            Name = "Median distance",
            Definition = "The median distance between two different rows of both modalities together.",
            Formula = "median of ‖z_i - z_j‖, i < j, z all rows of both",
            Range = "[0, 2]",
            Reading = "The scale of the kernels of MMD². Two random directions lie 1.41 apart.",
            Reference = Reference,
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        DistanceEvidence distances = evidence.Distances;
        yield return Measurement.Of("median-distance", null, Estimate.Exact(distances.MedianDistance, "describes these rows", evidence.Count));
        foreach ((string subject, int kernel) in Bandwidths)
        {
            if (distances.MedianDistance == 0)
            {
                const string reason = "Most rows coincide, so the median distance gives the kernel no width.";
                yield return Measurement.Without("mmd-squared", subject, reason);
                yield return Measurement.Without("mmd-squared-two-sample", subject, reason);
                yield return Measurement.Without("mmd-squared-biased", subject, reason);
                continue;
            }
            Estimate squared = distances.Jackknifed(kernel, sums => sums.Contrast);
            yield return Measurement.Of("mmd-squared", subject, squared with { Method = squared.Method + ", bandwidth held fixed" });
            DistanceTotals totals = distances.Totals(kernel);
            const string why = "a variant; MMD² has the interval";
            yield return Measurement.Of("mmd-squared-two-sample", subject, Estimate.Exact(totals.TwoSampleContrast, why, evidence.Count));
            yield return Measurement.Of("mmd-squared-biased", subject, Estimate.Exact(totals.BiasedContrast(1), why, evidence.Count));
        }
    }
}
