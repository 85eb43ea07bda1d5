using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Projections;

public sealed class FuzzySimplicialSetTests
{
    private static readonly double[] Same = [0.6, 0.8];

    [Fact]
    public void Of_ThreeRowsOnACircle_HasTheWeightsOfTheFormula()
    {
        // Rows at 0, 30 and 90 degrees: 1 - cosines 0.134, 0.5 and 1. The nearer neighbour has degree 1; the other log2 3 - 1.
        UnitEmbeddings rows = Rows.Unit(Modality.Image, [[1, 0], [Math.Sqrt(0.75), 0.5], [0, 1]]);
        NeighbourGraph graph = Graph(Rows.Matrix(rows), 2);
        double other = Math.Log2(3) - 1;
        Assert.Equal([0, 2, 4, 6], graph.Starts);
        Assert.Equal([1, 2, 0, 2, 0, 1], graph.Targets);
        new Tolerance(0, 2e-5).Check([1, 2 * other - other * other, 1, 1, 2 * other - other * other, 1], graph.Weights, "weights");
    }

    [Fact]
    public void Of_EqualRows_AreJoinedWithWeightOne()
    {
        NeighbourGraph graph = Graph(Rows.Matrix(Rows.Unit(Modality.Image, Enumerable.Repeat(Same, 5))), 4);
        Assert.Equal(20, graph.Targets.Length);
        Assert.All(graph.Weights, weight => Assert.Equal(1, weight));
    }

    [Theory]
    [InlineData("three hundred items")]
    [InlineData("duplicates")]
    [InlineData("opposite cones")]
    public void Of_AnyRows_IsSymmetricAndItsDegreesSumToTheTarget(string sample)
    {
        RowMatrix rows = Rows.Matrix(PairSamples.Of(sample).First);
        var neighbours = NearestNeighbours.Find(rows, 14, new WorkContext(2));
        var graph = FuzzySimplicialSet.Of(neighbours, new WorkContext(2));
        Dictionary<(int, int), double> weights = [];
        for (int i = 0; i < graph.Rows; i++)
            for (int e = graph.Starts[i]; e < graph.Starts[i + 1]; e++)
            {
                Assert.True(e == graph.Starts[i] || graph.Targets[e] > graph.Targets[e - 1], "targets ascend");
                Assert.InRange(graph.Weights[e], 0, 1);
                weights.Add((i, graph.Targets[e]), graph.Weights[e]);
            }
        Assert.All(weights, edge => Assert.Equal(edge.Value, weights[(edge.Key.Item2, edge.Key.Item1)]));
        if (sample == "duplicates")
            return;
        var scale = new NeighbourScale(neighbours);
        double[] degrees = new double[14];
        for (int i = 0; i < graph.Rows; i++)
        {
            scale.Memberships(i, degrees);
            new Tolerance(0, 2e-5).Check(Math.Log2(15), degrees.Sum(), $"{sample}: row {i}");
        }
    }

    // umap-learn 0.5.3: umap.umap_.fuzzy_simplicial_set(x, 15, np.random.RandomState(0), "cosine")[0].tocsr(), x as in FormulaRows; it counts in
    // float32 and ends its bisection at 1e-5.
    [Fact]
    public void Of_FormulaRows_IsUmapLearnsGraph()
    {
        NeighbourGraph graph = Graph(FormulaRows.Create(), 14);
        var tolerance = new Tolerance(0, 1e-4);
        Assert.Equal(970, graph.Targets.Length);
        new Tolerance(0, 5e-3).Check(355.90912, graph.Weights.Sum(), "sum of weights");
        Check(0, [(5, 0.303923), (9, 0.01387), (13, 0.212454), (16, 0.091305), (18, 0.308681), (20, 0.141651)]);
        Check(17, [(4, 0.328252), (8, 0.316229), (9, 0.577226), (12, 0.188314), (22, 0.309476), (26, 0.357186)]);
        Check(59, [(1, 0.880889), (3, 0.187083), (5, 0.230187), (6, 0.177208), (7, 0.37451), (12, 0.757135)]);

        void Check(int row, (int Target, double Weight)[] expected)
        {
            for (int k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k].Target, graph.Targets[graph.Starts[row] + k]);
                tolerance.Check(expected[k].Weight, graph.Weights[graph.Starts[row] + k], $"row {row}, edge {k}");
            }
        }
    }

    private static NeighbourGraph Graph(RowMatrix rows, int k) =>
        FuzzySimplicialSet.Of(NearestNeighbours.Find(rows, k, new WorkContext(2)), new WorkContext(2));
}
