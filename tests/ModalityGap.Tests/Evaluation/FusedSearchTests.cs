using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Evaluation;

public sealed class FusedSearchTests
{
    [Fact]
    public void Hits_AgainstFusingByHand_AreTheSame()
    {
        PairedEmbeddings pairs = Rows.Cones(40, 9, 87, axis: 0.5, shared: 1);
        UnitEmbeddings other = Rows.Cones(40, 9, 87, axis: 0.8, shared: 1.2).Second;

        (_, double[][] documents, double[][] queries) = FusedSearch.Hits(pairs.First, pairs.Second, other, new RandomStream(1), new WorkContext(2));

        for (int k = 0; k < FusedSearch.Weights.Count; k += 5)
        {
            double alpha = FusedSearch.Weights[k];
            double[][] fused = [.. Enumerable.Range(0, 40).Select(i => Rows.Unit(
                Rows.Plus(Array.ConvertAll(Rows.Row(pairs.Second, i), value => alpha * value), Rows.Row(pairs.First, i), 1 - alpha)))];
            for (int i = 0; i < 40; i++)
            {
                double[] asking = [.. Enumerable.Range(0, 40).Select(j => SlowRanks.Dot(Rows.Row(other, i), fused[j]))];
                double[] asked = [.. Enumerable.Range(0, 40).Select(j => SlowRanks.Dot(fused[i], Rows.Row(other, j)))];
                Assert.Equal(asking.Count(score => score >= asking[i]) == 1 ? 1 : 0, documents[k][i]);
                Assert.Equal(asked.Count(score => score >= asked[i]) == 1 ? 1 : 0, queries[k][i]);
            }
        }
    }

    [Fact]
    public void Hits_OfManyItems_AsksWithASampleInTheWholeGallery()
    {
        PairedEmbeddings pairs = Rows.Cones(2300, 6, 88, axis: 0.5);

        FusedHits hits = FusedSearch.Hits(pairs.First, pairs.Second, pairs.Second, new RandomStream(1), new WorkContext(2));

        Assert.Equal((2300, 2000), (hits.Items, hits.Documents[0].Length));
        // At weight 1 every row finds itself.
        Assert.Equal(1, hits.Documents[^1].Average());
        Assert.Equal(1, hits.Queries[^1].Average());
        Assert.True(hits.Documents[0].Average() < 0.9);
    }

    [Fact]
    public void Tabulate_Always_HasAllWeightsAndTheirMeans()
    {
        double[][] hits = [.. FusedSearch.Weights.Select(weight => new[] { 1.0, 0, weight > 0.5 ? 1 : 0 })];

        FusedSearchResult result = FusedSearch.Tabulate(new FusedHits(5, hits, hits), "text", new RandomStream(1));

        Assert.Equal((5, 3, 21), (result.Items, result.Queries, result.Points.Count));
        Assert.Equal((0, 1), (result.Points[0].Weight, result.Points[^1].Weight));
        Tolerance.Float64.Check(1 / 3.0, result.Points[0].FusedDocuments.Value, "at 0");
        Tolerance.Float64.Check(2 / 3.0, result.Points[^1].FusedQueries.Value, "at 1");
    }
}
