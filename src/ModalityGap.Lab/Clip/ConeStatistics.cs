using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Clip;

/// <summary>
/// How narrow the cone of one modality's rows is: statistics of the cosines between any two different rows (Liang et al., NeurIPS 2022, Figure 2(a)
/// and supplementary Figure 14).
/// </summary>
/// <param name="Mean">Mean over ordered pairs of different rows, with its jackknife interval.</param>
/// <param name="Deviation">Their population standard deviation; influences of each row.</param>
/// <param name="Minimum">The smallest of them.</param>
/// <param name="Maximum">The largest of them.</param>
public sealed record ConeStatistics(Estimate Mean, Estimate Deviation, double Minimum, double Maximum)
{
    /// <summary>Sweeps over all pairs; nothing holds n x n values.</summary>
    /// <param name="rows">At least three rows.</param>
    /// <param name="threads">Threads; default 0, one per core. Changes no bit.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EmbeddingDataException">A row has no direction.</exception>
    public static ConeStatistics Of(EmbeddingSet rows, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 3);
        UnitEmbeddings unit = UnitEmbeddings.Normalize(rows);
        int n = unit.Rows;
        Estimate mean = MeanOf(unit);
        var cosines = new CosineVisitor(n, n, mean.Value);
        TileSweep.RunSymmetric(new RowMatrix(unit.Values, n, unit.Dimensions), new WorkContext(threads, null, cancellation), cosines);
        double[] squares = [.. Enumerable.Range(0, n).Select(i => cosines.RowSquares[i] + cosines.ColumnSquares[i])];
        double variance = 0;
        foreach (double square in squares)
            variance += square / ((double)n * (n - 1));
        double deviation = Math.Sqrt(variance);
        // A row moves the mean over pairs by twice what its own pairs differ from it; half of that in the root.
        Estimate spread = deviation == 0
            ? Estimate.Exact(0, "all cosines are equal", n)
            : Jackknife.OfPositive(deviation, [.. squares.Select(square => (square / (n - 1) - variance) / deviation)], "influence of each row");
        return new ConeStatistics(mean, spread, cosines.Lowest, cosines.Highest);
    }

    // Σ over pairs from the sum of all rows: (‖S‖² - Σ‖x‖²) / (n (n - 1)), and without each row in turn.
    private static Estimate MeanOf(UnitEmbeddings rows)
    {
        int n = rows.Rows;
        var sum = new double[rows.Dimensions];
        var squares = new double[n];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int k = 0; k < row.Length; k++)
            {
                sum[k] += row[k];
                squares[i] += (double)row[k] * row[k];
            }
        }
        double whole = 0, own = 0;
        foreach (double value in sum)
            whole += value * value;
        foreach (double square in squares)
            own += square;
        var without = new double[n];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            double along = 0;
            for (int k = 0; k < row.Length; k++)
                along += sum[k] * row[k];
            without[i] = (whole - 2 * along + squares[i] - (own - squares[i])) / ((n - 1.0) * (n - 2.0));
        }
        return Jackknife.FromLeaveOneOut((whole - own) / ((double)n * (n - 1)), without);
    }
}
