using System.Globalization;
using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Evaluating;

/// <summary>One word per row: the lines of a text file, or one key of the objects of a jsonl file.</summary>
internal static class WordFile
{
    private const long MostBytes = 1L << 30;

    /// <summary>Reads the words.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key of a jsonl file, or <c>null</c> for the first of the usual ones that its first object has.</param>
    /// <param name="usualKeys">Keys to look for.</param>
    /// <exception cref="EmbeddingDataException">The file cannot be read, a line is empty, or an object lacks the key.</exception>
    public static RowWords Read(string path, string? key, params string[] usualKeys)
    {
        string[] lines = Lines(path);
        bool isJson = Path.GetExtension(path).ToUpperInvariant() is ".JSONL" or ".NDJSON";
        if (key is not null && !isJson)
            throw new EmbeddingDataException(path, $"a key, \"{key}\", was named, and it is no .jsonl file.", "Leave out the key: each line is a word.");
        var words = new string[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            if (isJson)
                words[i] = Word(path, lines[i], i, ref key, usualKeys);
            else
                words[i] = lines[i].Trim() is { Length: > 0 } word ? word : throw new EmbeddingDataException(path, $"line {Number(i)} is empty.", "Give one word per row, in the order of the rows.");
        }
        return new RowWords(path, words);
    }

    private static string[] Lines(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        if (file.Length > MostBytes)
            throw file.Fault("it is larger than any list of words.", "Give a text file with one word per row.");
        var bytes = new byte[file.Length];
        file.ReadAt(0, bytes);
        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        if (text.Contains('\0', StringComparison.Ordinal))
            throw file.Fault("it is no text.", "Give a text file with one word per row, or a .jsonl file.");
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return lines is [""] ? throw file.Fault("it is empty.", "Give one word per row, in the order of the rows.") : lines;
    }

    private static string Word(string path, string line, int index, ref string? key, string[] usualKeys)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
                throw new JsonException("no object");
            key ??= Array.Find(usualKeys, candidate => row.TryGetProperty(candidate, out _));
            if (key is null)
                throw new EmbeddingDataException(
                    path, $"its first object has none of {string.Join(", ", usualKeys)}; its keys are {string.Join(", ", row.EnumerateObject().Select(property => property.Name).Take(12))}.", "Name the key with --label-key or --group-key.");
            if (!row.TryGetProperty(key, out JsonElement value) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
                throw new EmbeddingDataException(path, $"line {Number(index)} has no text or number \"{key}\".", "Each row needs one.");
            return value.ToString();
        }
        catch (JsonException fault)
        {
            throw new EmbeddingDataException(path, $"line {Number(index)} is not one whole JSON object.", "A .jsonl file holds one object per line; give any other list as .txt.", fault);
        }
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
