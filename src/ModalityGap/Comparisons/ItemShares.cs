using ModalityGap.Selection;

namespace ModalityGap.Comparisons;

/// <summary>
/// A mean over queries, kept by the item that they belong to: Σ_i sums_i / Σ_i counts_i. Items are what is resampled, for the queries of one
/// item are not independent, and the items are what several models have in common.
/// </summary>
internal sealed class ItemShares
{
    private readonly double[] sums, counts;

    /// <param name="values">One value per query.</param>
    /// <param name="items">The item of each query.</param>
    /// <param name="count">Number of all items, of which some may have no query.</param>
    public ItemShares(double[] values, IReadOnlyList<int> items, int count)
    {
        (sums, counts) = (new double[count], new double[count]);
        for (int q = 0; q < values.Length; q++)
        {
            sums[items[q]] += values[q];
            counts[items[q]]++;
        }
    }

    /// <summary>The mean, and that of each resample of the items.</summary>
    public Replicated Resample(Resamples resamples) => resamples.Mean(sums).Over(resamples.Mean(counts));
}
