using ModalityGap.Embeddings;
using ModalityGap.Lab.Data.Captions;
using ModalityGap.Lab.Data.Emoji;
using ModalityGap.Lab.Data.Shapes;

namespace ModalityGap.Lab.Data;

/// <summary>Opens a set by what a user calls it: the name of a set that the laboratory knows, or a path.</summary>
public static class DataSource
{
    /// <summary>Emoji in three styles, fetched once.</summary>
    public const string EmojiName = "emoji";

    /// <summary>Emoji whose items differ in the tone of the skin, fetched once.</summary>
    public const string EmojiTonesName = "emoji-tones";

    /// <summary>Drawn shapes, which need no download.</summary>
    public const string ShapesName = "shapes";

    /// <summary>The sets that are known by name.</summary>
    public static IReadOnlyList<string> Names { get; } = [EmojiName, EmojiTonesName, ShapesName];

    /// <summary>
    /// Opens <c>emoji</c>, <c>emoji-tones</c>, <c>shapes</c>, a folder with captions, a COCO file, a tar of WebDataset or a folder of these.
    /// </summary>
    /// <param name="source">The name or the path. A path that looks like a name is written <c>./emoji</c>.</param>
    /// <param name="options">How; <c>null</c> for the defaults.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it; nothing half written stays behind.</param>
    /// <exception cref="EmbeddingDataException">The set cannot be had; the message says why and what to do.</exception>
    public static OpenedData Open(
        string source, DataOptions? options = null, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        options ??= new DataOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Side, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Side, DataOptions.LargestSide, nameof(options));
        return source switch
        {
            EmojiName => EmojiData.Open(withTones: false, options, progress, cancellation),
            EmojiTonesName => EmojiData.Open(withTones: true, options, progress, cancellation),
            ShapesName => ShapesData.Open(options, cancellation),
            _ when Directory.Exists(source) => WebDataset.IsFolderOfShards(source)
                ? WebDataset.Open([source], options, progress, cancellation)
                : CaptionedFolder.Open(source, options, progress, cancellation),
            _ when File.Exists(source) => OpenFile(source, options, progress, cancellation),
            _ => throw new EmbeddingDataException(
                source, "there is no such file or folder.", $"Give a path that exists, or one of {string.Join(", ", Names)}."),
        };
    }

    private static OpenedData OpenFile(
        string path, DataOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        if (WebDataset.IsShard(path))
            return WebDataset.Open([path], options, progress, cancellation);
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            return CocoCaptions.Open(path, options, progress, cancellation);
        if (CaptionTable.IsTable(path))
            return CaptionedFolder.Open(path, options, progress, cancellation);
        throw new EmbeddingDataException(
            path,
            "it is no set of pictures with texts.",
            "Give a folder of pictures with captions, a table of captions (txt, tsv, csv, jsonl) beside its pictures, a COCO json, "
                + "or a tar of WebDataset.");
    }
}
