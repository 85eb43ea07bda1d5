using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Lloyd's k-means on unit rows, as studies of embeddings run it: centres are plain means, not set to norm 1, and the distance is Euclidean.
/// Seeded by k-means++ (Arthur and Vassilvitskii 2007); of several starts the one with the least sum of squared distances.
/// </summary>
internal static class KMeans
{
    /// <summary>Starts.</summary>
    public const int Starts = 10;

    private const int MostRounds = 100;

    /// <summary>The cluster of each row.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="clusters">k, at most n.</param>
    /// <param name="random">The randomness of the starts.</param>
    /// <param name="work">Threads.</param>
    public static int[] Cluster(RowMatrix rows, int clusters, RandomStream random, WorkContext work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, rows.Rows);
        var runs = new (int[] Clusters, double Squares)[Starts];
        // Starts run beside each other, each on one thread: the same bits as one after the other.
        var alone = new WorkContext(1, null, work.Cancellation);
        work.ForEach(Starts, start => runs[start] = Run(rows, clusters, random.Fork("start", start), alone));
        return runs.MinBy(run => run.Squares).Clusters;
    }

    private static (int[] Clusters, double Squares) Run(RowMatrix rows, int clusters, RandomStream random, WorkContext work)
    {
        float[] centres = Seed(rows, clusters, random);
        var assigned = new int[rows.Rows];
        Array.Fill(assigned, -1);
        double squares = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            (bool moved, double[] distances) = Assign(rows, new RowMatrix(centres, clusters, rows.Dimensions), assigned, work);
            squares = distances.Sum();
            if (!moved)
                break;
            Move(rows, assigned, distances, centres, clusters);
        }
        return (assigned, squares);
    }

    // ‖x - c‖² = ‖x‖² - 2 x·c + ‖c‖²; of equally near centres the first.
    private static (bool Moved, double[] Distances) Assign(RowMatrix rows, RowMatrix centres, int[] assigned, WorkContext work)
    {
        double[] squares = [.. Enumerable.Range(0, centres.Rows).Select(c => Dot.Float64(centres.Row(c), centres.Row(c)))];
        var distances = new double[rows.Rows];
        bool moved = false;
        RowScores.ForEachRow(rows, [centres], work, (i, scores) =>
        {
            int nearest = 0;
            double least = double.PositiveInfinity;
            for (int c = 0; c < squares.Length; c++)
                if (squares[c] - 2 * scores[0][c] < least)
                    (nearest, least) = (c, squares[c] - 2 * scores[0][c]);
            distances[i] = Math.Max(0, least + Dot.Float64(rows.Row(i), rows.Row(i)));
            moved |= assigned[i] != nearest;
            assigned[i] = nearest;
        });
        return (moved, distances);
    }

    // A cluster without rows starts again at the row that is farthest from its centre.
    private static void Move(RowMatrix rows, int[] assigned, double[] distances, float[] centres, int clusters)
    {
        int d = rows.Dimensions;
        var sums = new double[clusters * d];
        var counts = new int[clusters];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            Span<double> sum = sums.AsSpan(assigned[i] * d, d);
            for (int k = 0; k < d; k++)
                sum[k] += row[k];
            counts[assigned[i]]++;
        }
        for (int c = 0; c < clusters; c++)
        {
            if (counts[c] == 0)
            {
                int farthest = Enumerable.Range(0, rows.Rows).MaxBy(i => distances[i]);
                distances[farthest] = 0;
                rows.Row(farthest).CopyTo(centres.AsSpan(c * d, d));
                continue;
            }
            for (int k = 0; k < d; k++)
                centres[c * d + k] = (float)(sums[c * d + k] / counts[c]);
        }
    }

    // Each next centre is a row, drawn in proportion to its squared distance from the nearest centre so far.
    private static float[] Seed(RowMatrix rows, int clusters, RandomStream random)
    {
        int d = rows.Dimensions;
        var centres = new float[clusters * d];
        var nearest = new double[rows.Rows];
        Array.Fill(nearest, double.PositiveInfinity);
        int drawn = random.NextIndex(rows.Rows);
        for (int c = 0; c < clusters; c++)
        {
            rows.Row(drawn).CopyTo(centres.AsSpan(c * d, d));
            double total = 0;
            for (int i = 0; i < nearest.Length; i++)
            {
                nearest[i] = Math.Min(nearest[i], SquaredDistance(rows.Row(i), rows.Row(drawn)));
                total += nearest[i];
            }
            drawn = total == 0 ? random.NextIndex(rows.Rows) : Draw(nearest, total * random.NextUniform());
        }
        return centres;
    }

    private static int Draw(double[] weights, double at)
    {
        double sum = 0;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            last = i;
            sum += weights[i];
            if (sum > at)
                break;
        }
        return last;
    }

    private static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Math.Max(0, Dot.Float64(a, a) - 2 * Dot.Float64(a, b) + Dot.Float64(b, b));
}
