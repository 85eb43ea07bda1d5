namespace ModalityGap.Explanations;

/// <summary>What one coordinate contributes to the gap.</summary>
/// <param name="Dimension">Zero-based index of the coordinate.</param>
/// <param name="FirstMean">Mean of the coordinate over the first modality.</param>
/// <param name="SecondMean">Mean of the coordinate over the second modality.</param>
/// <param name="ShareOfSquaredGap">(FirstMean - SecondMean)² / ‖Δ‖², in [0, 1]; all coordinates sum to 1.</param>
/// <param name="Cumulative">Sum of the shares down to this one.</param>
public sealed record DimensionShare(
    int Dimension, double FirstMean, double SecondMean, double ShareOfSquaredGap, double Cumulative);
