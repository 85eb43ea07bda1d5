using System.IO.Compression;
using System.Text;
using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Sources;

/// <summary>An untrusted header never decides an allocation.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("(2000000000, 1)")]
    [InlineData("(2, 500000000, 500000)")]
    [InlineData("(9223372036854775807, 9223372036854775807)")]
    public void Npy_HeaderThatAnnouncesMuch_CostsNothing(string shape) =>
        Within(folder.Write("x.npy", SourceBytes.Npy("<f4", shape, new byte[64])), refused: true, most: 1 << 20);

    [Fact]
    public void Npy_LongHeader_CostsNothing()
    {
        byte[] content = SourceBytes.Npy("<f4", "(1, 1)", new byte[4], version: 2);
        content[11] = 0x7f;
        Within(folder.Write("x.npy", content), refused: true, most: 1 << 20);
    }

    [Fact]
    public void Safetensors_LengthThatAnnouncesMuch_CostsNothing()
    {
        byte[] content = SourceBytes.Safetensors(("a", "F32", [1, 1], new byte[4]));
        content[4] = 0x7f;
        Within(folder.Write("x.safetensors", content), refused: true, most: 1 << 20);
    }

    [Fact]
    public void Npy_Bytes_StayWithinTheLimit() =>
        Within(folder.Write("x.npy", SourceBytes.Npy("|u1", "(30000, 1000)", new byte[30_000_000])), refused: false);

    [Fact]
    public void Npy_Stack_StaysWithinTheLimit() =>
        Within(folder.Write("x.npy", SourceBytes.Npy("<f4", "(2, 20000, 250)", new byte[40_000_000])), refused: false);

    [Fact]
    public void Npz_BombOfZeros_StaysWithinTheLimit()
    {
        byte[] bomb = SourceBytes.Npz(CompressionLevel.SmallestSize, ("emb", SourceBytes.Npy("<f4", "(40000, 500)", new byte[80_000_000])));
        Within(folder.Write("x.npz", bomb), refused: true);
    }

    [Fact]
    public void Npz_ManyMembersThatUnpackToLongHeaders_StayWithinTheLimit()
    {
        byte[] member = SourceBytes.NpyWithHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)" + new string(' ', 9000) + "}", new byte[4]);
        (string, byte[])[] members = [.. Enumerable.Range(0, 1000).Select(i => ($"m{i}", member))];
        Within(folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.SmallestSize, members)), refused: true);
    }

    [Fact]
    public void Safetensors_ManyTensors_StayWithinTheLimit()
    {
        var header = new StringBuilder("{");
        for (int i = 0; i < 60_000; i++)
            header.Append(i == 0 ? "" : ",").Append('"').Append(i).Append("\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,0]}");
        Within(folder.Write("x.safetensors", SourceBytes.SafetensorsWithHeader(header.Append('}').ToString(), [])), refused: true);
    }

    [Theory]
    [InlineData("{\"id\":1,\"vector\":[0]}\n", 1_000_000)]
    [InlineData("{\"id\":1,\"class\":2,\"image_embedding\":[0],\"text_embedding\":[0]}\n", 400_000)]
    public void JsonLines_ManySmallRows_StayWithinTheLimit(string line, int count) =>
        Within(folder.Write("x.jsonl", string.Concat(Enumerable.Repeat(line, count))), refused: false);

    [Fact]
    public void JsonLines_ShortNumbers_StayWithinTheLimit()
    {
        string line = "{\"vector\":[" + string.Concat(Enumerable.Repeat("0,", 1_000_000)) + "0]}\n";
        Within(folder.Write("x.jsonl", string.Concat(Enumerable.Repeat(line, 15))), refused: false);
    }

    [Fact]
    public void JsonLines_ManyKeys_StayWithinTheLimit() =>
        Within(folder.Write("x.jsonl", "{" + string.Concat(Enumerable.Repeat("\"\":1,", 600_000)) + "\"vector\":[1]}"), refused: true);

    private static void Within(string path, bool refused, long? most = null)
    {
        bool wasRefused = false;
        long allocated = Allocation.Of(() =>
        {
            try
            {
                Assert.NotEmpty(Reading.All(path));
            }
            catch (EmbeddingDataException)
            {
                wasRefused = true;
            }
        });
        Assert.Equal(refused, wasRefused);
        Assert.InRange(allocated, 0, most ?? Allocation.Limit(new FileInfo(path).Length));
    }
}
