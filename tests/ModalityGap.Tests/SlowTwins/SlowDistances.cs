using ModalityGap.Embeddings;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>Distances one by one, by subtraction, and what they come to.</summary>
internal static class SlowDistances
{
    public static double Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += ((double)x[k] - y[k]) * ((double)x[k] - y[k]);
        return Math.Sqrt(sum);
    }

    /// <summary>The median over pairs of different rows of both modalities together.</summary>
    public static double PooledMedian(PairedEmbeddings pairs) => SlowCosines.Percentile([.. Pooled(pairs)], 0.5);

    /// <summary>All distances between two different rows of both modalities together, each pair once.</summary>
    public static IEnumerable<double> Pooled(PairedEmbeddings pairs) =>
        [.. Within(pairs.First), .. Within(pairs.Second), .. Across(pairs)];

    /// <summary>Distances between two different rows, each pair once.</summary>
    public static IEnumerable<double> Within(UnitEmbeddings rows)
    {
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < i; j++)
                yield return Of(rows.Row(i), rows.Row(j));
    }

    /// <summary>Distances between any row of one and any of the other.</summary>
    public static IEnumerable<double> Across(PairedEmbeddings pairs, bool matchedToo = true)
    {
        for (int i = 0; i < pairs.Items; i++)
            for (int j = 0; j < pairs.Items; j++)
                if (matchedToo || i != j)
                    yield return Of(pairs.First.Row(i), pairs.Second.Row(j));
    }

    /// <summary>mean k(x, x') + mean k(y, y') - 2 mean k(x, y).</summary>
    public static double Contrast(PairedEmbeddings pairs, Func<double, double> kernel, ComparedRows compared)
    {
        double Mean(UnitEmbeddings rows) => compared == ComparedRows.WithThemselves
            ? (2 * Within(rows).Sum(kernel) + rows.Rows * kernel(0)) / rows.Rows / rows.Rows
            : Within(rows).Average(kernel);
        return Mean(pairs.First) + Mean(pairs.Second) - 2 * Across(pairs, matchedToo: compared != ComparedRows.Unmatched).Average(kernel);
    }
}

/// <summary>Which rows a two-sample statistic compares.</summary>
internal enum ComparedRows
{
    /// <summary>Different rows of one modality, unmatched rows of two.</summary>
    Unmatched,

    /// <summary>Different rows of one modality, all rows of two.</summary>
    All,

    /// <summary>All, a row with itself too.</summary>
    WithThemselves,
}
