using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>
/// Resamples of the same queries for everything that is compared, so that a difference is between the same resampled queries. The gallery
/// stays as it is, as in <see cref="Bootstrap"/>.
/// </summary>
internal sealed class Resamples
{
    private readonly byte[][] counts;

    /// <param name="queries">How many queries.</param>
    /// <param name="random">The randomness.</param>
    public Resamples(int queries, RandomStream random)
    {
        Queries = queries;
        counts = new byte[Bootstrap.Replicates][];
        for (int b = 0; b < counts.Length; b++)
        {
            counts[b] = new byte[queries];
            for (int i = 0; i < queries; i++)
                counts[b][random.NextIndex(queries)]++;
        }
    }

    /// <summary>Number of queries.</summary>
    public int Queries { get; }

    /// <summary>The mean of query-wise values, and of each resample of them.</summary>
    public Replicated Mean(double[] values)
    {
        var means = new double[counts.Length];
        for (int b = 0; b < means.Length; b++)
        {
            byte[] count = counts[b];
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
                sum += count[i] * values[i];
            means[b] = sum / values.Length;
        }
        return new Replicated(values.Average(), means, Queries);
    }
}
