namespace ModalityGap.Sources;

/// <summary>What to take from a file of embeddings.</summary>
public sealed record ReadOptions
{
    /// <summary>
    /// The array, column or data set to take from a file that holds several: one key, or several with commas between them. Default:
    /// all that are embeddings, where that is clear. A file without keys (npy) has nothing to choose from and ignores it.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// The column or key that holds each row's id, in formats that have one beside the rows. Default: the first of id, _id, key and
    /// name that is there, else none.
    /// </summary>
    public string? IdColumn { get; init; }

    /// <summary>
    /// Names of the modalities, in the order of the file's. Default: by the keys and the file's name, else first, second, ...
    /// </summary>
    public IReadOnlyList<string>? Modalities { get; init; }

    /// <summary>Whether a digest of the file's bytes is computed; default <c>true</c>.</summary>
    public bool Fingerprint { get; init; } = true;

    /// <summary>The formats that are known; default <see cref="EmbeddingFormats.Core"/>.</summary>
    public EmbeddingFormats Formats { get; init; } = EmbeddingFormats.Core;
}
