using ModalityGap.Comparisons;
using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>Whether embeddings satisfy what was asked of them.</summary>
public sealed record CheckResult
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>What was found in the inputs, in one line.</summary>
    public required string Detected { get; init; }

    /// <summary>Whether every criterion holds.</summary>
    public required bool Passed { get; init; }

    /// <summary>When a criterion fails.</summary>
    public required CheckRule Rule { get; init; }

    /// <summary>Every limit on every pair of modalities.</summary>
    public required IReadOnlyList<CriterionResult> Criteria { get; init; }

    /// <summary>What the baseline was; left out without one.</summary>
    public BaselineSummary? Baseline { get; init; }

    /// <summary>The inputs, one per modality.</summary>
    public required IReadOnlyList<InputSummary> Inputs { get; init; }

    /// <summary>The numbers, one entry per pair of modalities.</summary>
    public required IReadOnlyList<CheckedPair> Pairs { get; init; }

    /// <summary>How rows were matched: <c>row</c> or <c>id</c>.</summary>
    public required string PairedBy { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>A result that others are held against.</summary>
/// <param name="Source">Its file.</param>
/// <param name="Tool">Name and version of the program that wrote it.</param>
/// <param name="Detected">What was measured then, in one line.</param>
public sealed record BaselineSummary(string Source, string Tool, string Detected);
