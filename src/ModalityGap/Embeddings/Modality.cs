namespace ModalityGap.Embeddings;

/// <summary>A kind of input, such as <c>image</c> or <c>text</c>, by the name that people read in results.</summary>
/// <param name="Name">The name, as shown. Two modalities are the same when their names are.</param>
public readonly record struct Modality(string Name)
{
    /// <summary>The modality <c>image</c>.</summary>
    public static Modality Image { get; } = new("image");

    /// <summary>The modality <c>text</c>.</summary>
    public static Modality Text { get; } = new("text");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
