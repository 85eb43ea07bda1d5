using ModalityGap.Embeddings;
using ModalityGap.Selection;

namespace ModalityGap;

/// <summary>Which correction the evidence supports, and all of the evidence.</summary>
public sealed record CorrectionResult
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>What was found in the inputs, in one line.</summary>
    public required string Detected { get; init; }

    /// <summary>The first modality of the documents.</summary>
    public required string First { get; init; }

    /// <summary>The second modality of the documents.</summary>
    public required string Second { get; init; }

    /// <summary>The modality that asks; left out where nothing asks for documents of both.</summary>
    public string? Query { get; init; }

    /// <summary>Number of items that can be searched for.</summary>
    public required int Items { get; init; }

    /// <summary>Number of items among which candidates were fitted and judged.</summary>
    public required int TrialItems { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>How candidates were judged, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>How one of them was chosen, in words.</summary>
    public required string Rule { get; init; }

    /// <summary>What to do.</summary>
    public required CorrectionAdvice Advice { get; init; }

    /// <summary>The whole procedure, judged by items that took no part in the choice.</summary>
    public required NestedResult Nested { get; init; }

    /// <summary>What was picked as a zero-shot classifier of the first modality's rows; left out where they have no labels.</summary>
    public ZeroShotTrial? ZeroShot { get; init; }

    /// <summary>Every candidate on held-out items, the simpler ones first.</summary>
    public required IReadOnlyList<CandidateResult> Candidates { get; init; }

    /// <summary>What filters by modality give instead.</summary>
    public required IReadOnlyList<FilterResult> Filters { get; init; }

    /// <summary>The candidate that <see cref="SampleSizes"/> is about; left out where there is none.</summary>
    public string? SampleSizesOf { get; init; }

    /// <summary>How much data it needs.</summary>
    public required IReadOnlyList<SamplePoint> SampleSizes { get; init; }

    /// <summary>The id of the correction that was fitted on all items; left out where none was.</summary>
    public string? Fitted { get; init; }

    /// <summary>What makes the numbers doubtful.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
