namespace ModalityGap.Corrections;

/// <summary>
/// Subtracts from every row the mean of its own role and sets it to norm 1 again: x' = (x - mean x)/‖x - mean x‖, the same for y and for
/// queries that have a mean of their own. The means are learned once, from any sample of each (GR-CLIP, Li et al., arXiv 2507.19054; I0T,
/// An et al., ACL 2025).
/// </summary>
public sealed class MeanRemoval : ICorrection
{
    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "mean-removal",
        Name = "Mean removal",
        Description = "subtract from every row the mean of its own modality, then set it to norm 1 again",
        Formula = "x' = (x - mean x)/‖·‖, y' = (y - mean y)/‖·‖",
        Deployment = "Index corrected documents and subtract the queries' own mean from each query: d additions a row.",
        Reference = "Zhang et al., DrML, ICLR 2023; Li et al., GR-CLIP, arXiv 2507.19054; An et al., I0T, ACL 2025",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.None;

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int d = sample.Dimensions;
        return sample.Fitted(this, (_, rows) => new RowTransform(d, AffineStep.Centring(sample.Moments(rows).Mean)));
    }
}
