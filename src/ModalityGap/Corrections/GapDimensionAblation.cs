namespace ModalityGap.Corrections;

/// <summary>
/// Sets the coordinates with the largest mean differences |Δ_k| to zero in all rows, and rows to norm 1 again: often a handful carries the gap.
/// </summary>
public sealed class GapDimensionAblation : ICorrection
{
    /// <summary>Says how many.</summary>
    /// <param name="dimensions">k; default 2.</param>
    public GapDimensionAblation(int dimensions = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Dimensions = dimensions;
    }

    /// <summary>k.</summary>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "gap-dimension-ablation",
        Name = "Ablation of the gap's top dimensions",
        Description = "set the few coordinates that carry most of the gap to zero in every row, then set it to norm 1 again",
        Formula = "x' = (m ∘ x)/‖·‖, y' = (m ∘ y)/‖·‖, m_k = 0 for the k largest |mean x_k - mean y_k|, else 1",
        Parameters = [new("dimensions", "2", "k, less than the number of dimensions.")],
        Deployment = "Leave the coordinates out of index and queries.",
        Reference = "Schrodi et al., Two Effects, One Trigger, ICLR 2025",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("dimensions", Dimensions));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double[] gap = sample.Gap();
        if (Dimensions >= gap.Length)
            throw new Embeddings.EmbeddingDataException(
                sample.First.Provenance.Source, $"its rows have {gap.Length} dimensions, of which {Dimensions} would be left out.", "Leave out fewer.");
        var kept = new double[gap.Length];
        Array.Fill(kept, 1);
        // Equal differences by ascending coordinate.
        foreach (int k in Enumerable.Range(0, gap.Length).OrderByDescending(k => Math.Abs(gap[k])).Take(Dimensions))
            kept[k] = 0;
        return sample.Fitted(this, (_, _) => new RowTransform(gap.Length, AffineStep.Weighting(kept)));
    }
}
