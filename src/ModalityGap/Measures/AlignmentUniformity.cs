namespace ModalityGap.Measures;

/// <summary>Alignment of the pairs, and how evenly rows spread over the sphere.</summary>
internal sealed class AlignmentUniformity : IMeasure
{
    private const string Reference = "Wang and Isola, ICML 2020, α = t = 2";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "alignment",
            Name = "Alignment",
            Definition = "The mean squared distance of matched pairs.",
            Formula = "mean ‖x_i - y_i‖²",
            Range = "[0, 4]",
            Direction = Direction.LowerIsBetter,
            Reading = "0: matched pairs coincide. On unit rows it is 2 - 2 cos: the mean matched cosine in another unit.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "uniformity",
            Name = "Uniformity",
            Definition = "The logarithm of the mean of exp(-2 D²) over pairs of different rows: of one modality, of both together (pooled), or one of each (cross).",
            Formula = "log mean_{i<j} exp(-2 ‖z_i - z_j‖²); cross: log mean_{i≠j} exp(-2 ‖x_i - y_j‖²)",
            Range = "[-8, 0]",
            Direction = Direction.LowerIsBetter,
            Reading = "0: all rows coincide. -4: spread evenly over a sphere of many dimensions. Pooled and per modality differ by construction, so compare like "
                + "with like. A cross uniformity below -4 says that the modalities lie on opposite sides.",
            Reference = Reference + "; cross: Fahim et al., It's Not a Modality Gap, arXiv 2405.18570",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        DistanceEvidence distances = evidence.Distances;
        yield return Measurement.Of("alignment", null, evidence.Moments.Jackknifed(sums => 2 - 2 * sums.MatchedMean).Within(0, 4));
        (string Subject, Func<DistanceTotals, double> Mean)[] kinds =
        [
            (evidence.First, totals => totals.MeanOfFirst),
            (evidence.Second, totals => totals.MeanOfSecond),
            ("pooled", totals => totals.MeanOfPooled),
            ("cross", totals => totals.MeanOfUnmatched),
        ];
        foreach ((string subject, Func<DistanceTotals, double> mean) in kinds)
            yield return Measurement.Of("uniformity", subject, distances.Jackknifed(
                DistanceKernels.Uniformity, totals => Math.Log(mean(totals))).Within(-8, 0));
    }
}
