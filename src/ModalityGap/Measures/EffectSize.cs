namespace ModalityGap.Measures;

/// <summary>The gap in units of the modalities' own spread.</summary>
internal sealed class EffectSize : IMeasure, ILinearMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "effect-size",
            Name = "Effect size of the gap",
            Definition = "The gap divided by the root mean square distance of rows from their own mean.",
            Formula = "‖Δ‖ / sqrt((s_x² + s_y²)/2), s_x² = mean ‖x_i - mean x‖²",
            Range = "[0, ∞)",
            Reading = "Above 1 the modalities are farther apart than they are wide: a small gap between two narrow cones can be a clear one.",
            Reference = "Normalised gap, in the manner of Cohen's d",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence) => Linear(evidence.Linear);

    public IEnumerable<Measurement> Linear(LinearEvidence evidence)
    {
        PairSums sums = evidence.Moments.Sums;
        yield return sums.ScatterX + sums.ScatterY < 1e-12
            ? Measurement.Without("effect-size", null, "Each modality is a single point and has no spread.")
            : Measurement.Of("effect-size", null, evidence.Moments.Jackknifed(
                s => Math.Sqrt(s.SquaredGap / ((s.ScatterX + s.ScatterY) / 2))).Within(0, double.MaxValue));
    }
}
