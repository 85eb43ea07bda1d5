using Apache.Arrow.Ipc;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>Arrow's formats for tables between programs: an embedding is a column of lists of floats, fixed in length or not.</summary>
internal abstract class ArrowFormat : IEmbeddingWriter
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Extensions { get; }

    public bool HoldsIds => true;

    public bool HoldsLabels => true;

    public abstract bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension);

    public IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options) =>
        LibraryCall.Run(file, Name, () => ArrowTable.Describe(file, options));

    public IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation) =>
        LibraryCall.Run(file, Name, () => ArrowTable.Read(file, options, cancellation));

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => SharedRows.Obstacle(sets);

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation) =>
        ArrowWriting.Write(target, sets, options, NewWriter, cancellation);

    protected abstract ArrowStreamWriter NewWriter(Stream target, Apache.Arrow.Schema schema);
}

/// <summary>Arrow's file format, which is Feather's second version.</summary>
internal sealed class ArrowFileFormat : ArrowFormat
{
    public override string Name => "arrow";

    public override IReadOnlyList<string> Extensions { get; } = [".arrow", ".feather", ".ipc"];

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => start.StartsWith(ArrowMessages.Magic);

    protected override ArrowStreamWriter NewWriter(Stream target, Apache.Arrow.Schema schema) =>
        new ArrowFileWriter(target, schema, leaveOpen: true);
}

/// <summary>Arrow's stream format, which Hugging Face's cache uses.</summary>
internal sealed class ArrowStreamFormat : ArrowFormat
{
    public override string Name => "arrow stream";

    public override IReadOnlyList<string> Extensions { get; } = [".arrows"];

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => ArrowMessages.BeginsStream(start);

    protected override ArrowStreamWriter NewWriter(Stream target, Apache.Arrow.Schema schema) =>
        new(target, schema, leaveOpen: true);
}
