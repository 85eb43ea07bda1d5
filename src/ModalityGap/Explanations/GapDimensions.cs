using ModalityGap.Measures;

namespace ModalityGap.Explanations;

/// <summary>The coordinates that carry most of the gap.</summary>
internal static class GapDimensions
{
    /// <summary>How many are listed.</summary>
    public const int Listed = 20;

    /// <summary>The coordinates with the largest share of ‖Δ‖², largest first; none where there is no gap.</summary>
    public static IReadOnlyList<DimensionShare> Compute(PairMoments moments)
    {
        double[] gap = moments.GapVector();
        double squared = gap.Sum(value => value * value);
        if (squared == 0)
            return [];
        List<DimensionShare> shares = [];
        double cumulative = 0;
        foreach (int k in TopDimensionShare.Ordered(gap).Take(Listed))
        {
            double share = gap[k] * gap[k] / squared;
            cumulative += share;
            shares.Add(new DimensionShare(k, moments.SumX[k] / moments.Count, moments.SumY[k] / moments.Count, share, cumulative));
        }
        return shares;
    }
}
