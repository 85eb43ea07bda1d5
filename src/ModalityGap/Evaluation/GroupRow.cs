using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>One group of a <see cref="GroupTable"/>.</summary>
public sealed record GroupRow
{
    /// <summary>The group.</summary>
    public required string Name { get; init; }

    /// <summary>Number of its images.</summary>
    public required int Images { get; init; }

    /// <summary>For each class set, the share of its images that took a class of the set.</summary>
    public required IReadOnlyList<Estimate> Rates { get; init; }

    /// <summary>The share that took a class of any set; left out without sets.</summary>
    public Estimate? Sum { get; init; }

    /// <summary>The share that took their own class; left out where that is not known by group.</summary>
    public Estimate? Accuracy { get; init; }
}
