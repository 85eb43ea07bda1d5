using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>Whether seeds agree on a direction that was published on other data.</summary>
internal static class Verdict
{
    /// <summary>The direction holds where the interval of what one side has more lies above 0.</summary>
    public static ClaimStatus Of(Estimate more) => more.Low > 0 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs;

    /// <summary>The direction holds where all do.</summary>
    public static ClaimStatus Of(params ReadOnlySpan<Estimate> more)
    {
        foreach (Estimate one in more)
            if (Of(one) == ClaimStatus.Differs)
                return ClaimStatus.Differs;
        return ClaimStatus.DirectionOnly;
    }

    /// <summary>The difference, and whether seeds tell it from 0.</summary>
    public static string Words(Estimate more) => more is { Low: <= 0, High: >= 0 }
        ? $"{InWords.Number(more)}, which {more.Count} seeds do not tell from 0"
        : InWords.Number(more);
}
