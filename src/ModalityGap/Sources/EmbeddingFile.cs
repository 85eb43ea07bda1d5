using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Reads embeddings from a file: npy, npz, safetensors or jsonl, told apart by their first bytes.</summary>
public static class EmbeddingFile
{
    /// <summary>Reads every modality of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to take from it; default all that is clear.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One set per modality, in the file's order.</returns>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static IReadOnlyList<EmbeddingSet> Read(
        string path, ReadOptions? options = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Says what a file holds without reading more of it than that needs.</summary>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static FileDescription Describe(string path) => throw new NotImplementedException();
}
