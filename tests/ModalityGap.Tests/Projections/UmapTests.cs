using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Projections;

public sealed class UmapTests
{
    private static readonly double[] Same = [0.6, 0.8];

    private static readonly UmapOptions Short = new() { Epochs = 60 };

    private static readonly PairedEmbeddings Cones = Rows.Cones(150, 12, 5);

    [Fact]
    public void Compute_WithAnyNumberOfThreads_GivesTheSameBits()
    {
        // As many rows as give three threads work.
        PairedEmbeddings many = Rows.Cones(4100, 3, 5);
        var options = new UmapOptions { Epochs = 6 };
        MapPoint[] alone = Layout(many, 1, options, threads: 1);
        foreach (int threads in new[] { 2, 5 })
            Assert.Equal(alone, Layout(many, 1, options, threads));
        Assert.NotEqual(Layout(Cones, 1, Short), Layout(Cones, 2, Short));
    }

    [Fact]
    public void Compute_OfTheDefaults_IsWhatTheOptionsSay()
    {
        IReadOnlyList<IReadOnlyList<MapPoint>> both = Umap.Compute([Cones.First, Cones.Second], Short, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([150, 150], both.Select(points => points.Count));
        Assert.Equal(Layout(Cones, 20220303, Short), both.SelectMany(points => points));
        Assert.Equal((500, 500, 200), (new UmapOptions().EpochsFor(10), new UmapOptions().EpochsFor(10_000), new UmapOptions().EpochsFor(10_001)));
    }

    // Which row pushes which is drawn by place, so a layout moves with the order of its rows; who is near whom must not.
    [Fact]
    public void Compute_OfRowsInAnotherOrder_KeepsAsManyNeighbours()
    {
        RowMatrix rows = RowStack.Of([Cones.First, Cones.Second]);
        int[] order = new RandomStream(4).NextPermutation(rows.Rows);
        var permuted = new RowMatrix([.. order.SelectMany(i => rows.Row(i).ToArray())], rows.Rows, rows.Dimensions);
        double plain = Trust(rows, Layout(rows, 1)), other = Trust(permuted, Layout(permuted, 1));
        Assert.True(plain > 0.75, $"trustworthiness {plain}");
        new Tolerance(0, 0.02).Check(plain, other, "trustworthiness of the permuted rows");
    }

    [Fact]
    public void Compute_OfTwoCones_LaysThemApart()
    {
        // Cones so far from each other that no row has a neighbour in the other one.
        PairedEmbeddings pairs = Rows.Cones(200, 16, 7, axis: 4, shared: 1);
        RowMatrix rows = RowStack.Of([pairs.First, pairs.Second]);
        Assert.Equal(2, GraphComponents.Of(FuzzySimplicialSet.Of(NearestNeighbours.Find(rows, 14, new WorkContext(2)), new WorkContext(2))).Length);
        MapPoint[] points = Layout(rows, 1);
        Assert.All(points, point => Assert.True(point.Length < 60, "a component flew off"));
        Assert.Equal(1, ShareWithNearestOfOwnModality(points, points.Length / 2));
    }

    [Fact]
    public void Compute_OfACircle_KeepsNeighboursTogether()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, Enumerable.Range(0, 120).Select(i => new[] { Math.Cos(Math.Tau * i / 120), Math.Sin(Math.Tau * i / 120), 0.1 }));
        MapPoint[] points = Layout(Rows.Matrix(rows), 1);
        double besides = Enumerable.Range(0, 120).Average(i => (points[i] - points[(i + 1) % 120]).Length);
        double across = Enumerable.Range(0, 120).Average(i => (points[i] - points[(i + 60) % 120]).Length);
        Assert.True(across > 10 * besides, $"{besides} beside each other, {across} across");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(17)]
    public void Compute_OfFewRows_GivesFinitePoints(int n)
    {
        PairedEmbeddings pairs = Rows.Cones(Math.Max(2, n), 4, 3);
        var rows = new RowMatrix(pairs.First.Values[..(n * 4)], n, 4);
        MapPoint[] points = Layout(rows, 1);
        Assert.Equal(n, points.Length);
        Assert.All(points, point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y) && point.Length < 1000));
        Assert.Equal(n, points.Distinct().Count());
    }

    [Fact]
    public void Compute_OfEqualRows_GivesFinitePointsApart()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, Enumerable.Repeat(Same, 40));
        MapPoint[] points = Layout(Rows.Matrix(rows), 1);
        Assert.All(points, point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
        Assert.Equal(40, points.Distinct().Count());
    }

    [Fact]
    public void Compute_OfSeveralBundlesOfDuplicates_KeepsEachTogether()
    {
        PairedEmbeddings distinct = Rows.Cones(6, 8, 12);
        UnitEmbeddings rows = Rows.Unit(Modality.Image, Enumerable.Range(0, 120).Select(i => Rows.Row(distinct.First, i % 6)));
        MapPoint[] points = Layout(Rows.Matrix(rows), 1);
        for (int i = 0; i < 120; i++)
            Assert.Equal(i % 6, Enumerable.Range(0, 120).Where(j => j != i).MinBy(j => (points[j] - points[i]).Length) % 6);
    }

    [Fact]
    public void Compute_OfOptionsThatMakeNoSense_NamesThem()
    {
        Check("Neighbours", new UmapOptions { Neighbours = 1 });
        Check("MinimumDistance", new UmapOptions { MinimumDistance = 2 });
        Check("Spread", new UmapOptions { Spread = double.NaN });
        Check("Epochs", new UmapOptions { Epochs = 0 });
        Check("NegativeSamples", new UmapOptions { NegativeSamples = 0 });

        static void Check(string name, UmapOptions options) =>
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => Layout(Cones, 1, options)).ParamName);
    }

    [Fact]
    public void Compute_OfRowsOfDifferentDimensions_SaysSo() => Assert.Contains(
        "12 and 4 dimensions", Assert.Throws<ArgumentException>(() => Umap.Compute([Cones.First, Rows.Cones(3, 4, 1).First])).Message, StringComparison.Ordinal);

    [Fact]
    public void Compute_ThatIsCancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => Umap.Compute([Cones.First], threads: 2, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Compute_OfEmoji_ShowsTheGapAndKeepsNeighbours()
    {
        UnitEmbeddings images = Emoji("images"), texts = Emoji("texts");
        RowMatrix rows = RowStack.Of([images, texts]);
        MapPoint[] points = Layout(rows, 1);
        double own = ShareWithNearestOfOwnModality(points, images.Rows), trust = Trust(rows, points);
        Assert.True(own > 0.99, $"{own} of the points have a nearest one of their own modality");
        Assert.True(trust > 0.9, $"trustworthiness {trust}");

        static UnitEmbeddings Emoji(string name) => UnitEmbeddings.Normalize(EmbeddingFile.Read(
            Path.Combine(SharedFolder.RepositoryRoot, "samples", "emoji", $"{name}.npy"), cancellation: TestContext.Current.CancellationToken)[0]);
    }

    // umap-learn 0.5.3 on the same stacked unit rows, UMAP(metric="cosine", random_state=s), s = 0, 1, 2, by sklearn.manifold.trustworthiness with
    // n_neighbors=15: 0.9515, 0.9505, 0.9526.
    [Fact]
    public void Compute_OfClip_IsAsTrustworthyAsUmapLearnAndShowsTheGap()
    {
        UnitEmbeddings[] clip = [.. EmbeddingFile.Read(
            SharedFolder.File("data", "paper", "features_clip.npy"), cancellation: TestContext.Current.CancellationToken).Select(UnitEmbeddings.Normalize)];
        RowMatrix rows = RowStack.Of(clip);
        MapPoint[] points = Layout(rows, 1);
        Assert.True(Trust(rows, points) > 0.9515 - 0.01, $"trustworthiness {Trust(rows, points)}");
        Assert.Equal(1, ShareWithNearestOfOwnModality(points, points.Length / 2));
    }

    private static MapPoint[] Layout(PairedEmbeddings pairs, long seed, UmapOptions? options = null, int threads = 2) =>
        Layout(RowStack.Of([pairs.First, pairs.Second]), seed, options, threads);

    private static MapPoint[] Layout(RowMatrix rows, long seed, UmapOptions? options = null, int threads = 2) =>
        Umap.Compute(rows, options ?? new UmapOptions(), new RandomStream(seed), new WorkContext(threads));

    private static double Trust(RowMatrix rows, MapPoint[] points) => Trustworthiness.Of(rows, points, new WorkContext(2))!.Value;

    // The first rows are one modality, the others the other.
    private static double ShareWithNearestOfOwnModality(MapPoint[] points, int first)
    {
        int[] nearest = PlaneNeighbours.Find(points, 1, new WorkContext(2));
        return nearest.Where((j, i) => j < first == i < first).Count() / (double)points.Length;
    }
}
