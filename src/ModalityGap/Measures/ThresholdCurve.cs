namespace ModalityGap.Measures;

/// <summary>
/// What every threshold would do: how many pairs reach the cosine t_k = First + k·Step, from a threshold that all pairs reach to one that
/// none does. Recall(t_k) = Matched[k] / MatchedPairs, false positives(t_k) = Unmatched[k] / UnmatchedPairs. Cosines are counted in float32.
/// </summary>
public sealed record ThresholdCurve
{
    /// <summary>Width of a step, in cosine.</summary>
    internal const double Width = 0.002;

    private const int BinsPerStep = 64;

    /// <summary>The cosine t_0.</summary>
    public required double First { get; init; }

    /// <summary>t_{k+1} - t_k.</summary>
    public required double Step { get; init; }

    /// <summary>n.</summary>
    public required long MatchedPairs { get; init; }

    /// <summary>n(n - 1).</summary>
    public required long UnmatchedPairs { get; init; }

    /// <summary>How many matched pairs reach t_k.</summary>
    public required IReadOnlyList<long> Matched { get; init; }

    /// <summary>How many unmatched pairs reach t_k.</summary>
    public required IReadOnlyList<long> Unmatched { get; init; }

    /// <summary>The curve of a pair.</summary>
    internal static ThresholdCurve Of(PairEvidence evidence)
    {
        long[] matched = CosineBins.Merge(evidence.Cross.MatchedBins, CosineBins.Count / BinsPerStep);
        long[] unmatched = CosineBins.Merge(evidence.Cross.Bins, CosineBins.Count / BinsPerStep);
        int low = 0, high = matched.Length;
        while (low < high && matched[low] + unmatched[low] == 0)
            low++;
        while (high > low && matched[high - 1] + unmatched[high - 1] == 0)
            high--;
        return new ThresholdCurve
        {
            First = Math.Round(-1 + low * Width, 3),
            Step = Width,
            MatchedPairs = matched.Sum(),
            UnmatchedPairs = unmatched.Sum(),
            Matched = AtOrAbove(matched, low, high),
            Unmatched = AtOrAbove(unmatched, low, high),
        };
    }

    // high - low + 1 numbers, the last of which is 0.
    private static long[] AtOrAbove(long[] counts, int low, int high)
    {
        var reached = new long[high - low + 1];
        for (int k = high - 1; k >= low; k--)
            reached[k - low] = reached[k - low + 1] + counts[k];
        return reached;
    }
}
