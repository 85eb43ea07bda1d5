using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Correcting;

/// <summary>The rows of one modality in a file that may hold others.</summary>
internal static class ApplySource
{
    /// <exception cref="EmbeddingDataException">The file cannot be used, or holds several modalities and none of this name.</exception>
    public static EmbeddingStream Open(string path, RowRole role, ReadOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<EmbeddingStream> streams = EmbeddingStream.Open(path, options, cancellation);
        EmbeddingStream? chosen = streams.Count == 1 ? streams[0] : streams.FirstOrDefault(stream => stream.Modality == role.Modality);
        foreach (EmbeddingStream other in streams)
            if (other != chosen)
                other.Dispose();
        return chosen?.As(role.Modality) ?? throw new EmbeddingDataException(
            path,
            $"it holds {string.Join(", ", streams.Select(stream => stream.Modality))}, and none of them is called {role.Modality}.",
            "Choose its array with --key, or split the file with modgap convert.");
    }
}
