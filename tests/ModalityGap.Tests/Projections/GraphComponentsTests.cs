using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Projections;

public sealed class GraphComponentsTests
{
    private static readonly double[] Same = [0.6, 0.8];

    // Three bundles around the axes, rows dealt out in turn: three neighbours never reach another bundle.
    private static readonly UnitEmbeddings Bundles = Rows.Unit(
        Modality.Image, Enumerable.Range(0, 15).Select(i => Enumerable.Range(0, 3).Select(k => k == i % 3 ? 1.0 : 0.01 * ((i / 3 + k) % 4)).ToArray()));

    [Fact]
    public void Of_RowsInThreeBundles_FindsThem()
    {
        int[][] components = GraphComponents.Of(Graph(Bundles, 3));
        Assert.Equal([[0, 3, 6, 9, 12], [1, 4, 7, 10, 13], [2, 5, 8, 11, 14]], components);
        Assert.Single(GraphComponents.Of(Graph(Bundles, 14)));
    }

    [Fact]
    public void Start_OfThreeBundles_HasThreeDiscsApart()
    {
        float[] start = UmapStart.Place(Graph(Bundles, 3), Rows.Matrix(Bundles), new RandomStream(1), new WorkContext(1));
        Assert.All(start, value => Assert.InRange(value, -10.01, 10.01));
        for (int i = 0; i < 15; i++)
            for (int j = 0; j < i; j++)
            {
                double apart = Math.Sqrt(Math.Pow(start[2 * i] - start[2 * j], 2) + Math.Pow(start[2 * i + 1] - start[2 * j + 1], 2));
                if (i % 3 != j % 3)
                    Assert.True(apart > 0.5, $"rows {i} and {j} of two bundles begin {apart} apart");
            }
    }

    [Fact]
    public void Places_OfMeansThatCoincide_DoNot()
    {
        ComponentPlace[] places = ComponentPlaces.Of([.. Enumerable.Repeat(Same, 7)], new WorkContext(1));
        Assert.Equal(7, places.Select(place => (place.X, place.Y)).Distinct().Count());
        Assert.All(places, place => Assert.True(place.Radius > 0.01));
    }

    private static NeighbourGraph Graph(UnitEmbeddings rows, int k) =>
        FuzzySimplicialSet.Of(NearestNeighbours.Find(Rows.Matrix(rows), k, new WorkContext(1)), new WorkContext(1));
}
