using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Projections;

public sealed class TrustworthinessTests
{
    private static readonly WorkContext Work = new(2);

    // sklearn.manifold.trustworthiness(x.astype(float), y, n_neighbors=k, metric="cosine"), scikit-learn 1.2.1, x as in FormulaRows;
    // y a spiral, t = np.arange(60), sqrt(t) (cos 0.9 t, sin 0.9 t); or the first two columns of x.
    [Theory]
    [InlineData(5, 0.40192307692307694, 0.6692948717948718)]
    [InlineData(15, 0.5015015015015015, 0.7079279279279279)]
    public void Of_FormulaRows_IsScikitLearns(int k, double ofSpiral, double ofColumns)
    {
        RowMatrix rows = FormulaRows.Create();
        MapPoint[] spiral = [.. Enumerable.Range(0, 60).Select(t => new MapPoint(Math.Sqrt(t) * Math.Cos(0.9 * t), Math.Sqrt(t) * Math.Sin(0.9 * t)))];
        MapPoint[] columns = [.. Enumerable.Range(0, 60).Select(i => new MapPoint(rows.Row(i)[0], rows.Row(i)[1]))];
        Tolerance.Float64.Check(ofSpiral, Trustworthiness.Of(rows, spiral, Work, k)!.Value, "spiral");
        Tolerance.Float64.Check(ofColumns, Trustworthiness.Of(rows, columns, Work, k)!.Value, "columns");
    }

    [Fact]
    public void Of_RowsOfTwoDimensionsAsTheyAre_IsOne()
    {
        // On a circle, further and further apart: no two neighbours are equally far.
        double[] angles = [.. Enumerable.Range(0, 50).Select(i => 0.05 * i + 0.001 * i * i)];
        UnitEmbeddings rows = Rows.Unit(Modality.Image, angles.Select(angle => new[] { Math.Cos(angle), Math.Sin(angle) }));
        MapPoint[] points = [.. Enumerable.Range(0, 50).Select(i => new MapPoint(rows.Row(i)[0], rows.Row(i)[1]))];
        Assert.Equal(1, Trustworthiness.Of(Rows.Matrix(rows), points, Work)!.Value);
        MapPoint[] turned = [.. points.Select(point => new MapPoint(3 - 7 * point.Y, 7 * point.X))];
        Assert.Equal(1, Trustworthiness.Of(Rows.Matrix(rows), turned, Work)!.Value);
    }

    [Theory]
    [InlineData("one column more than a strip")]
    [InlineData("duplicates")]
    public void Of_RandomPoints_IsTheSlowTwins(string sample)
    {
        UnitEmbeddings rows = PairSamples.Of(sample).First;
        RandomStream random = new(3);
        MapPoint[] points = [.. Enumerable.Range(0, rows.Rows).Select(_ => new MapPoint(random.NextUniform(), random.NextUniform()))];
        foreach (int threads in new[] { 1, 3 })
            Tolerance.Float64.Check(Slow(rows, points, 15), Trustworthiness.Of(Rows.Matrix(rows), points, new WorkContext(threads))!.Value, sample);
    }

    [Fact]
    public void Of_FewRows_IsMissing()
    {
        RowMatrix rows = FormulaRows.Create();
        MapPoint[] points = [.. Enumerable.Range(0, 60).Select(i => new MapPoint(i, 0))];
        Assert.Null(Trustworthiness.Of(rows, points, Work, 30));
        Assert.NotNull(Trustworthiness.Of(rows, points, Work, 29));
    }

    private static double Slow(UnitEmbeddings rows, MapPoint[] points, int k)
    {
        int n = rows.Rows;
        double[][] x = Rows.All(rows);
        double penalty = 0;
        for (int i = 0; i < n; i++)
        {
            double[] cosines = [.. x.Select(row => Dot.Float64(row, x[i]))];
            foreach (int j in Enumerable.Range(0, n).Where(j => j != i).OrderBy(j => (points[j] - points[i]).Length).Take(k))
                penalty += Math.Max(0, Enumerable.Range(0, n).Count(l => l != i && cosines[l] > cosines[j]) + 1 - k);
        }
        return 1 - 2 * penalty / ((double)n * k * (2 * n - 3 * k - 1));
    }
}
