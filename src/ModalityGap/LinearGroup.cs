using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>The pairs of one group, such as a category or a language, as their moments tell.</summary>
public sealed record LinearGroup
{
    /// <summary>The group.</summary>
    public required string Name { get; init; }

    /// <summary>Number of items.</summary>
    public required long Items { get; init; }

    /// <summary>‖mean x - mean y‖ over the group's pairs; a small group's is inflated by the spread of its rows.</summary>
    public required Estimate Gap { get; init; }

    /// <summary>Mean of x_i·y_i over the group's pairs.</summary>
    public required Estimate MatchedCosine { get; init; }
}
