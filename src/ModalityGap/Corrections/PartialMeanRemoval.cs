namespace ModalityGap.Corrections;

/// <summary>
/// Subtracts a part of each role's mean: x' = (x - λ mean x)/‖·‖. With λ = ¼ the distribution normalisation of Zhou et al. (NeurIPS 2023), but
/// for the norm, which they leave as it becomes.
/// </summary>
public sealed class PartialMeanRemoval : ICorrection
{
    /// <summary>Says how much.</summary>
    /// <param name="fraction">λ in [0, 1]; default ¼.</param>
    public PartialMeanRemoval(double fraction = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fraction, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1);
        Fraction = fraction;
    }

    /// <summary>λ.</summary>
    public double Fraction { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "partial-mean-removal",
        Name = "Partial mean removal (distribution normalisation)",
        Description = "subtract from every row a part of the mean of its own modality, then set it to norm 1 again",
        Formula = "x' = (x - λ mean x)/‖·‖, y' = (y - λ mean y)/‖·‖",
        Parameters = [new("fraction", "0.25", "λ: 0 leaves the rows, 1 is mean removal.")],
        Deployment = "As mean removal.",
        Reference = "Zhou et al., Test-Time Distribution Normalization, NeurIPS 2023",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("fraction", Fraction));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int d = sample.Dimensions;
        return sample.Fitted(this, (_, rows) => new RowTransform(
            d, AffineStep.Centring(Array.ConvertAll(sample.Moments(rows).Mean, value => Fraction * value))));
    }
}
