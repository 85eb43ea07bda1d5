using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Projections;

public sealed class NearestNeighboursTests
{
    private static readonly double[] Same = [0.3, 0.5, 0.7];

    [Theory]
    [InlineData("seventeen items")]
    [InlineData("one row more than a tile")]
    [InlineData("three hundred items")]
    [InlineData("opposite cones")]
    public void Find_AgainstSortingEverything_IsTheSame(string sample)
    {
        UnitEmbeddings rows = PairSamples.Of(sample).First;
        var found = NearestNeighbours.Find(Rows.Matrix(rows), 14, new WorkContext(2));
        double[,] cosines = SlowCosines.TableInFloat32(rows, rows);
        for (int i = 0; i < rows.Rows; i++)
        {
            int[] expected = [.. Enumerable.Range(0, rows.Rows).Where(j => j != i).OrderByDescending(j => cosines[i, j]).ThenBy(j => j).Take(14)];
            Assert.Equal(expected.Order(), found.Of(i).ToArray().Order());
            for (int p = 0; p < found.K; p++)
            {
                double[] x = Rows.Row(rows, i), y = Rows.Row(rows, found.Of(i)[p]);
                new Tolerance(0, 1e-12).Check(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum() / 2, found.Distances(i)[p], $"{sample}: {i}, {p}");
                Assert.True(p == 0 || found.Distances(i)[p] >= found.Distances(i)[p - 1]);
            }
        }
    }

    [Fact]
    public void Find_AmongEqualRows_HasDistanceZeroAndOrderByIndex()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, Enumerable.Repeat(Same, 6));
        var found = NearestNeighbours.Find(Rows.Matrix(rows), 3, new WorkContext(1));
        Assert.Equal([1, 2, 3], found.Of(0).ToArray());
        Assert.Equal([0, 1, 2], found.Of(5).ToArray());
        for (int i = 0; i < 6; i++)
            Assert.Equal([0, 0, 0], found.Distances(i).ToArray());
    }

    [Fact]
    public void Find_OfMoreThanThereAre_TakesAllOthers()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, [[1, 0], [0.8, 0.6], [0, 1]]);
        var found = NearestNeighbours.Find(Rows.Matrix(rows), 14, new WorkContext(1));
        Assert.Equal(2, found.K);
        Assert.Equal([1, 2], found.Of(0).ToArray());
        new Tolerance(0, 1e-6).Check([0.2, 1], found.Distances(0).ToArray(), "1 - cosine");
        Assert.Equal(0, NearestNeighbours.Find(new RowMatrix([1, 0], 1, 2), 14, new WorkContext(1)).K);
    }
}
