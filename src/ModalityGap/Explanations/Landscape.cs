using ModalityGap.Measures;

namespace ModalityGap.Explanations;

/// <summary>Loss, remaining gap and recall while the modalities are moved along the gap's direction.</summary>
internal static class Landscape
{
    public static MeasureInfo Info { get; } = new()
    {
        Id = "landscape",
        Name = "Loss landscape along the gap",
        Definition = "The contrastive loss, the remaining gap and R@1 after both modalities are moved along the gap's direction and set to norm 1 again.",
        Formula = "x' = (x - ½δĝ)/‖x - ½δĝ‖, y' = (y + ½δĝ)/‖y + ½δĝ‖, δ from -5 to 4.75 by 0.25; the paper's λ is δ / (2‖Δ‖)",
        Range = "loss [0, ∞); signed distance [-2, 2]; recall [0, 1]",
        Reading = "δ = 0 is the data as it is. A lowest point at δ = 0 says that the gap is where the loss wants it; one at δ > 0 that this temperature prefers a smaller gap.",
        Reference = "Liang et al., Mind the Gap (NeurIPS 2022), section 3.2 and Figure 3",
    };
}
