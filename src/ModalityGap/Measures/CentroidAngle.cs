namespace ModalityGap.Measures;

/// <summary>The angle between the modalities' mean embeddings.</summary>
internal sealed class CentroidAngle : IMeasure, ILinearMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "angle-between-centroids",
            Name = "Angle between centroids",
            Definition = "The angle, seen from the origin, between the two mean embeddings.",
            Formula = "arccos(mean x · mean y / (‖mean x‖ ‖mean y‖)), in degrees",
            Range = "[0°, 180°]",
            Reading = "0° when both cones point the same way; about 72° for CLIP. Unlike the gap it does not depend on how narrow the cones are.",
            Reference = "Decipher the Modality Gap, arXiv 2510.03268",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence) => Linear(evidence.Linear);

    public IEnumerable<Measurement> Linear(LinearEvidence evidence)
    {
        yield return evidence.Moments.Sums.XX * evidence.Moments.Sums.YY < 1e-20 * Math.Pow(evidence.Moments.Count, 4)
            ? Measurement.Without("angle-between-centroids", null, "A mean embedding is zero and points nowhere.")
            : Measurement.Of("angle-between-centroids", null, evidence.Moments.Jackknifed(
                sums => Math.Acos(sums.CosineOfMeans) * 180 / Math.PI).Within(0, 180));
    }
}
