using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class RetrievalTests
{
    public static TheoryData<int, int, int[]> Captions { get; } = new()
    {
        { 2, 3, [2] },
        { 31, 6, [1, 3, 2] },
        { 70, 20, [5] },
        { 90, 33, [1, 4] },
    };

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Ranks_AgainstSearchingEverything_AreTheSame(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        CrossEvidence cross = Rows.Evidence(pairs).Cross;
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: true), cross.RanksOfFirst);
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: false), cross.RanksOfSecond);
    }

    [Fact]
    public void Ranks_OfNearlyCollapsedRows_AreDecidedInFloat64()
    {
        // Hundreds of cosines lie within float32's rounding of each other.
        PairedEmbeddings pairs = PairSamples.Collapsed(200, 64, 1e-3);
        CrossEvidence cross = Rows.Evidence(pairs).Cross;
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: true), cross.RanksOfFirst);
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: false), cross.RanksOfSecond);
    }

    [Theory]
    [MemberData(nameof(Captions))]
    public void Ranks_WithSeveralTexts_CountTheBestOfThem(int items, int dimensions, int[] captions)
    {
        PairedEmbeddings pairs = Rows.Captioned(items, dimensions, 31, captions);
        CrossEvidence cross = Rows.Evidence(pairs).Cross;
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: true), cross.RanksOfFirst);
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: false), cross.RanksOfSecond);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(130)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Ranks_OfIdenticalRows_CountEveryTieAgainstTheQuery(int dimensions)
    {
        // Equal entries are the worst case for the rounding of a sum: every step rounds the same way.
        double[][] rows = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Repeat(1.0, dimensions).ToArray())];
        CrossEvidence cross = Rows.Evidence(Rows.Pair(rows, rows), [1]).Cross;
        Assert.All(cross.RanksOfFirst, rank => Assert.Equal(40, rank));
        Assert.All(cross.RanksOfSecond, rank => Assert.Equal(40, rank));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(768)]
    public void Ranks_OfRowsWithPositiveEntries_AreDecidedInFloat64(int dimensions)
    {
        // Rows that all but coincide, with entries of one sign: the rounding of their products has a trend.
        RandomStream random = new(17);
        PairedEmbeddings pairs = Rows.Pair(Cone(), Cone());
        SearchRanks ranks = new(pairs, new WorkContext(2));
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: true), ranks.First);
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: false), ranks.Second);

        double[][] Cone() =>
            [.. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, dimensions).Select(_ => 1 + 1e-3 * random.NextNearlyNormal()).ToArray())];
    }

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void SearchRanks_AgainstSearchingEverything_AreTheSame(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        var ranks = new SearchRanks(pairs, new WorkContext(2));
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: true), ranks.First);
        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: false), ranks.Second);
        Assert.Equal(SlowSearch.PooledRanks(pairs.First, pairs.Second), ranks.PooledFirst);
        Assert.Equal(SlowSearch.PooledRanks(pairs.Second, pairs.First), ranks.PooledSecond);
    }

    [Theory]
    [InlineData("seventeen items")]
    [InlineData("duplicates")]
    [InlineData("three hundred items")]
    public void Measures_FromSlowRanks_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        foreach ((string way, bool ofFirst) in new[] { ("image-to-text", true), ("text-to-image", false) })
        {
            long[] ranks = SlowSearch.Ranks(pairs, ofFirst);
            foreach (int depth in new[] { 1, 5, 10 })
                Check(ranks.Average(rank => rank <= depth ? 1.0 : 0), $"recall-at-{depth}/{way}");
            Check(ranks.Average(rank => 1.0 / rank), $"mean-reciprocal-rank/{way}");
            Check(SlowCosines.Percentile(Array.ConvertAll(ranks, rank => (double)rank), 0.5), $"median-rank/{way}");
        }

        void Check(double expected, string key) => Tolerance.Float64.Check(expected, measures[key].Estimate!.Value, key);
    }
}
