using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Reads embeddings from a file, whose format its first bytes tell.</summary>
public static class EmbeddingFile
{
    /// <summary>Reads every modality of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to take from it; default all that is clear.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One set per modality, in the file's order.</returns>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static IReadOnlyList<EmbeddingSet> Read(
        string path, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ReadOptions();
        using SourceFile file = SourceFile.Open(path, options.Formats);
        return Read(file, options, cancellation);
    }

    /// <summary>Reads every modality of a file that lies in a stream: a resource of an assembly, a download.</summary>
    /// <param name="content">The whole file from where the stream stands; it is held in memory while it is read.</param>
    /// <param name="name">What to call it; its ending counts as a file's does.</param>
    /// <param name="options">What to take from it; default all that is clear.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One set per modality, in the file's order.</returns>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static IReadOnlyList<EmbeddingSet> Read(
        Stream content, string name, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var held = new MemoryStream();
        content.CopyTo(held);
        using SourceFile file = SourceFile.Of(name, held.GetBuffer().AsMemory(0, checked((int)held.Length)));
        return Read(file, options ?? new ReadOptions(), cancellation);
    }

    private static IReadOnlyList<EmbeddingSet> Read(SourceFile file, ReadOptions options, CancellationToken cancellation)
    {
        IEmbeddingFormat format = options.Formats.Of(file);
        Fingerprint fingerprint = options.Fingerprint ? FileFingerprint.Of(file, cancellation) : Fingerprint.None;
        IReadOnlyList<ModalityRows> read = format.Read(file, options, cancellation);
        IReadOnlyList<Modality> modalities = ModalityNaming.Name(file, [.. read.Select(rows => rows.Key)], options.Modalities);
        return
        [
            .. read.Select((rows, i) => new EmbeddingSet(
                modalities[i],
                rows.Values,
                rows.Dimensions,
                new Provenance(file.Path, format.Name, rows.ElementType, rows.Part, fingerprint),
                rows.Names)),
        ];
    }

    /// <summary>Says what a file holds without reading more of it than that needs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it would be read; default as <see cref="Read(string, ReadOptions, CancellationToken)"/> does.</param>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static FileDescription Describe(string path, ReadOptions? options = null)
    {
        options ??= new ReadOptions();
        using SourceFile file = SourceFile.Open(path, options.Formats);
        IEmbeddingFormat format = options.Formats.Of(file);
        return new FileDescription(path, format.Name, file.Length, format.Describe(file, options));
    }
}
