using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Pictures;

/// <summary>Captions of rows: the lines of a text file, or the objects of a jsonl file, which may name an id and a picture too.</summary>
internal sealed class CaptionFile
{
    private const long MostBytes = 1L << 30;

    private static readonly string[] CaptionKeys = ["caption", "text", "title", "description", "sentence", "name", "alt"];
    private static readonly string[] ImageKeys = ["image", "file_name", "filename", "file", "image_path", "path", "img"];
    private static readonly string[] IdKeys = ["id", "_id", "key", "image_id"];

    private CaptionFile(string path, string[] captions, string?[]? images, string[]? ids) =>
        (Path, Captions, Images, Ids) = (path, captions, images, ids);

    public string Path { get; }

    /// <summary>One per line; empty where a line is.</summary>
    public IReadOnlyList<string> Captions { get; }

    /// <summary>The name of each line's picture, or its id, which may be one; <c>null</c> where a line has neither, and where none has.</summary>
    public IReadOnlyList<string?>? Images { get; }

    /// <summary>The id of each line, or <c>null</c> where not every line has one.</summary>
    public IReadOnlyList<string>? Ids { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="EmbeddingDataException">It cannot be read, or an object has no caption.</exception>
    public static CaptionFile Read(string path)
    {
        string[] lines = Lines(path);
        if (System.IO.Path.GetExtension(path).ToUpperInvariant() is not (".JSONL" or ".NDJSON"))
            return new CaptionFile(path, Array.ConvertAll(lines, line => line.Trim()), null, null);
        var captions = new string[lines.Length];
        var images = new string?[lines.Length];
        var ids = new string?[lines.Length];
        string? key = null;
        for (int i = 0; i < lines.Length; i++)
            (captions[i], images[i], ids[i]) = Parse(path, lines[i], i + 1, ref key);
        return new CaptionFile(
            path,
            captions,
            Array.Exists(images, image => image is not null) ? images : null,
            Array.TrueForAll(ids, id => id is not null) ? [.. ids.OfType<string>()] : null);
    }

    private static string[] Lines(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        if (file.Length > MostBytes)
            throw file.Fault("it is larger than any list of captions.", "Give a text file with one caption per row, or a .jsonl file.");
        var bytes = new byte[file.Length];
        file.ReadAt(0, bytes);
        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        if (text.Contains('\0', StringComparison.Ordinal))
            throw file.Fault("it is no text.", "Give a text file with one caption per row, or a .jsonl file.");
        // An empty line is a row without a caption; the last line end is none.
        string[] lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        return lines.All(string.IsNullOrWhiteSpace) ? throw file.Fault("it is empty.", "Give one caption per row, in the order of the rows.") : lines;
    }

    private static (string Caption, string? Image, string? Id) Parse(string path, string line, int number, ref string? key)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
                throw new JsonException("no object");
            key ??= Array.Find(CaptionKeys, candidate => Text(row, candidate) is not null);
            if (key is null)
                throw new EmbeddingDataException(
                    path,
                    $"its first object has none of {string.Join(", ", CaptionKeys)}; its keys are {Shown.Some([.. row.EnumerateObject().Select(property => Shown.Name(property.Name))])}.",
                    "Give each row a \"caption\".");
            string caption = Text(row, key) ?? throw new EmbeddingDataException(path, $"line {number} has no text \"{key}\".", "Each row needs one; it may be empty.");
            string? id = First(row, IdKeys);
            return (caption.Trim(), First(row, ImageKeys) ?? id, id);
        }
        catch (JsonException fault)
        {
            throw new EmbeddingDataException(path, $"line {number} is not one whole JSON object.", "A .jsonl file holds one object per line; give any other list as .txt.", fault);
        }
    }

    private static string? First(JsonElement row, string[] keys) => keys.Select(key => Text(row, key)).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    private static string? Text(JsonElement row, string key) =>
        row.TryGetProperty(key, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
