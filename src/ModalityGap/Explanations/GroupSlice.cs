using ModalityGap.Statistics;

namespace ModalityGap.Explanations;

/// <summary>The pairs of one group, such as a class or a language: how far apart they lie and how they are found among all rows.</summary>
public sealed record GroupSlice
{
    /// <summary>The group.</summary>
    public required string Name { get; init; }

    /// <summary>Number of items.</summary>
    public required int Items { get; init; }

    /// <summary>‖mean x - mean y‖ over the group's pairs.</summary>
    public required Estimate Gap { get; init; }

    /// <summary>Mean of x_i·y_i over the group's pairs.</summary>
    public required Estimate MatchedCosine { get; init; }

    /// <summary>R@1 of the group's rows of the first modality, which search all rows of the second.</summary>
    public required Estimate RecallFirstToSecond { get; init; }

    /// <summary>R@1 of the group's rows of the second modality, which search all rows of the first.</summary>
    public required Estimate RecallSecondToFirst { get; init; }
}
