using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Projections;

public sealed class SvdMapTests
{
    [Fact]
    public void Compute_RowsWithCaptions_NamesThePointsInTheirOrder()
    {
        PairedEmbeddings plain = Rows.Cones(1200, 4, 3);
        UnitEmbeddings captioned = UnitEmbeddings.Normalize(new EmbeddingSet(Modality.Image, plain.First.Values, 4, names: new RowNames
        {
            Captions = [.. Enumerable.Range(0, 1200).Select(i => i == 0 ? "" : $"number {i} {new string('x', 60)}")],
        }));
        PairedEmbeddings pairs = PairedEmbeddings.ByRow(captioned, plain.Second);

        PairMap map = SvdMap.Compute(pairs, Rows.Evidence(pairs).SecondMoments.Stacked(), 1000, new RandomStream(1), new WorkContext(2));

        Assert.Equal(
            map.Pairs.Select(i => i == 0 ? "row 0" : $"number {i} {new string('x', 60)}"[..49] + "…"),
            map.FirstNames!);
        Assert.Null(map.SecondNames);
    }

    [Theory]
    [InlineData("seventeen items")]
    [InlineData("one row more than a tile")]
    [InlineData("opposite cones")]
    [InlineData("five items in two dimensions")]
    public void Compute_AgainstAFullDecomposition_Agrees(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        int d = pairs.Dimensions;
        double[][] rows = [.. Rows.All(pairs.First), .. Rows.All(pairs.Second)];
        var moment = new double[d * d];
        foreach (double[] row in rows)
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++)
                    moment[a * d + b] += row[a] * row[b];
        (double Value, double[] Vector)[] directions = SlowEigen.Of(moment, d);
        PairMap map = SvdMap.Compute(pairs, Rows.Evidence(pairs).SecondMoments.Stacked(), 1000, new RandomStream(1), new WorkContext(2));
        var tolerance = new Tolerance(0, 1e-5);
        tolerance.Check(directions[0].Value / (2 * pairs.Items), map.Shares[0], "share of the first direction");
        tolerance.Check(directions[1].Value / (2 * pairs.Items), map.Shares[1], "share of the second direction");
        Assert.Equal(Enumerable.Range(0, pairs.Items), map.Pairs);
        for (int i = 0; i < pairs.Items; i++)
        {
            Check(rows[i], map.First[i], $"image {i}");
            Check(rows[pairs.Items + i], map.Second[i], $"text {i}");
        }
        tolerance.Check(map.First.Average(point => point.X), map.FirstCentroid.X, "centroid");
        tolerance.Check(map.Second.Average(point => point.Y), map.SecondCentroid.Y, "centroid");

        void Check(double[] row, MapPoint point, string what)
        {
            tolerance.Check(row.Zip(directions[0].Vector, (a, b) => a * b).Sum(), point.X, $"{sample}: {what}, x");
            tolerance.Check(row.Zip(directions[1].Vector, (a, b) => a * b).Sum(), point.Y, $"{sample}: {what}, y");
        }
    }

    [Fact]
    public void Compute_OfManyPairs_ShowsASampleAndTheCentroidsOfAll()
    {
        PairedEmbeddings pairs = Rows.Cones(1300, 6, 111);
        PairMap map = SvdMap.Compute(pairs, Rows.Evidence(pairs).SecondMoments.Stacked(), 1000, new RandomStream(1), new WorkContext(2));
        Assert.Equal((1000, 1300), (map.Pairs.Count, map.TotalPairs));
        Assert.Equal(map.Pairs.Distinct().Order(), map.Pairs);
        Assert.NotEqual(map.First.Average(point => point.X), map.FirstCentroid.X);
    }

    [Fact]
    public void Compute_InOneDimension_LiesOnALine()
    {
        PairedEmbeddings pairs = Rows.Pair([[1], [1]], [[-1], [1]]);
        PairMap map = SvdMap.Compute(pairs, Rows.Evidence(pairs).SecondMoments.Stacked(), 1000, new RandomStream(1), new WorkContext(1));
        Assert.All(map.First.Concat(map.Second), point => Assert.Equal(0, point.Y));
        Assert.Equal([1, 0], map.Shares);
    }
}
