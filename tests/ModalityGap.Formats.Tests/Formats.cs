using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tests;

/// <summary>Reads and writes in a test, with every format.</summary>
internal static class Formats
{
    public static IReadOnlyList<EmbeddingSet> Read(string path, ReadOptions? options = null) =>
        EmbeddingFile.Read(path, (options ?? new ReadOptions()) with { Formats = AllFormats.List }, TestContext.Current.CancellationToken);

    public static EmbeddingSet ReadOne(string path, ReadOptions? options = null) => Assert.Single(Read(path, options));

    public static FileDescription Describe(string path, ReadOptions? options = null) =>
        EmbeddingFile.Describe(path, (options ?? new ReadOptions()) with { Formats = AllFormats.List });

    public static IEmbeddingWriter Writer(string extension) => Assert.IsType<IEmbeddingWriter>(AllFormats.List.ByExtension("x" + extension), exactMatch: false);

    public static byte[] Bytes(string extension, WrittenType type, params IReadOnlyList<EmbeddingSet> sets)
    {
        using var stream = new MemoryStream();
        IEmbeddingWriter writer = Writer(extension);
        Assert.Null(writer.Obstacle(sets));
        writer.Write(stream, sets, new WriteOptions { Type = type }, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    /// <summary>Asserts that a file is refused with a message that names the file, the fault and the way out.</summary>
    public static EmbeddingDataException Refused(string path, string fault, string remedy, ReadOptions? options = null)
    {
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Read(path, options));
        Assert.Equal(path, refused.Origin);
        Assert.Contains(fault, refused.Fault, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Fault[^1] is '.' or '?', refused.Fault);
        return refused;
    }

    public static EmbeddingSet Set(string modality, int rows, int dimensions, bool ids = true, int seed = 1)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, rows * dimensions).Select(_ => (float)(Half)((random.NextSingle() - 0.5f) * 4))];
        string[]? texts = ids ? [.. Enumerable.Range(0, rows).Select(i => $"n{i}, \"{i}\"")] : null;
        string[]? labels = ids ? [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? "cat" : "döner")] : null;
        string[]? captions = ids ? [.. Enumerable.Range(0, rows).Select(i => i == 1 ? "" : $"a cat, \"{i}\"")] : null;
        return new EmbeddingSet(
            new Modality(modality), values, dimensions, names: new RowNames { Ids = texts, Labels = labels, Captions = captions });
    }

    public static float[] Values(EmbeddingSet set) => [.. Enumerable.Range(0, set.Rows).SelectMany(row => set.Row(row).ToArray())];

    public static int[] Bits(EmbeddingSet set) => [.. Values(set).Select(BitConverter.SingleToInt32Bits)];
}
