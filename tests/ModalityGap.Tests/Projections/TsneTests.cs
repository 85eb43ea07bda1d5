using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Projections;

public sealed class TsneTests
{
    private static readonly double[] Same = [0.6, 0.8];

    private static readonly TsneOptions Short = new() { Iterations = 40 };

    private static readonly PairedEmbeddings Cones = Rows.Cones(150, 12, 5);

    [Fact]
    public void Compute_WithAnyNumberOfThreads_GivesTheSameBits()
    {
        MapPoint[] alone = Layout(RowStack.Of([Cones.First, Cones.Second]), Short, 1);
        foreach (int threads in new[] { 2, 5 })
            Assert.Equal(alone, Layout(RowStack.Of([Cones.First, Cones.Second]), Short, threads));
    }

    [Fact]
    public void Affinities_OfRows_SumToOneAndHaveTheEntropyAskedFor()
    {
        RowMatrix rows = RowStack.Of([Cones.First, Cones.Second]);
        NeighbourGraph graph = TsneAffinities.Of(rows, 12, new WorkContext(2));
        Assert.Equal(1, graph.Weights.Sum(), 1e-9);
        NearestNeighbours near = NearestNeighbours.Find(rows, 36, new WorkContext(2));
        for (int i = 0; i < 20; i++)
        {
            var shares = new double[36];
            TsneAffinities.Conditional(near.Distances(i), Math.Log(12), shares);
            Assert.Equal(1, shares.Sum(), 1e-12);
            Assert.Equal(Math.Log(12), -shares.Sum(share => share > 0 ? share * Math.Log(share) : 0), 2e-5);
        }
    }

    // One iteration from a known start, by the formula: y' = y - rate · 0.8 · gradient, for the first gain is 1 · 0.8.
    [Fact]
    public void Optimise_OneIteration_FollowsTheGradientOfTheDivergence()
    {
        RowMatrix rows = Rows.Matrix(Rows.Cones(9, 5, 8).First);
        NeighbourGraph graph = TsneAffinities.Of(rows, 2, new WorkContext(1));
        float[] start = [.. Enumerable.Range(0, 18).Select(k => 0.3f * MathF.Sin(k * k))];
        var options = new TsneOptions { Iterations = 1, EarlyExaggeration = 1 };
        float[] moved = TsneLayout.Optimise(graph, start, options, new WorkContext(1));
        const double h = 1e-5;
        double[] at = Array.ConvertAll(start, value => (double)value);
        for (int k = 0; k < 18; k++)
        {
            double[] up = [.. at], down = [.. at];
            up[k] += h;
            down[k] -= h;
            double gradient = (Divergence(graph, up) - Divergence(graph, down)) / (2 * h);
            Assert.Equal(at[k] - options.RateFor(9) * 0.8 * gradient, moved[k], 2e-3);
        }
    }

    [Fact]
    public void Compute_OfACircle_KeepsNeighboursTogether()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, Enumerable.Range(0, 120).Select(i => new[] { Math.Cos(Math.Tau * i / 120), Math.Sin(Math.Tau * i / 120), 0.1 }));
        MapPoint[] points = Layout(Rows.Matrix(rows), new TsneOptions(), 2);
        double besides = Enumerable.Range(0, 120).Average(i => (points[i] - points[(i + 1) % 120]).Length);
        double across = Enumerable.Range(0, 120).Average(i => (points[i] - points[(i + 60) % 120]).Length);
        Assert.True(across > 8 * besides, $"{besides} beside each other, {across} across");
    }

    [Fact]
    public void Compute_OfTwoCones_KeepsNeighbours()
    {
        RowMatrix rows = RowStack.Of([Cones.First, Cones.Second]);
        double trust = Trustworthiness.Of(rows, Layout(rows, new TsneOptions(), 2), new WorkContext(2))!.Value;
        Assert.True(trust > 0.75, $"trustworthiness {trust}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void Compute_OfFewRows_GivesFinitePoints(int n)
    {
        PairedEmbeddings pairs = Rows.Cones(Math.Max(2, n), 4, 3);
        MapPoint[] points = Layout(new RowMatrix(pairs.First.Values[..(n * 4)], n, 4), new TsneOptions(), 2);
        Assert.Equal(n, points.Length);
        Assert.All(points, point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
    }

    [Fact]
    public void Compute_OfEqualRows_GivesFinitePoints()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, Enumerable.Range(0, 40).Select(_ => Same));
        Assert.All(Layout(Rows.Matrix(rows), new TsneOptions(), 2), point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
    }

    [Fact]
    public void Compute_OfTooManyRowsOrWrongOptions_SaysSo()
    {
        Assert.Contains("20000", Assert.Throws<ArgumentException>(() => Layout(new RowMatrix(new float[20_001], 20_001, 1), Short, 1)).Message, StringComparison.Ordinal);
        Assert.Equal("Perplexity", Assert.Throws<ArgumentException>(() => Tsne.Compute([Cones.First], new TsneOptions { Perplexity = 0.5 })).ParamName);
        Assert.Equal("MapPairs", Assert.Throws<ArgumentException>(() => new AnalysisOptions { Maps = [MapKind.Tsne], MapPairs = 10_001 }.Check()).ParamName);
        Assert.Throws<OperationCanceledException>(() => Tsne.Compute([Cones.First], threads: 2, cancellation: new CancellationToken(canceled: true)));
    }

    private static double Divergence(NeighbourGraph graph, double[] at)
    {
        int n = graph.Rows;
        double Near(int i, int j) => 1 / (1 + Math.Pow(at[2 * i] - at[2 * j], 2) + Math.Pow(at[2 * i + 1] - at[2 * j + 1], 2));
        double all = Enumerable.Range(0, n).Sum(i => Enumerable.Range(0, n).Where(j => j != i).Sum(j => Near(i, j)));
        double divergence = 0;
        for (int i = 0; i < n; i++)
            for (int e = graph.Starts[i]; e < graph.Starts[i + 1]; e++)
                divergence += graph.Weights[e] * Math.Log(graph.Weights[e] / (Near(i, graph.Targets[e]) / all));
        return divergence;
    }

    private static MapPoint[] Layout(RowMatrix rows, TsneOptions options, int threads) => Tsne.Compute(rows, options, new WorkContext(threads));
}
