using ModalityGap.Statistics;

namespace ModalityGap.Comparisons;

/// <summary>One limit, and how a number stands to it.</summary>
public sealed record CriterionResult
{
    /// <summary><c>max-gap</c>, <c>min-recall</c>, <c>max-drift</c> or <c>max-recall-drop</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The first modality of the pair.</summary>
    public required string First { get; init; }

    /// <summary>The second modality of the pair.</summary>
    public required string Second { get; init; }

    /// <summary>The key of the number.</summary>
    public required string Measure { get; init; }

    /// <summary>The limit, as it was given.</summary>
    public required double Limit { get; init; }

    /// <summary>The number, or its difference from the baseline's.</summary>
    public required Estimate Value { get; init; }

    /// <summary>Whether the criterion holds, by the rule of the result.</summary>
    public required bool Passed { get; init; }

    /// <summary>Where the estimate and its interval lie.</summary>
    public required LimitStanding Standing { get; init; }

    /// <summary>That in a sentence.</summary>
    public required string Sentence { get; init; }
}

/// <summary>Where an estimate and its interval lie to a limit.</summary>
public enum LimitStanding
{
    /// <summary>The interval lies within the limit as a whole.</summary>
    Within,

    /// <summary>The estimate lies within, the interval reaches beyond.</summary>
    WithinByEstimate,

    /// <summary>The estimate lies beyond, the interval reaches within.</summary>
    BeyondByEstimate,

    /// <summary>The interval lies beyond the limit as a whole.</summary>
    Beyond,
}

/// <summary>When a criterion fails.</summary>
public enum CheckRule
{
    /// <summary>When the estimate is beyond the limit.</summary>
    Estimate,

    /// <summary>Unless the whole interval is within the limit.</summary>
    Strict,

    /// <summary>Only when the whole interval is beyond the limit.</summary>
    Lenient,
}
