using ModalityGap.Embeddings;

namespace ModalityGap.Corrections;

/// <summary>
/// What rows do in a search: they are the documents that are found, or the queries that ask. Queries of a modality are often written
/// otherwise than its documents and have a mean of their own (GR-CLIP, arXiv 2507.19054).
/// </summary>
/// <param name="Modality">Of which modality they are.</param>
/// <param name="AreQueries">Whether they ask.</param>
public readonly record struct RowRole(Modality Modality, bool AreQueries)
{
    /// <summary>Documents of a modality.</summary>
    public static RowRole Documents(Modality modality) => new(modality, false);

    /// <summary>Queries of a modality.</summary>
    public static RowRole Queries(Modality modality) => new(modality, true);

    /// <inheritdoc/>
    public override string ToString() => $"{Modality} {(AreQueries ? "queries" : "documents")}";
}
