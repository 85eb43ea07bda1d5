using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Parquet;

/// <summary>Parquet: an embedding is a column of lists of floats, of bytes, or one float column per dimension.</summary>
internal sealed class ParquetFormat : IEmbeddingWriter
{
    public string Name => "parquet";

    public IReadOnlyList<string> Extensions { get; } = [".parquet", ".pq"];

    public bool HoldsIds => true;

    public bool HoldsLabels => true;

    public bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => start.StartsWith("PAR1"u8);

    public IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options) =>
        LibraryCall.Run(file, Name, () => ParquetTable.Describe(file, options));

    public IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation) =>
        LibraryCall.Run(file, Name, () => ParquetTable.Read(file, options, cancellation));

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => SharedRows.Obstacle(sets);

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation) =>
        ParquetWriting.Write(target, sets, options, cancellation);
}
