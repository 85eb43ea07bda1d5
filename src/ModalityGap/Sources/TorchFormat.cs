using System.IO.Compression;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// PyTorch's checkpoints, of today (a zip archive) and of before 1.6. Written is one dictionary from the modality's name to a tensor (n x d), with the
/// list <c>ids</c> beside them, which <c>torch.load(path, weights_only=True)</c> reads.
/// </summary>
internal sealed class TorchFormat : ArrayFileFormat, IEmbeddingWriter
{
    /// <summary>PyTorch names the folder in the archive after the file; any name will do.</summary>
    private const string Folder = "embeddings/";

    /// <summary>A zip archive's oldest date, so that the same embeddings give the same bytes.</summary>
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Name => "torch";

    public override IReadOnlyList<string> Extensions { get; } = [".pt", ".pth", ".bin"];

    public bool HoldsIds => true;

    public bool HoldsLabels => false;

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) =>
        TorchStream.Begins(start) || (NpzFormat.BeginsArchive(start) && TorchArchive.Is(ZipDirectory.Read(file)));

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) =>
        sets.FirstOrDefault(set => set.Ids is not null && !SharesIds(set, sets[0])) is { } other
            ? $"a checkpoint keeps one list of ids, and {sets[0].Modality} and {other.Modality} differ in theirs"
            : null;

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        var progress = new WriteProgress(options, sets);
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        WriteMember(archive, "data.pkl", Pickle(sets, options.Type));
        WriteMember(archive, "byteorder", "little"u8);
        for (int i = 0; i < sets.Count; i++)
        {
            using Stream member = Open(archive, $"data/{i}");
            RowWriting.WriteAll(member, sets[i], options.Type, progress, cancellation);
        }
        WriteMember(archive, "version", "3\n"u8);
    }

    public override IReadOnlyList<StoredArray> List(SourceFile file)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(16, file.Length)];
        file.ReadAt(0, start);
        return TorchStream.Begins(start) ? TorchStream.List(file) : TorchArchive.List(file);
    }

    private static byte[] Pickle(IReadOnlyList<EmbeddingSet> sets, WrittenType type)
    {
        var pickle = new PickleWriter();
        pickle.Begin();
        for (int i = 0; i < sets.Count; i++)
        {
            pickle.Text(sets[i].Modality.Name);
            pickle.Tensor(Shown.Index(i), sets[i].Rows, sets[i].Dimensions, type);
        }
        if (sets[0].Ids is { } ids && sets.All(set => SharesIds(set, sets[0])))
        {
            pickle.Text("ids");
            pickle.Texts(ids);
        }
        return pickle.End();
    }

    private static bool SharesIds(EmbeddingSet one, EmbeddingSet other) =>
        one.Ids is not null && other.Ids is not null && one.Ids.SequenceEqual(other.Ids);

    private static void WriteMember(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        using Stream stream = Open(archive, name);
        stream.Write(content);
    }

    private static Stream Open(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.CreateEntry(Folder + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoDate;
        return entry.Open();
    }
}
