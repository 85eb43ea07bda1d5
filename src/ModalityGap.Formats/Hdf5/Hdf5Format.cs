using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Hdf5;

/// <summary>HDF5: data sets of shape (N, D) or (M, N, D), whose keys are their paths in the file.</summary>
internal sealed class Hdf5Format : ArrayFileFormat, IEmbeddingWriter
{
    public override string Name => "hdf5";

    public override IReadOnlyList<string> Extensions { get; } = [".h5", ".hdf5", ".hdf"];

    public bool HoldsIds => false;

    public bool HoldsLabels => false;

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => start.StartsWith(Hdf5Signature.Bytes);

    public override IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options) =>
        LibraryCall.Run(file, Name, () => base.Describe(file, options));

    public override IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation) =>
        LibraryCall.Run(file, Name, () => base.Read(file, options, cancellation));

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => null;

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation) =>
        Hdf5Writing.Write(target, sets, options, cancellation);

    public override IReadOnlyList<StoredArray> List(SourceFile file) => Hdf5Arrays.List(file);
}
