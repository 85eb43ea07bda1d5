namespace ModalityGap.Extensions.AI;

/// <summary>How embeddings are corrected on their way out of a generator.</summary>
public sealed record GapCorrectionOptions
{
    /// <summary>Whether the embeddings ask, instead of being documents that are found. Default no.</summary>
    public bool AreQueries { get; init; }

    /// <summary>
    /// Whether what is done to scores is written into the vectors, one value more each: documents [a·d, b], queries [q, 1], to be searched by
    /// inner product. Default no; changes nothing where the correction leaves scores alone.
    /// </summary>
    public bool Baked { get; init; }
}
