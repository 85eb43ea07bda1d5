namespace ModalityGap.Embeddings;

/// <summary>Where a set of embeddings came from, precisely enough to find it again.</summary>
/// <param name="Source">The file as the user named it, or a sentence such as "built-in sample".</param>
/// <param name="Format">The format's name: <c>npy</c>, <c>npz</c>, <c>safetensors</c>, <c>torch</c>, <c>pickle</c>, <c>vectors</c>, <c>jsonl</c>, <c>generated</c>.</param>
/// <param name="ElementType">The element type as stored, such as <c>float16</c>.</param>
/// <param name="Part">What was taken from the file: a key, a column, or the index in a stack; <c>null</c> for all of it.</param>
/// <param name="Fingerprint">A digest of the file's bytes.</param>
public sealed record Provenance(string Source, string Format, string ElementType, string? Part, Fingerprint Fingerprint)
{
    /// <summary>Provenance of rows that a program made or passed in, without a file.</summary>
    public static Provenance InMemory { get; } = new("memory", "memory", "float32", null, Fingerprint.None);
}

/// <summary>A digest that tells whether an input is the same one.</summary>
/// <param name="Algorithm">
/// <c>sha256</c> over the whole file, or <c>sha256-of-16MiB-blocks</c>: SHA-256 over the concatenated SHA-256 of each block.
/// </param>
/// <param name="Value">Lower-case hexadecimal digits; empty where there is no file.</param>
public readonly record struct Fingerprint(string Algorithm, string Value)
{
    /// <summary>No file, no digest.</summary>
    public static Fingerprint None { get; } = new("none", "");
}
