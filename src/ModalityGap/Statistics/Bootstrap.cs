namespace ModalityGap.Statistics;

/// <summary>
/// Intervals for what is a mean or a median over queries, by resampling the queries while the gallery stays as it is. Resampling pairs
/// would put copies into the gallery, which changes ranks by itself.
/// </summary>
public static class Bootstrap
{
    /// <summary>Number of resamples.</summary>
    public const int Replicates = 1000;

    private const string Method = "percentile bootstrap over queries, fixed gallery";

    /// <summary>
    /// The mean of each column of query-wise values, with its interval; all columns share the same resamples.
    /// </summary>
    /// <param name="columns">Columns of equal length, one value per query.</param>
    /// <param name="random">The randomness.</param>
    public static IReadOnlyList<Estimate> Means(IReadOnlyList<double[]> columns, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(random);
        int n = columns[0].Length;
        var replicates = new double[columns.Count][];
        for (int k = 0; k < columns.Count; k++)
            replicates[k] = new double[Replicates];
        var counts = new int[n];
        for (int b = 0; b < Replicates; b++)
        {
            Draw(counts, random);
            for (int k = 0; k < columns.Count; k++)
                replicates[k][b] = WeightedMean(columns[k], counts);
        }
        return [.. columns.Select((column, k) => Percentiles(column.Average(), replicates[k], n, Method))];
    }

    /// <summary>The median of query-wise values (the mean of the two middle ones where their number is even).</summary>
    public static Estimate Median(double[] values, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(random);
        int n = values.Length;
        double[] sorted = [.. values.Order()];
        var replicates = new double[Replicates];
        for (int b = 0; b < Replicates; b++)
        {
            // The order statistics of a resample are those of sorted uniform indices; only the middle two are needed.
            var indices = new int[n];
            for (int i = 0; i < n; i++)
                indices[i] = random.NextIndex(n);
            replicates[b] = MedianOf(indices, sorted);
        }
        return Percentiles(0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]), replicates, n, Method);
    }

    /// <summary>The interval between the 2.5 % and 97.5 % quantiles of replicates.</summary>
    public static Estimate Percentiles(double value, double[] replicates, long count, string method)
    {
        ArgumentNullException.ThrowIfNull(replicates);
        if (count < 2)
            return Estimate.Exact(value, "too few units for an interval", count);
        Array.Sort(replicates);
        return new Estimate(value, Quantile(replicates, 0.025), Quantile(replicates, 0.975), 0.95, method, count);
    }

    private static void Draw(int[] counts, RandomStream random)
    {
        Array.Clear(counts);
        for (int i = 0; i < counts.Length; i++)
            counts[random.NextIndex(counts.Length)]++;
    }

    private static double WeightedMean(double[] values, int[] counts)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += counts[i] * values[i];
        return sum / values.Length;
    }

    private static double MedianOf(int[] indices, double[] sorted)
    {
        int n = indices.Length;
        var histogram = new int[n];
        foreach (int index in indices)
            histogram[index]++;
        int below = 0, lower = -1;
        for (int i = 0; i < n; i++)
        {
            below += histogram[i];
            if (lower < 0 && below > (n - 1) / 2)
                lower = i;
            if (below > n / 2)
                return 0.5 * (sorted[lower] + sorted[i]);
        }
        return sorted[n - 1];
    }

    private static double Quantile(double[] sorted, double level)
    {
        double position = level * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
