using ModalityGap.Comparisons;
using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>Several models on the same items: all that the tool prints and the page shows.</summary>
public sealed record ComparisonResult
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>What was found in the inputs, in one line.</summary>
    public required string Detected { get; init; }

    /// <summary>Name of the first modality.</summary>
    public required string First { get; init; }

    /// <summary>Name of the second modality.</summary>
    public required string Second { get; init; }

    /// <summary>Number of items that every model has.</summary>
    public required int Items { get; init; }

    /// <summary>How rows were matched: <c>row</c> or <c>id</c>.</summary>
    public required string PairedBy { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>The models, in the order of the inputs; the first is the reference.</summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>The models in the order of one number.</summary>
    public required Ranking Ranking { get; init; }

    /// <summary>Every other model less the reference, and less the first of the ranking where that is another one.</summary>
    public required IReadOnlyList<RunDifference> Differences { get; init; }

    /// <summary>The gap against what is found, over the models.</summary>
    public required IReadOnlyList<GapAssociation> Associations { get; init; }

    /// <summary>What each model looks like, in the order of the inputs; <c>null</c> where that was not asked for.</summary>
    public IReadOnlyList<RunPicture>? Pictures { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
