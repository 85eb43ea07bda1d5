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

    /// <summary>
    /// Those that need nothing but this library: npy, npz, PyTorch checkpoints, pickles, safetensors, jsonl, and the vector files of
    /// nearest-neighbour benchmarks.
    /// </summary>
    public static EmbeddingFormats Core { get; } = new(
        new VectorFormat(VectorMatch.NameAndLength),
        new NpyFormat(),
        new TorchFormat(),
        new NpzFormat(),
        new PickleFormat(),
        new SafetensorsFormat(),
        new JsonLinesFormat(),
        new VectorFormat(VectorMatch.Name));

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
        return All.FirstOrDefault(format => format.Recognises(file, start, extension))
            ?? throw file.Fault(ForeignFormat.Of(start, extension, Names()));
    }

    /// <summary>The usual endings in a sentence: npy, npz or jsonl; what is asked twice counts by its later place.</summary>
    internal string Names() => InSentence([.. All.Where(format => format.Extensions.Count > 0).Select(format => format.Extensions[0][1..]).Reverse().Distinct().Reverse()]);

    private static string InSentence(string[] names) => names.Length switch
    {
        0 => "nothing",
        1 => names[0],
        _ => $"{string.Join(", ", names[..^1])} or {names[^1]}",
    };

    private static string ExtensionOf(string path) => Path.GetExtension(path).ToLowerInvariant();
}
