using System.IO.Compression;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>NumPy's archive of arrays with keys.</summary>
internal sealed class NpzFormat : ArrayFileFormat, IEmbeddingWriter
{
    /// <summary>The first moment that a zip archive can hold, so that the same rows give the same bytes.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Name => "npz";

    public override IReadOnlyList<string> Extensions { get; } = [".npz"];

    public bool HoldsIds => false;

    public bool HoldsLabels => false;

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => BeginsArchive(start);

    /// <summary>Whether a file begins as a zip archive, with members or without.</summary>
    internal static bool BeginsArchive(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => null;

    /// <summary>Stored, not compressed: embeddings hardly shrink, and a stored member is read in place.</summary>
    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        var progress = new WriteProgress(options, sets);
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (EmbeddingSet set in sets)
        {
            ZipArchiveEntry entry = archive.CreateEntry($"{set.Modality}.npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = Epoch;
            using Stream member = entry.Open();
            NpyFormat.WriteArray(member, set, options.Type, progress, cancellation);
        }
    }

    public override IReadOnlyList<StoredArray> List(SourceFile file) => NpzArrays.List(file);
}
