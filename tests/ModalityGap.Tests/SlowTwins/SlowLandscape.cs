using ModalityGap.Embeddings;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>The landscape by really moving every row and setting it to norm 1 again, in float64.</summary>
internal sealed class SlowLandscape
{
    private readonly double[][] x, y;
    private readonly double[] direction;

    public SlowLandscape(PairedEmbeddings pairs)
    {
        x = Rows.All(pairs.First);
        y = Rows.All(pairs.Second);
        double[] gap = Difference(x, y);
        Gap = Norm(gap);
        direction = Rows.Unit(gap);
    }

    public double Gap { get; }

    /// <summary>The landscape at one shift of one convention.</summary>
    public Point At(string convention, double delta)
    {
        (double ofFirst, double ofSecond) = convention switch
        {
            "both" => (0.5 * delta, 0.5 * delta),
            "first-only" => (delta, 0.0),
            "second-only" => (0.0, delta),
            _ => throw new ArgumentException(convention),
        };
        double[][] movedX = Moved(x, -ofFirst), movedY = Moved(y, ofSecond);
        int n = x.Length;
        var cosines = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < direction.Length; k++)
                    cosines[i, j] += movedX[i][k] * movedY[j][k];
        return new Point(cosines, Signed(Difference(movedX, movedY)));
    }

    private double[][] Moved(double[][] rows, double distance) => Array.ConvertAll(rows, row => Rows.Unit(Rows.Plus(row, direction, distance)));

    private static double[] Difference(double[][] a, double[][] b) =>
        [.. Enumerable.Range(0, a[0].Length).Select(k => a.Average(row => row[k]) - b.Average(row => row[k]))];

    private double Signed(double[] gap) => Math.Sign(gap.Zip(direction, (a, b) => a * b).Sum()) * Norm(gap);

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    /// <summary>All cosines after a shift, and the gap that remains.</summary>
    internal sealed record Point(double[,] Cosines, double SignedDistance)
    {
        public double FirstToSecond(double temperature) => SlowLoss.OverRows(Cosines, temperature);

        public double SecondToFirst(double temperature) => SlowLoss.OverColumns(Cosines, temperature);

        public double BatchedFirstToSecond(double temperature) => SlowLoss.Batched(Cosines, temperature, 50);

        public double BatchedSecondToFirst(double temperature) => SlowLoss.Batched(SlowLoss.Transposed(Cosines), temperature, 50);

        /// <summary>R@1, ties against the query.</summary>
        public double Recall(bool ofFirst)
        {
            double[,] table = ofFirst ? Cosines : SlowLoss.Transposed(Cosines);
            int n = table.GetLength(0);
            return Enumerable.Range(0, n).Average(i => Enumerable.Range(0, n).All(j => j == i || table[i, j] < table[i, i]) ? 1.0 : 0);
        }
    }
}
