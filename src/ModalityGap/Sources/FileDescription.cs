namespace ModalityGap.Sources;

/// <summary>What a file of embeddings holds, found without reading the rows where the format allows that.</summary>
/// <param name="Path">The file as the caller named it.</param>
/// <param name="Format">The format's name, such as <c>npy</c>.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Arrays">Every array in the file, usable or not, in the file's order.</param>
public sealed record FileDescription(string Path, string Format, long Bytes, IReadOnlyList<ArrayDescription> Arrays);

/// <summary>One array of a file.</summary>
/// <param name="Name">Its key; the file's name where the format has no keys.</param>
/// <param name="ElementType">The element type as stored, such as <c>float16</c>.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Note">How it would be read, or why it cannot be; <c>null</c> when there is nothing to say.</param>
public sealed record ArrayDescription(string Name, string ElementType, IReadOnlyList<long> Shape, string? Note);
