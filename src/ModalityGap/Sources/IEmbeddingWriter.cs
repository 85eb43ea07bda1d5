using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>A file format that can also be written.</summary>
public interface IEmbeddingWriter : IEmbeddingFormat
{
    /// <summary>Whether a file keeps the rows' ids.</summary>
    bool HoldsIds { get; }

    /// <summary>Whether a file keeps the rows' labels and captions.</summary>
    bool HoldsLabels { get; }

    /// <summary>Why one file cannot hold these sets together, as a sentence about the file; <c>null</c> when it can.</summary>
    string? Obstacle(IReadOnlyList<EmbeddingSet> sets);

    /// <summary>Writes the rows as they are, with the ids, labels and captions that the format holds.</summary>
    /// <param name="target">Where to; left open.</param>
    /// <param name="sets">The modalities, at least one, that <see cref="Obstacle"/> has nothing against.</param>
    /// <param name="options">The element type and who is told of the progress.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="EmbeddingDataException">A value does not fit the element type.</exception>
    void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation);
}
