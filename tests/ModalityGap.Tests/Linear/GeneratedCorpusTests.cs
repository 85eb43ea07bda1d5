using ModalityGap.Generation;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

/// <summary>Generated pairs have the gap that was asked for.</summary>
[Collection(nameof(Alone))]
public sealed class GeneratedCorpusTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(0.8, 2)]
    [InlineData(1.5, 3)]
    public void WriteShard_AllOfThem_HaveTheGap(double gap, long seed)
    {
        var corpus = new GeneratedCorpus { Pairs = 5200, Dimensions = 32, Gap = gap, ShardRows = 1500, Seed = seed };
        LinearResult result = Measure(corpus);
        Assert.Equal((4, 5200L), (result.Coverage!.Shards, result.Coverage.Rows));
        Estimate debiased = result.Pairs[0].Measures["gap-debiased"].Estimate!;
        // Twice the half width of the interval: four standard errors, and a seed that is fixed.
        double half = (debiased.High!.Value - debiased.Low!.Value) / 2;
        Assert.InRange(debiased.Value, gap - 2 * half, gap + 2 * half);
        Assert.InRange(half, 5e-4, 2e-2);
        Assert.InRange(result.Inputs[0].Norms.Lowest, 0.999, 1.001);
        Assert.True(result.Pairs[0].Measures["matched-cosine-mean"].Estimate!.Value > 1 - gap * gap / 2 - 0.2);
        Assert.Empty(result.Pairs[0].Findings);
    }

    [Fact]
    public void WriteShard_Alone_HasTheSameBytes()
    {
        var corpus = new GeneratedCorpus { Pairs = 1000, Dimensions = 8, Gap = 0.5, ShardRows = 300, Type = WrittenType.Float32 };
        Write(corpus, 1);
        byte[][] before = [.. Files()];
        corpus.WriteShard(folder.Path + "/again", 2, threads: 2, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(before[2], File.ReadAllBytes(Path.Combine(folder.Path, "again", "img_emb", "img_emb_2.npy")));
        Write(corpus with { Seed = 5 }, 2);
        Assert.NotEqual(before[2], Files()[2]);
    }

    [Fact]
    public void WriteShard_AnyLength_AllocatesTheSame()
    {
        var corpus = new GeneratedCorpus { Pairs = 2_000, Dimensions = 64, Gap = 0.5 };
        Write(corpus, 2);
        long shorter = Allocation.Of(() => Write(corpus, 2)), longer = Allocation.Of(() => Write(corpus with { Pairs = 60_000 }, 2));
        // 15 MB of rows more; a fork of the stream for each block is what grows.
        Assert.InRange(longer - shorter, -(1 << 20), 1 << 20);
    }

    private LinearResult Measure(GeneratedCorpus corpus)
    {
        Write(corpus, 0);
        return LinearAnalysis.Run(
            EmbeddingCorpus.Open([folder.Path], cancellation: TestContext.Current.CancellationToken), cancellation: TestContext.Current.CancellationToken);
    }

    private void Write(GeneratedCorpus corpus, int threads)
    {
        for (int shard = 0; shard < corpus.Shards; shard++)
            corpus.WriteShard(folder.Path, shard, threads, cancellation: TestContext.Current.CancellationToken);
    }

    private byte[][] Files() =>
        [.. Enumerable.Range(0, 4).Select(i => File.ReadAllBytes(Path.Combine(folder.Path, "img_emb", $"img_emb_{i}.npy")))];
}
