using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Explanations;

/// <summary>The loss at one point of a landscape, and on request what each independent unit does to it.</summary>
/// <param name="Mean">The loss in both directions.</param>
/// <param name="First">Influence of each unit on the loss from the first modality to the second, up to a constant.</param>
/// <param name="Second">The same for the other direction.</param>
/// <param name="RecallFirst">R@1 from the first modality to the second, where it was asked for.</param>
/// <param name="RecallSecond">R@1 from the second to the first.</param>
internal sealed record PointLoss(DirectedLoss Mean, double[] First, double[] Second, double RecallFirst, double RecallSecond);

/// <summary>How the loss of a landscape is taken: over all pairs at once, or in batches.</summary>
internal abstract class LandscapeLoss(DirectionView view, WorkContext work)
{
    /// <summary>The name in results.</summary>
    public abstract string Batch { get; }

    /// <summary>How an interval for a minimum comes about, in words.</summary>
    public abstract string IntervalMethod { get; }

    protected DirectionView View => view;

    protected WorkContext Work => work;

    /// <summary>The loss at each point.</summary>
    /// <param name="points">The points.</param>
    /// <param name="withInfluence">At which of them the units' influences are wanted.</param>
    public abstract PointLoss[] Evaluate(LossPoint[] points, Predicate<int> withInfluence);
}
