namespace ModalityGap.Sources;

/// <summary>The formats that a program knows, in the order in which they are asked whether a file is theirs.</summary>
public sealed class EmbeddingFormats
{
    private const int StartBytes = 512;

    /// <summary>Takes the formats; what recognises most certainly comes first.</summary>
    public EmbeddingFormats(params IReadOnlyList<IEmbeddingFormat> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        All = [.. all];
    }

    /// <summary>Those that need nothing but this library: npy, npz, safetensors and jsonl.</summary>
    public static EmbeddingFormats Core { get; } =
        new(new NpyFormat(), new NpzFormat(), new SafetensorsFormat(), new JsonLinesFormat());

    /// <summary>The formats in their order.</summary>
    public IReadOnlyList<IEmbeddingFormat> All { get; }

    /// <summary>These and more, which are asked after these.</summary>
    public EmbeddingFormats With(params IReadOnlyList<IEmbeddingFormat> more) => new([.. All, .. more]);

    /// <summary>The format whose files are named so, or <c>null</c>.</summary>
    /// <param name="path">A file's name or path; it need not exist.</param>
    public IEmbeddingFormat? ByExtension(string path)
    {
        string extension = ExtensionOf(path);
        return All.FirstOrDefault(format => format.Extensions.Contains(extension));
    }

    /// <summary>The format that recognises a file.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">None does: the message says what the file looks like.</exception>
    internal IEmbeddingFormat Of(SourceFile file)
    {
        byte[] start = new byte[(int)Math.Min(StartBytes, file.Length)];
        file.ReadAt(0, start);
        string extension = ExtensionOf(file.Path);
        return All.FirstOrDefault(format => format.Recognises(start, extension))
            ?? throw file.Fault(ForeignFormat.Of(start, extension, Names()));
    }

    /// <summary>The names in a sentence: npy, npz or jsonl.</summary>
    internal string Names() => All.Count switch
    {
        0 => "nothing",
        1 => All[0].Name,
        _ => $"{string.Join(", ", All.Take(All.Count - 1).Select(format => format.Name))} or {All[^1].Name}",
    };

    private static string ExtensionOf(string path) => Path.GetExtension(path).ToLowerInvariant();
}
