using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class HubnessTests
{
    [Theory]
    [InlineData("seventeen items")]
    [InlineData("one column more than a strip")]
    [InlineData("duplicates")]
    [InlineData("opposite cones")]
    public void Measures_AgainstCountingEveryList_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        double[,] cosines = SlowCosines.TableInFloat32(pairs.First, pairs.Second);
        int n = pairs.Items;
        AssertWay("image-to-text", (query, document) => cosines[query, document]);
        AssertWay("text-to-image", (query, document) => cosines[document, query]);

        void AssertWay(string direction, Func<int, int, double> score)
        {
            var counts = new double[n];
            for (int query = 0; query < n; query++)
                foreach (int document in Enumerable.Range(0, n).OrderByDescending(j => score(query, j)).ThenBy(j => j).Take(10))
                    counts[document]++;
            double deviation = SlowCosines.Deviation(counts);
            Check("hubness-skewness", counts.Average(count => Math.Pow((count - 10) / deviation, 3)));
            Check("hubness-largest-count", counts.Max());
            Check("anti-hub-share", counts.Average(count => count == 0 ? 1.0 : 0));
            // The mean difference of two documents over twice the mean.
            Check("hubness-gini", counts.Average(a => counts.Average(b => Math.Abs(a - b))) / 20);

            void Check(string id, double expected) =>
                Tolerance.Float64.Check(expected, measures[$"{id}/{direction}"].Estimate!.Value, $"{sample}: {id}/{direction}");
        }
    }

    [Fact]
    public void Measures_OfFewDocuments_SayThatAllAreListed()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Cones(10, 8, 51));
        Assert.Null(measures["hubness-skewness/image-to-text"].Estimate);
        Assert.Contains("every one is among the first 10", measures["hubness-gini/text-to-image"].Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Skewness_WhereOneDocumentIsNearEveryQuery_IsLarge()
    {
        PairedEmbeddings pairs = Rows.Cones(80, 40, 52, axis: 0, shared: 0);
        double[][] documents = Rows.All(pairs.Second);
        // The mean of the queries is nearest to all of them.
        double[] hub = Rows.All(pairs.First).Aggregate(new double[40], (sum, row) => Rows.Plus(sum, row));
        documents[7] = hub;
        Dictionary<string, Measurement> plain = Rows.Measure(pairs), hubbed = Rows.Measure(Rows.Pair(Rows.All(pairs.First), documents));
        Assert.True(hubbed["hubness-largest-count/image-to-text"].Estimate!.Value > plain["hubness-largest-count/image-to-text"].Estimate!.Value + 10);
        Assert.True(hubbed["hubness-skewness/image-to-text"].Estimate!.Value > plain["hubness-skewness/image-to-text"].Estimate!.Value + 0.5);
    }
}
