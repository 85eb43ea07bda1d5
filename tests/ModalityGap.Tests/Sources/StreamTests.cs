using System.IO.Compression;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

/// <summary>A file that lies in a stream reads as it does from the disk.</summary>
public sealed class StreamTests : IDisposable
{
    private static readonly byte[] Npy = SourceBytes.Npy("<f4", "(2, 3)", SourceBytes.Counting(6));

    private readonly ScratchFolder folder = new();

    public static TheoryData<string, byte[]> Files => new()
    {
        { "image.npy", Npy },
        { "pair.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("image", Npy), ("text", Npy)) },
        { "x.safetensors", SourceBytes.Safetensors(("text", "F32", [2, 3], SourceBytes.Counting(6))) },
        { "x.jsonl", "{\"id\":\"a\",\"text\":\"b\",\"vector\":[1,2]}\n"u8.ToArray() },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_FromAStream_IsAsFromTheDisk(string name, byte[] content)
    {
        string path = folder.Write(name, content);
        IReadOnlyList<EmbeddingSet> expected = Reading.All(path);

        using Stream stream = new MemoryStream(content);
        IReadOnlyList<EmbeddingSet> read = EmbeddingFile.Read(stream, path, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(expected.Select(set => set.Provenance), read.Select(set => set.Provenance));
        Assert.Equal(expected.Select(set => set.Modality), read.Select(set => set.Modality));
        Assert.Equal(expected.SelectMany(set => set.Values), read.SelectMany(set => set.Values));
        Assert.Equal(expected.Select(set => set.Captions), read.Select(set => set.Captions));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_FromATruncatedStream_IsRefusedByName(string name, byte[] content)
    {
        for (int length = 0; length < content.Length - 1; length += 7)
        {
            using Stream stream = new MemoryStream(content, 0, length);
            EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(
                () => EmbeddingFile.Read(stream, name, cancellation: TestContext.Current.CancellationToken));
            Assert.Equal(name, refused.Origin);
        }
    }
}
