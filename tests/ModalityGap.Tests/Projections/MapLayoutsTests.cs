using System.Text;
using System.Text.Json.Nodes;
using ModalityGap.Embeddings;
using ModalityGap.Projections;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Projections;

public sealed class MapLayoutsTests
{
    [Fact]
    public void Pca_AgainstAFullDecomposition_Agrees()
    {
        PairedEmbeddings pairs = PairSamples.Of("seventeen items");
        int d = pairs.Dimensions;
        double[][] rows = [.. Rows.All(pairs.First), .. Rows.All(pairs.Second)];
        double[] mean = [.. Enumerable.Range(0, d).Select(k => rows.Average(row => row[k]))];
        double[][] centred = [.. rows.Select(row => Rows.Plus(row, mean, -1))];
        var moment = new double[d * d];
        foreach (double[] row in centred)
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++)
                    moment[a * d + b] += row[a] * row[b];
        (double Value, double[] Vector)[] directions = SlowEigen.Of(moment, d);

        MapLayout pca = PcaMap.Compute(pairs, [3, 7], Rows.Evidence(pairs).SecondMoments.Stacked(), new(2));

        var tolerance = new Tolerance(0, 1e-5);
        double total = directions.Sum(direction => direction.Value);
        tolerance.Check([directions[0].Value / total, directions[1].Value / total], [.. pca.Shares!], "shares");
        Check(centred[3], pca.First[0], "image 3");
        Check(centred[17 + 7], pca.Second[1], "text 7");
        // The common mean is the origin.
        tolerance.Check(-pca.FirstCentroid.X, pca.SecondCentroid.X, "centroids");
        tolerance.Check(-pca.FirstCentroid.Y, pca.SecondCentroid.Y, "centroids");

        void Check(double[] row, MapPoint point, string what)
        {
            tolerance.Check(row.Zip(directions[0].Vector, (a, b) => a * b).Sum(), point.X, $"{what}, x");
            tolerance.Check(row.Zip(directions[1].Vector, (a, b) => a * b).Sum(), point.Y, $"{what}, y");
        }
    }

    [Fact]
    public void Analysis_AskedForLayouts_HoldsThemForTheSamePairs()
    {
        PairedEmbeddings pairs = Rows.Cones(1100, 6, 111);
        PairMap map = Analyse(pairs, MapKind.Umap, MapKind.Svd, MapKind.Pca, MapKind.Pca);
        Assert.Equal(["umap", "pca"], map.Layouts!.Select(layout => layout.Id));
        Assert.Equal(["svd", "umap", "pca"], map.AllLayouts().Select(layout => layout.Id));
        Assert.Equal(map.First, map.AllLayouts()[0].First);
        foreach (MapLayout layout in map.AllLayouts())
        {
            Assert.Equal((1000, 1000), (layout.First.Count, layout.Second.Count));
            Assert.Equal(2000, layout.Trustworthiness!.Count);
            Assert.InRange(layout.Trustworthiness.Value, 0.5, 1);
            Assert.Equal(layout.Id != "umap", layout.Shares is not null);
        }
        MapLayout umap = map.AllLayouts()[1];
        Assert.Equal(umap.First.Average(point => point.X), umap.FirstCentroid.X);
        Assert.True(umap.Trustworthiness!.Value > map.Trustworthiness!.Value, "UMAP keeps neighbours, a plane through the rows does not.");
        Assert.Null(Analyse(Rows.Cones(60, 6, 1)).Layouts);
    }

    [Fact]
    public void Layouts_OfTwoItems_AreFiniteAndNotJudged()
    {
        PairMap map = Analyse(Rows.Cones(2, 5, 1), MapKind.Pca, MapKind.Umap);
        Assert.All(map.AllLayouts(), layout =>
        {
            Assert.All(layout.First.Concat(layout.Second), point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
            Assert.Null(layout.Trustworthiness);
        });
    }

    [Fact]
    public void Pca_OfRowsThatAreAllTheSame_HasNoShares()
    {
        double[][] rows = [.. Enumerable.Range(0, 9).Select(_ => Rows.Gaussian(new RandomStream(1), 7))];
        MapLayout pca = Analyse(Rows.Pair(rows, rows), MapKind.Pca).AllLayouts()[1];
        Assert.Equal([0, 0], pca.Shares!);
        Assert.All(pca.First.Concat(pca.Second), point => Assert.InRange(point.Length, 0, 1e-7));
    }

    [Fact]
    public void Json_OfLayouts_ComesBackAsItWas()
    {
        AnalysisResult result = GapAnalysis.Run(
            Sets(Rows.Cones(40, 6, 1)), new AnalysisOptions { Maps = [MapKind.Pca, MapKind.Umap] }, cancellation: TestContext.Current.CancellationToken);
        string text = AnalysisJson.ToText(result);
        AnalysisResult again = AnalysisJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(result.Pairs[0].Map.Layouts![1].Second, again.Pairs[0].Map.Layouts![1].Second);
        Assert.Equal(text, AnalysisJson.ToText(again));
    }

    // A result that an earlier version wrote has no layouts.
    [Fact]
    public void Json_WithoutLayouts_IsRead()
    {
        AnalysisResult result = GapAnalysis.Run(
            Sets(Rows.Cones(40, 6, 1)), new AnalysisOptions { Maps = [MapKind.Pca] }, cancellation: TestContext.Current.CancellationToken);
        JsonNode json = JsonNode.Parse(AnalysisJson.ToText(result))!;
        Assert.True(json["pairs"]![0]!["map"]!.AsObject().Remove("layouts"));
        Assert.True(json["pairs"]![0]!["map"]!.AsObject().Remove("trustworthiness"));
        PairMap map = AnalysisJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString()))).Pairs[0].Map;
        Assert.Null(map.Trustworthiness);
        Assert.Equal(["svd"], map.AllLayouts().Select(layout => layout.Id));
    }

    private static PairMap Analyse(PairedEmbeddings pairs, params MapKind[] kinds)
    {
        double[] moment = Rows.Evidence(pairs).SecondMoments.Stacked();
        var random = new RandomStream(1);
        return MapLayouts.AddTo(SvdMap.Compute(pairs, moment, 1000, random, new(2)), kinds, pairs, moment, random, new(2));
    }

    private static EmbeddingSet[] Sets(PairedEmbeddings pairs) =>
        [Rows.Set(Modality.Image, Rows.All(pairs.First)), Rows.Set(Modality.Text, Rows.All(pairs.Second))];
}
