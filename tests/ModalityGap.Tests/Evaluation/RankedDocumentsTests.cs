using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Evaluation;

public sealed class RankedDocumentsTests
{
    private static readonly WorkContext Work = new(2);

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Of_RowsAsTheyAre_AgainstSearchingEverything_IsTheSame(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        RankedDocuments ranked = RankedDocuments.Of(pairs.First, pairs.Second, Own(pairs), Work);

        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: true), ranked.Ranks[0].Select(rank => (long)rank));
        Assert.All(Enumerable.Range(0, pairs.Items), i => Assert.Equal(ranked.Ranks[0][i] == 1, ranked.Found[0][i] == i));
    }

    [Fact]
    public void Of_NearlyCollapsedRows_IsDecidedInFloat64()
    {
        PairedEmbeddings pairs = PairSamples.Collapsed(200, 64, 1e-3);

        RankedDocuments ranked = RankedDocuments.Of(pairs.First, pairs.Second, Own(pairs), Work);

        Assert.Equal(SlowSearch.Ranks(pairs, ofFirst: true), ranked.Ranks[0].Select(rank => (long)rank));
    }

    [Theory]
    [InlineData("one row more than a tile", 0.3, 0.3)]
    [InlineData("a narrow gap", 0, 0.7)]
    [InlineData("three hundred items", -0.5, 0)]
    [InlineData("opposite cones", 1.1, 1.1)]
    public void Of_ShiftedRows_AgainstMovingThem_IsTheSame(string sample, double ofFirst, double ofSecond)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double[] direction = GapAlong.Between(pairs.First, pairs.Second).Direction!;
        var shift = new ShiftAlongGap(ofFirst, ofSecond);

        RankedDocuments ranked = RankedDocuments.Of(pairs.First, pairs.Second, Own(pairs), direction, [ShiftAlongGap.None, shift], Work);

        for (int i = 0; i < pairs.Items; i += 3)
        {
            Assert.Equal(SlowRanks.Of(pairs.First, pairs.Second, i, i), (ranked.Found[0][i], ranked.Ranks[0][i]));
            Assert.Equal(SlowRanks.Of(pairs.First, pairs.Second, i, i, direction, shift), (ranked.Found[1][i], ranked.Ranks[1][i]));
        }
    }

    [Fact]
    public void Of_EqualScores_FindsAnotherThanTheOwn()
    {
        UnitEmbeddings queries = Rows.Unit(Modality.Image, [[1, 0], [1, 0], [0, 1]]), documents = Rows.Unit(Modality.Text, [[1, 0], [1, 0], [0, 1]]);

        RankedDocuments ranked = RankedDocuments.Of(queries, documents, [0, 1, 2], Work);

        Assert.Equal([1, 0, 2], ranked.Found[0]);
        Assert.Equal([2, 2, 1], ranked.Ranks[0]);
        Assert.Equal([0, 0, 2], RankedDocuments.Of(queries, documents, null, Work).Found[0]);
    }

    [Fact]
    public void Of_AnyNumberOfThreads_IsTheSame()
    {
        PairedEmbeddings pairs = PairSamples.Of("three hundred items");
        double[] direction = GapAlong.Between(pairs.First, pairs.Second).Direction!;
        RankedDocuments Run(int threads) =>
            RankedDocuments.Of(pairs.First, pairs.Second, Own(pairs), direction, [new ShiftAlongGap(0.2, 0.2)], new WorkContext(threads));

        RankedDocuments one = Run(1), three = Run(3);

        Assert.Equal(one.Found[0], three.Found[0]);
        Assert.Equal(one.Ranks[0], three.Ranks[0]);
    }

    private static int[] Own(PairedEmbeddings pairs) => [.. Enumerable.Range(0, pairs.Items)];
}
