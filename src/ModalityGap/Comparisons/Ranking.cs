using ModalityGap.Statistics;

namespace ModalityGap.Comparisons;

/// <summary>The models in the order of one number.</summary>
public sealed record Ranking
{
    /// <summary>The key of the number.</summary>
    public required string Measure { get; init; }

    /// <summary>Whether the lowest value goes first.</summary>
    public required bool LowestFirst { get; init; }

    /// <summary>The models, the first of them first.</summary>
    public required IReadOnlyList<RankedRun> Places { get; init; }

    /// <summary>The order in a sentence.</summary>
    public required string Sentence { get; init; }
}

/// <summary>A model's place.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Group">
/// From 1: a group holds its first model and those after it whose paired interval against that model reaches zero. Models of one group cannot be
/// told from its first.
/// </param>
/// <param name="Value">Its number.</param>
/// <param name="BehindFirst">The difference from the first of its group, with paired interval.</param>
public sealed record RankedRun(string Run, int Group, Estimate Value, Estimate BehindFirst);
