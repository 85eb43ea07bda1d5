using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

/// <summary>The modality of the nearest neighbour, and mutual neighbours.</summary>
public sealed class NearestModalityTests
{
    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void NearestModality_AgainstLookingAtEverything_Agrees(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        AssertSide("image", pairs.First, pairs.Second);
        AssertSide("text", pairs.Second, pairs.First);

        void AssertSide(string modality, UnitEmbeddings own, UnitEmbeddings other)
        {
            int n = own.Rows;
            double[] ranks = [.. Enumerable.Range(0, n).Select(i =>
            {
                double best = Enumerable.Range(0, n).Max(j => SlowCosines.Of(own.Row(i), other.Row(j)));
                return 1.0 + Enumerable.Range(0, n).Count(j => j != i && SlowCosines.Of(own.Row(i), own.Row(j)) >= best);
            })];
            double share = ranks.Average(rank => rank > 1 ? 1.0 : 0);
            Tolerance.Float64.Check(share, measures["nearest-own-share/" + modality].Estimate!.Value, $"{sample}: share of {modality}");
            Tolerance.Float64.Check(ranks.Average(), measures["nearest-other-rank/" + modality].Estimate!.Value, $"{sample}: rank of {modality}");
            if (share == 1)
                Assert.Contains("No row", measures["nearest-modality-ratio/" + modality].Missing, StringComparison.Ordinal);
            else
                Tolerance.Float64.Check(
                    share / (1 - share), measures["nearest-modality-ratio/" + modality].Estimate!.Value, $"{sample}: ratio of {modality}");
        }
    }

    [Theory]
    [InlineData("seventeen items")]
    [InlineData("one column more than a strip")]
    [InlineData("duplicates")]
    public void MutualNeighbours_AgainstSortingEverything_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double expected = Enumerable.Range(0, pairs.Items).Average(i =>
            Neighbours(pairs.First, i).Intersect(Neighbours(pairs.Second, i)).Count() / 10.0);
        Tolerance.Float64.Check(expected, Rows.Measure(pairs)["mutual-neighbours"].Estimate!.Value, sample);

        static IEnumerable<int> Neighbours(UnitEmbeddings rows, int i) => Enumerable.Range(0, rows.Rows).Where(j => j != i)
            .OrderByDescending(j => SlowCosines.InFloat32(rows.Row(Math.Min(i, j)), rows.Row(Math.Max(i, j)))).ThenBy(j => j).Take(10);
    }

    [Fact]
    public void MutualNeighbours_OfTheSameRows_AreAll()
    {
        PairedEmbeddings pairs = Rows.Cones(50, 10, 53);
        Dictionary<string, Measurement> measures = Rows.Measure(PairedEmbeddings.ByRow(pairs.First, Rows.Unit(Modality.Text, Rows.All(pairs.First))));
        Tolerance.Bits.Check(1, measures["mutual-neighbours"].Estimate!.Value, "overlap with itself");
    }

    [Fact]
    public void MutualNeighbours_OfFewItems_SayThatAllAreNeighbours() =>
        Assert.Contains("all others are among", Rows.Measure(Rows.Cones(11, 6, 54))["mutual-neighbours"].Missing, StringComparison.Ordinal);
}
