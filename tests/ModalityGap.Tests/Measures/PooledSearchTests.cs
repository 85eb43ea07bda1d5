using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class PooledSearchTests
{
    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Measures_AgainstSearchingEverything_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        AssertWay("image", pairs.First, pairs.Second);
        AssertWay("text", pairs.Second, pairs.First);

        void AssertWay(string modality, UnitEmbeddings own, UnitEmbeddings other)
        {
            long[] ranks = SlowSearch.PooledRanks(own, other);
            Check(ranks.Average(rank => rank <= 1 ? 1.0 : 0), "pooled-hit-at-1");
            Check(ranks.Average(rank => rank <= 10 ? 1.0 : 0), "pooled-hit-at-10");
            Check(ranks.Average(rank => 1.0 / rank), "pooled-reciprocal-rank");
            Check(ranks.Average(), "pooled-mean-rank");
            Check(SlowSearch.OwnShare(own, other), "own-modality-share-at-10");

            void Check(double expected, string id) =>
                Tolerance.Float64.Check(expected, measures[$"{id}/{modality}"].Estimate!.Value, $"{sample}: {id}/{modality}");
        }
    }

    [Fact]
    public void Measures_OfTwoFarCones_FindOnlyTheirOwn()
    {
        PairedEmbeddings pairs = Rows.Cones(60, 32, 41, axis: 20, shared: 1);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        Tolerance.Bits.Check(1, measures["own-modality-share-at-10/text"].Estimate!.Value, "share");
        Tolerance.Bits.Check(0, measures["pooled-hit-at-1/text"].Estimate!.Value, "hits");
    }

    [Fact]
    public void Measures_WithSeveralTexts_SayWhyTheyAreMissing()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Captioned(30, 8, 42, 2));
        Assert.Null(measures["pooled-hit-at-1/text"].Estimate);
        Assert.Contains("mixed search", measures["pooled-hit-at-1/text"].Missing, StringComparison.Ordinal);
    }
}
