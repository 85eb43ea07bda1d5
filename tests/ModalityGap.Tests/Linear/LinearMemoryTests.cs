using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

/// <summary>Memory does not grow with the file.</summary>
[Collection(nameof(Alone))]
public sealed class LinearMemoryTests : IDisposable
{
    private const int Dimensions = 128;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("<f2")]
    [InlineData("<f4")]
    public void Run_AnyLength_AllocatesTheSame(string type)
    {
        Allocated(Stack(type, 2_000));
        long shorter = Allocated(Stack(type, 20_000)), longer = Allocated(Stack(type, 80_000));
        Assert.InRange(longer, 0, 8 << 20);
        // How many blocks wait at a time, of at most eight, is a matter of scheduling; the files are 30 MB apart and more.
        Assert.InRange(longer - shorter, -(4 << 20), 4 << 20);
    }

    [Fact]
    public void Run_AnyNumberOfShards_AllocatesNearlyTheSame()
    {
        ShardedRows.Write(folder, [.. Enumerable.Repeat(60, 100)]);
        Sharded(1);
        long one = Sharded(1), hundred = Sharded(100);
        // Headers, fingerprints and threads of a shard are garbage of some ten kilobytes; buffers of blocks would be half a megabyte each.
        Assert.InRange((hundred - one) / 99, 0, 80 << 10);
    }

    private long Sharded(int shards) => Allocation.Of(() => LinearAnalysis.Run(
        EmbeddingCorpus.Open(
            [Path.Combine(folder.Path, $"img_emb/img_emb_{{0..{shards - 1}}}.npy"), Path.Combine(folder.Path, $"text_emb/text_emb_{{0..{shards - 1}}}.npy")],
            cancellation: TestContext.Current.CancellationToken),
        new LinearOptions { SamplePairs = 64, Threads = 2 },
        cancellation: TestContext.Current.CancellationToken));

    private static long Allocated(string path) => Allocation.Of(() =>
    {
        IReadOnlyList<EmbeddingStream> streams = EmbeddingStream.Open(path, cancellation: TestContext.Current.CancellationToken);
        LinearAnalysis.Run(streams, new LinearOptions { SamplePairs = 64, Threads = 2 }, cancellation: TestContext.Current.CancellationToken);
        foreach (EmbeddingStream stream in streams)
            stream.Dispose();
    });

    private string Stack(string type, int rows)
    {
        var random = new RandomStream(rows);
        byte[] part = SourceBytes.Encode(type, [.. Enumerable.Range(0, 500 * Dimensions).Select(_ => (float)random.NextNearlyNormal())]);
        return folder.Write("x.npy", SourceBytes.Npy(
            type, $"(2, {rows}, {Dimensions})", [.. Enumerable.Repeat(part, 2 * rows / 500).SelectMany(bytes => bytes)]));
    }
}
