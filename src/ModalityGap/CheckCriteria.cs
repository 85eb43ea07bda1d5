using ModalityGap.Comparisons;

namespace ModalityGap;

/// <summary>What embeddings must satisfy. At least one limit is to be set.</summary>
public sealed record CheckCriteria
{
    /// <summary>The largest debiased gap ‖Δ‖ that is allowed, in [0, 2].</summary>
    public double? MaxGap { get; init; }

    /// <summary>The lowest R@1 that is allowed, for both directions of search.</summary>
    public double? MinRecall { get; init; }

    /// <summary>How far the debiased gap may move from the baseline's, either way.</summary>
    public double? MaxDrift { get; init; }

    /// <summary>How far R@1 may fall below the baseline's, in both directions of search.</summary>
    public double? MaxRecallDrop { get; init; }

    /// <summary>When a criterion fails. Default when the estimate is beyond the limit, whatever its interval.</summary>
    public CheckRule Rule { get; init; } = CheckRule.Estimate;

    /// <summary>Whether any limit is set.</summary>
    public bool Any => MaxGap is not null || MinRecall is not null || NeedBaseline;

    /// <summary>Whether a limit is set that a baseline is needed for.</summary>
    public bool NeedBaseline => MaxDrift is not null || MaxRecallDrop is not null;

    /// <summary>Refuses limits that make no sense.</summary>
    /// <exception cref="ArgumentException">Says which.</exception>
    internal void Check(bool hasBaseline)
    {
        if (!Any)
            throw new ArgumentException("No limit is set, so there is nothing to check.");
        if (NeedBaseline && !hasBaseline)
            throw new ArgumentException("A limit on a change needs a baseline.");
        foreach ((string name, double? limit, double highest) in ((string, double?, double)[])
            [(nameof(MaxGap), MaxGap, 2), (nameof(MinRecall), MinRecall, 1), (nameof(MaxDrift), MaxDrift, 2), (nameof(MaxRecallDrop), MaxRecallDrop, 1)])
            if (limit is not null && !(limit >= 0 && limit <= highest))
                throw new ArgumentException(FormattableString.Invariant($"{name} is a number from 0 to {highest}."));
    }
}
