using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Whether the gap lies in directions in which the modalities vary, or beside all of them.</summary>
internal sealed class GapInVariation : IMeasure
{
    private const string OfTheseRows = "describes these rows, the directions held as found";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "gap-share-in-variation",
            Name = "Gap inside a modality's variation",
            Definition = "The share of the squared gap in the directions that hold 99 % of one modality's variance.",
            Formula = "‖V_mᵀΔ‖² / ‖Δ‖², V_m: the fewest principal directions with 99 % of the variance of modality m",
            Range = "[0, 1]",
            Reading = "A random direction has the share dimensions/d. Well below that, the gap is orthogonal to what tells this modality's items "
                + "apart, so closing it costs little.",
            Reference = "Is the Modality Gap a Bug or a Feature?, arXiv 2603.29080; Zhang et al., Connect, Collapse, Corrupt, ICLR 2024",
        },
        new MeasureInfo
        {
            Id = "gap-share-outside-variation",
            Name = "Gap outside both variations",
            Definition = "The share of the squared gap that is orthogonal to the variation of both modalities.",
            Formula = "1 - ‖PΔ‖² / ‖Δ‖², P: the projection on the span of V_x and V_y",
            Range = "[0, 1]",
            Reading = "Near 1: a constant offset that no item's meaning uses. 0 where the two variations fill the space together, as they may "
                + "with few dimensions and many items.",
            Reference = "Zhang et al., Connect, Collapse, Corrupt, ICLR 2024, on dimensional collapse",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        SecondMoments moments = evidence.SecondMoments;
        double[] gap = evidence.Moments.GapVector();
        double squared = gap.Sum(value => value * value);
        foreach ((ModalityMoments modality, int count) in new[]
        {
            (moments.First, moments.Subspaces.FirstDimensions), (moments.Second, moments.Subspaces.SecondDimensions),
        })
            yield return Share("gap-share-in-variation", modality.Name, () => SubspacePair.SquaredIn(modality, count, gap) / squared);
        yield return Share("gap-share-outside-variation", null, () => 1 - moments.Subspaces.SquaredInEither(gap) / squared);

        Measurement Share(string id, string? subject, Func<double> share) => squared == 0
            ? Measurement.Without(id, subject, "There is no gap to share.")
            : Measurement.Of(id, subject, Estimate.Exact(Math.Clamp(share(), 0, 1), OfTheseRows, evidence.Count));
    }
}
