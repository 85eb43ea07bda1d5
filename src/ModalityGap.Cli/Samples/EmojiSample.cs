using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Samples;

/// <summary>
/// Embeddings of emoji pictures and of two texts for each, made by a small model that was trained for this project: <c>samples/emoji</c> in the
/// repository says how. The tool carries the files as resources.
/// </summary>
internal static class EmojiSample
{
    private const string Folder = "samples/emoji/";

    /// <summary>The pictures and the texts, with ids, captions and groups.</summary>
    public static IReadOnlyList<EmbeddingSet> Create()
    {
        using Stream images = Resource("images.npy"), imageRows = Resource("images.jsonl"), texts = Resource("texts.npy"), textRows = Resource("texts.jsonl");
        return Read(images, imageRows, texts, textRows);
    }

    /// <summary>Reads the sample from its four files.</summary>
    /// <param name="images">Pictures, n x d.</param>
    /// <param name="imageRows">What each is: one JSON object per line.</param>
    /// <param name="texts">Texts, m x d.</param>
    /// <param name="textRows">What each is; pictures and texts with the same id belong together.</param>
    /// <exception cref="EmbeddingDataException">A file is damaged, or two do not fit together.</exception>
    public static IReadOnlyList<EmbeddingSet> Read(Stream images, Stream imageRows, Stream texts, Stream textRows) =>
    [
        Read(images, imageRows, Modality.Image, Folder + "images"),
        Read(texts, textRows, Modality.Text, Folder + "texts"),
    ];

    /// <summary>What it is, in a sentence.</summary>
    public static string InWords(IReadOnlyList<EmbeddingSet> sample) =>
        $"A built-in sample: {sample[0].Rows} emoji, each as a picture and {sample[1].Rows / sample[0].Rows} texts, embedded by a small CLIP that this project trained on emoji of two other styles.";

    private static EmbeddingSet Read(Stream vectors, Stream rows, Modality modality, string name)
    {
        IReadOnlyList<EmbeddingSet> read = EmbeddingFile.Read(vectors, name + ".npy");
        if (read.Count != 1)
            throw new EmbeddingDataException(name + ".npy", $"it holds {read.Count} modalities instead of one.", EmojiRows.Remedy);
        RowNames names = EmojiRows.Read(rows, name + ".jsonl");
        return names.Ids!.Count == read[0].Rows
            ? read[0].As(modality).WithNames(names)
            : throw new EmbeddingDataException(name + ".jsonl", $"it names {names.Ids.Count} rows, {name}.npy has {read[0].Rows}.", EmojiRows.Remedy);
    }

    private static Stream Resource(string name) => typeof(EmojiSample).Assembly.GetManifestResourceStream("emoji/" + name)
        ?? throw new InvalidOperationException($"The assembly lacks its resource emoji/{name}.");
}
