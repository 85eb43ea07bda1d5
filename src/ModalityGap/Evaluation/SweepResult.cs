namespace ModalityGap.Evaluation;

/// <summary>One number along the gap.</summary>
public sealed record SweepResult
{
    /// <summary>Which number: <c>top-1</c>, <c>roc-auc</c> or <c>recall-at-1</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Of what: a direction such as <c>image-to-text</c>, or <c>class texts</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What moves: <c>both</c> by half of δ each, <c>first-only</c> or <c>second-only</c> by δ.</summary>
    public required string Convention { get; init; }

    /// <summary>‖Δ‖ before any shift: between the means of the two modalities, or of images and class texts.</summary>
    public required double Gap { get; init; }

    /// <summary>The shifts δ along ĝ; 0 is the data as it is, a positive one brings the modalities nearer.</summary>
    public required IReadOnlyList<double> Shifts { get; init; }

    /// <summary>The gap that remains after each shift, negative where the modalities have changed sides.</summary>
    public required IReadOnlyList<double> SignedDistances { get; init; }

    /// <summary>For zero-shot classification, Gini's coefficient of the predictions after each shift.</summary>
    public IReadOnlyList<double>? PredictedGini { get; init; }

    /// <summary>Spearman's correlation of that coefficient with accuracy, over the shifts: negative where hubs among the classes cost accuracy (Sato et al. report -0.92).</summary>
    public PossibleEstimate? GiniCorrelation { get; init; }

    /// <summary>The curve, the best shift chosen on halves, and the best on the test set itself.</summary>
    public SweepChoice? Choice { get; init; }

    /// <summary>Why there is no choice.</summary>
    public string? Missing { get; init; }
}
