using ModalityGap.Statistics;

namespace ModalityGap.Explanations;

/// <summary>Loss, remaining gap and recall while the modalities are moved along the gap's direction ĝ (the paper's Figure 3).</summary>
public sealed record LandscapeResult
{
    /// <summary>Temperatures τ at which the loss was taken, ascending.</summary>
    public required IReadOnlyList<double> Temperatures { get; init; }

    /// <summary>Pairs behind the loss and the recall over all pairs at once; fewer than <see cref="TotalPairs"/> where they are a random sample.</summary>
    public required int Pairs { get; init; }

    /// <summary>All pairs: behind the batched loss and the signed distance.</summary>
    public required int TotalPairs { get; init; }

    /// <summary>Pairs per batch of the batched loss (the paper's 50); the last batch holds what is left over.</summary>
    public required int BatchSize { get; init; }

    /// <summary>One family of shifts per convention; empty where there is no gap to move along.</summary>
    public required IReadOnlyList<LandscapeFamily> Families { get; init; }

    /// <summary>Why there are no families, or <c>null</c>.</summary>
    public string? Missing { get; init; }
}

/// <summary>The landscape under one convention of what a shift moves.</summary>
public sealed record LandscapeFamily
{
    /// <summary>
    /// <c>both</c>: x - ½δĝ and y + ½δĝ, renormalised (the authors' code); with λ = δ / (2 ‖Δ‖) the same is x - λΔ and y + λΔ (the
    /// paper's text). <c>first-only</c>: x - δĝ. <c>second-only</c>: y + δĝ.
    /// </summary>
    public required string Convention { get; init; }

    /// <summary>The convention in words.</summary>
    public required string Description { get; init; }

    /// <summary>The steps, by ascending δ.</summary>
    public required IReadOnlyList<LandscapeStep> Steps { get; init; }

    /// <summary>Where each curve is lowest.</summary>
    public required IReadOnlyList<LandscapeMinimum> Minima { get; init; }
}

/// <summary>One step of a landscape.</summary>
public sealed record LandscapeStep
{
    /// <summary>δ, the shift as a distance along ĝ; 0 is the data as it is.</summary>
    public required double Distance { get; init; }

    /// <summary>The same shift as a fraction λ of the gap vector Δ.</summary>
    public required double Fraction { get; init; }

    /// <summary>The gap that remains, negative where the modalities have changed sides.</summary>
    public required double SignedDistance { get; init; }

    /// <summary>R@1 of the second modality's rows for queries of the first, ties against the query.</summary>
    public required double RecallFirstToSecond { get; init; }

    /// <summary>R@1 of the first modality's rows for queries of the second.</summary>
    public required double RecallSecondToFirst { get; init; }

    /// <summary>Contrastive loss per temperature, over all pairs at once; same order as the temperatures.</summary>
    public required IReadOnlyList<DirectedLoss> Full { get; init; }

    /// <summary>Contrastive loss per temperature, mean over batches.</summary>
    public required IReadOnlyList<DirectedLoss> Batched { get; init; }
}

/// <summary>The two directions of the contrastive loss; their mean is CLIP's loss.</summary>
/// <param name="FirstToSecond">Cross-entropy of finding the second modality's row. Also what the authors' figure shows, which counts this direction twice.</param>
/// <param name="SecondToFirst">Cross-entropy of finding the first modality's row.</param>
public sealed record DirectedLoss(double FirstToSecond, double SecondToFirst)
{
    /// <summary>Half of the sum of both.</summary>
    public double Mean => 0.5 * (FirstToSecond + SecondToFirst);
}

/// <summary>The lowest point of one curve of a landscape.</summary>
public sealed record LandscapeMinimum
{
    /// <summary>The curve's temperature τ.</summary>
    public required double Temperature { get; init; }

    /// <summary><c>full</c> or <c>batched</c>.</summary>
    public required string Batch { get; init; }

    /// <summary><c>first-to-second</c> (also the authors' figure), <c>second-to-first</c> or <c>mean</c>.</summary>
    public required string Curve { get; init; }

    /// <summary>δ at the lowest point, located to 0.01 or better.</summary>
    public required Estimate Distance { get; init; }

    /// <summary>The gap that remains there, with its sign.</summary>
    public required double SignedDistance { get; init; }

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss of the data as it is.</summary>
    public required double LossUnshifted { get; init; }

    /// <summary>
    /// Whether the paper's claim holds for this curve, that the gap as it is lies at the global minimum: <c>true</c> when the interval
    /// of <see cref="Distance"/> holds 0.
    /// </summary>
    public required bool DefaultGapIsMinimum { get; init; }
}
