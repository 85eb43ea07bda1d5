namespace ModalityGap.Sources;

/// <summary>A file format that holds embeddings. One that can also be written is an <see cref="IEmbeddingWriter"/> too.</summary>
public interface IEmbeddingFormat
{
    /// <summary>The name that provenance and messages use, such as <c>npy</c>.</summary>
    string Name { get; }

    /// <summary>The endings of its files' names, each with its dot and in lower case; the first is the usual one.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a file is of this format.</summary>
    /// <param name="file">The file, for what its first bytes leave open: its length, the directory of an archive.</param>
    /// <param name="start">The file's first bytes: 512, or all where it is shorter.</param>
    /// <param name="extension">The ending of its name with the dot, in lower case; it decides only what the bytes leave open.</param>
    bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension);

    /// <summary>Every array or column that could be meant, usable or not, without reading more of the file than that needs.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">The file is damaged.</exception>
    IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options);

    /// <summary>The rows of every modality that the options ask for, exactly as they are stored.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">The file cannot be used.</exception>
    IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation);
}
