using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>How the subspaces in which the two modalities vary lie to each other.</summary>
internal sealed class PrincipalAngles : IMeasure
{
    private const string OfTheseRows = "describes these rows, the directions held as found";

    private const string Reference = "Björck and Golub, Mathematics of Computation 1973; for the gap: Decipher the Modality Gap, arXiv 2510.03268";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("principal-angle-smallest", "Smallest principal angle", "The smallest angle between a direction of one modality's variation and one of the other's.",
            "arccos of the largest singular value of V_xᵀV_y; V_x, V_y: orthonormal bases of 99 % of each modality's variance",
            "Near 0°: the modalities share a direction. It must be 0° where the two subspaces have more dimensions together than the space. If both "
            + "collapse, the angle between centroids is said to converge to it."),
        Info("principal-angle-median", "Median principal angle", "Half of the principal angles between the modalities' variations are smaller.",
            "median of arccos σ_k(V_xᵀV_y), as many as the smaller subspace has dimensions",
            "Near 0° both modalities vary in the same directions, near 90° in different ones, whatever the distance of their means."),
        Info("principal-angle-largest", "Largest principal angle", "The largest principal angle between the modalities' variations.",
            "arccos of the smallest singular value of V_xᵀV_y",
            "Below 90°: every direction of the smaller subspace has a counterpart in the larger one."),
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        double[] angles = [.. evidence.SecondMoments.Subspaces.Cosines.Select(cosine => Math.Acos(cosine) * 180 / Math.PI)];
        if (angles.Length == 0)
            return Infos.Select(info => Measurement.Without(info.Id, null, "A modality is a single point and varies in no direction."));
        double median = 0.5 * (angles[(angles.Length - 1) / 2] + angles[angles.Length / 2]);
        return Infos.Zip([angles[0], median, angles[^1]], (info, angle) =>
            Measurement.Of(info.Id, null, Estimate.Exact(angle, OfTheseRows, evidence.Count)));
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string reading) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula + ", in degrees",
        Range = "[0°, 90°]",
        Reading = reading,
        Reference = Reference,
    };
}
