using ModalityGap.Sources;

namespace ModalityGap.Formats.Hdf5;

/// <summary>Stands for HDF5 in programs that were compiled ahead of time, where it cannot be read, to say so.</summary>
internal sealed class Hdf5Unavailable : IEmbeddingFormat
{
    public string Name => "hdf5";

    public IReadOnlyList<string> Extensions { get; } = [];

    public bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => start.StartsWith(Hdf5Signature.Bytes);

    public IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options) => throw Refusal(file);

    public IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation) => throw Refusal(file);

    private static Embeddings.EmbeddingDataException Refusal(SourceFile file) => file.Fault(
        "it is an HDF5 file, which the native build of this program cannot read.",
        "Use the tool on .NET (dotnet tool install ModalityGap.Cli), or save the data set as npy: "
        + "numpy.save('embeddings.npy', h5py.File(path)['embeddings'][:]).");
}
