using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Numerics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Explanations;

public sealed class SimilarityBlocksTests
{
    [Theory]
    [InlineData(9, 9)]
    [InlineData(80, SimilarityBlocks.MostPairs)]
    public void Of_Rows_HoldsTheCosinesOfTheDrawnPairs(int items, int drawn)
    {
        PairedEmbeddings pairs = Rows.Cones(items, 6, 17);
        SimilarityBlocks blocks = SimilarityBlocks.Of(Rows.Evidence(pairs));
        Assert.Equal(drawn, blocks.Pairs.Count);
        Assert.Equal(blocks.Pairs.Distinct().Order(), blocks.Pairs);
        int side = 2 * drawn;
        for (int i = 0; i < side; i++)
            for (int j = 0; j < side; j++)
                Assert.Equal(Dot.Float64(Row(i), Row(j)), blocks.Cosines[i * side + j], 6e-5);

        ReadOnlySpan<float> Row(int k) => k < drawn ? pairs.First.Row(blocks.Pairs[k]) : pairs.Second.Row(blocks.Pairs[k - drawn]);
    }

    [Fact]
    public void Of_TheSameRows_DrawsTheSamePairs()
    {
        PairedEmbeddings pairs = Rows.Cones(60, 6, 18);
        Assert.Equal(SimilarityBlocks.Of(Rows.Evidence(pairs, threads: 1)).Pairs, SimilarityBlocks.Of(Rows.Evidence(pairs, threads: 2)).Pairs);
    }
}
