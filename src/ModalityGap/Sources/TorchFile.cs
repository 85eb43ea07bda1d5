using System.IO.Compression;
using System.Runtime.InteropServices;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// Writes embeddings as a PyTorch checkpoint: one dictionary from the modality's name to a float32 tensor (n x d), which
/// <c>torch.load(path, weights_only=True)</c> reads.
/// </summary>
public static class TorchFile
{
    /// <summary>PyTorch names the folder in the archive after the file; any name will do.</summary>
    private const string Folder = "embeddings/";

    /// <summary>A zip archive's oldest date, so that the same embeddings give the same bytes.</summary>
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the sets; where all have the same ids, these stand beside them as the list <c>ids</c>.</summary>
    /// <param name="target">Where to; left open.</param>
    /// <param name="sets">The embeddings, each of another modality.</param>
    /// <exception cref="ArgumentException">There are no sets, or two of one modality.</exception>
    public static void Write(Stream target, IReadOnlyList<EmbeddingSet> sets)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(sets);
        if (sets.Count == 0 || sets.DistinctBy(set => set.Modality.Name).Count() < sets.Count)
            throw new ArgumentException("Give at least one set, and each of another modality.", nameof(sets));
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        WriteMember(archive, "data.pkl", Pickle(sets));
        WriteMember(archive, "byteorder", BitConverter.IsLittleEndian ? "little"u8 : "big"u8);
        for (int i = 0; i < sets.Count; i++)
            WriteMember(archive, $"data/{i}", MemoryMarshal.AsBytes(sets[i].Values.AsSpan()));
        WriteMember(archive, "version", "3\n"u8);
    }

    private static byte[] Pickle(IReadOnlyList<EmbeddingSet> sets)
    {
        var pickle = new PickleWriter();
        pickle.Begin();
        for (int i = 0; i < sets.Count; i++)
        {
            pickle.Text(sets[i].Modality.Name);
            pickle.Tensor(Shown.Index(i), sets[i].Rows, sets[i].Dimensions);
        }
        if (sets[0].Ids is { } ids && sets.All(set => set.Ids is not null && set.Ids.SequenceEqual(ids)))
        {
            pickle.Text("ids");
            pickle.Texts(ids);
        }
        return pickle.End();
    }

    private static void WriteMember(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(Folder + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoDate;
        using Stream stream = entry.Open();
        stream.Write(content);
    }
}
