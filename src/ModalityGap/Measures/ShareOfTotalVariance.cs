namespace ModalityGap.Measures;

/// <summary>How much of all variance of the pooled rows is nothing but the difference of the modalities.</summary>
internal sealed class ShareOfTotalVariance : IMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "share-of-total-variance",
            Name = "Between-modality share of the variance",
            Definition = "The part of the variance of all rows, both modalities pooled, that lies between the two means.",
            Formula = "B/(B + W), B = ‖Δ‖²/4, W = (s_x² + s_y²)/2, s_x² = mean ‖x_i - mean x‖²",
            Range = "[0, 1]",
            Reading = "0.5: knowing the modality tells as much of where a row lies as everything else together. It is the effect size d on another "
                + "scale, d²/(d² + 4), and η² of a one-way analysis of variance.",
            Reference = "tr S_B / (tr S_B + tr S_W), Fisher's scatter matrices",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        PairSums sums = evidence.Moments.Sums;
        yield return Between(sums) + Within(sums) < 1e-12
            ? Measurement.Without("share-of-total-variance", null, "All rows coincide, so there is no variance to share.")
            : Measurement.Of("share-of-total-variance", null, evidence.Moments.Jackknifed(
                s => Between(s) / (Between(s) + Within(s))).Within(0, 1));
    }

    private static double Between(PairSums sums) => sums.SquaredGap / 4;

    private static double Within(PairSums sums) => (sums.ScatterX + sums.ScatterY) / 2;
}
