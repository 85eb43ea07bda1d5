using ModalityGap.Embeddings;
using ModalityGap.Evaluation;

namespace ModalityGap;

/// <summary>Zero-shot classification of rows by prompts, as they are and along the gap (the paper's Tables 1 and 2).</summary>
public sealed record ClassificationResult
{
    /// <summary>The seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>What was classified by what, in words.</summary>
    public required string ClassTexts { get; init; }

    /// <summary>Along which gap rows move, in words.</summary>
    public required string Along { get; init; }

    /// <summary>What a shift moves: <c>both</c>, <c>first-only</c> or <c>second-only</c>.</summary>
    public required string Convention { get; init; }

    /// <summary>The numbers of the rows as they are.</summary>
    public required ZeroShotResult ZeroShot { get; init; }

    /// <summary>Rates by group of the rows as they are; left out without groups.</summary>
    public GroupTable? Groups { get; init; }

    /// <summary>Accuracy along the gap, and for two classes the area under the ROC curve; none where there is no gap.</summary>
    public required IReadOnlyList<SweepResult> Sweeps { get; init; }

    /// <summary>Rates by group at the shifts that the paper prints; none without groups.</summary>
    public required IReadOnlyList<GroupShift> AlongGap { get; init; }

    /// <summary>Why something was left out.</summary>
    public required IReadOnlyList<MissingPart> Missing { get; init; }

    /// <summary>What makes the numbers doubtful.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>Rates by group after one shift along the gap.</summary>
/// <param name="Shift">δ; 0 is the data as it is, a positive one brings images and class texts nearer.</param>
/// <param name="SignedDistance">The distance that remains between mean image and mean class text, negative where they have changed sides.</param>
/// <param name="Table">Rates, accuracy and disparities.</param>
public sealed record GroupShift(double Shift, double SignedDistance, GroupTable Table);
