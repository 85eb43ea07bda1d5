using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Text;

/// <summary>
/// Tables in text: csv and tsv. Read are one number column per dimension, or a column of lists such as "[0.1, 0.2]" or "0.1 0.2"; with a
/// line of names or without.
/// </summary>
internal sealed class DelimitedTextFormat(string name, char delimiter, params string[] extensions) : IEmbeddingWriter
{
    public string Name => name;

    public IReadOnlyList<string> Extensions => extensions;

    public bool HoldsIds => true;

    public bool HoldsLabels => true;

    /// <summary>Text says little of what it is, so its name must say it too.</summary>
    public bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) =>
        extensions.Contains(extension)
        && !start.ContainsAnyInRange((byte)0, (byte)8)
        && !start.ContainsAnyInRange((byte)14, (byte)31)
        && (ForeignFormat.BySignature(start) is null || (start[0] == '[' && !start.StartsWith("[["u8)));

    public IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options) =>
        LibraryCall.Run(file, name, () => TextTable.Describe(file, delimiter, options));

    public IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation) =>
        LibraryCall.Run(file, name, () => TextTable.Read(file, delimiter, options, cancellation));

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => SharedRows.Obstacle(sets);

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation) =>
        TextWriting.Write(target, sets, delimiter, options, cancellation);
}
