using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class DimensionAblationTests
{
    [Theory]
    [InlineData("five items in two dimensions", 1)]
    [InlineData("one column more than a strip", 5)]
    [InlineData("a narrow gap", 20)]
    public void Measures_AgainstZeroingByHand_Agree(string sample, int size)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        double[] gap = Enumerable.Range(0, pairs.Items).Aggregate(
            new double[pairs.Dimensions], (sum, i) => Rows.Plus(Rows.Plus(sum, Rows.Row(pairs.First, i)), Rows.Row(pairs.Second, i), -1));
        HashSet<int> top = [.. Enumerable.Range(0, gap.Length).OrderByDescending(k => Math.Abs(gap[k])).Take(size)];
        PairedEmbeddings ablated = Rows.Pair(Rows.All(pairs.First).Select(Without), Rows.All(pairs.Second).Select(Without));
        Tolerance.StoredFloat32.Check(Rows.Measure(ablated)["gap"].Estimate!.Value, measures[$"ablated-gap/{size}"].Estimate!.Value, $"{sample}: gap");
        double recall = SlowSearch.Ranks(ablated, ofFirst: true).Average(rank => rank == 1 ? 1.0 : 0);
        Tolerance.Float64.Check(recall, measures[$"ablated-recall-at-1/{size}/image-to-text"].Estimate!.Value, $"{sample}: recall");

        double[] Without(double[] row) => [.. row.Select((value, k) => top.Contains(k) ? 0 : value)];
    }

    [Fact]
    public void Measures_OfNoDimension_AreTheRowsAsTheyAre()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Cones(70, 30, 81));
        Tolerance.StoredFloat32.Check(measures["gap"].Estimate!.Value, measures["ablated-gap/0"].Estimate!.Value, "gap");
        Tolerance.Bits.Check(
            measures["recall-at-1/text-to-image"].Estimate!.Value, measures["ablated-recall-at-1/0/text-to-image"].Estimate!.Value, "recall");
    }

    [Fact]
    public void Measures_OfMoreDimensionsThanThereAre_SayWhy()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Cones(20, 5, 82));
        Assert.NotNull(measures["ablated-gap/2"].Estimate);
        Assert.Contains("5 dimensions", measures["ablated-gap/10"].Missing, StringComparison.Ordinal);
    }
}
