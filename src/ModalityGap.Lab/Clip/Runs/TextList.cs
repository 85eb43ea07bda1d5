using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>The texts of a run: a line each, an empty line being an empty text; or objects of jsonl with <c>caption</c> or <c>text</c>.</summary>
internal static class TextList
{
    private static readonly string[] Keys = ["caption", "text"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="EmbeddingDataException">It cannot be read, or holds no texts.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        string[] lines = Lines(path);
        if (lines.Length == 0)
            throw new EmbeddingDataException(path, "it holds no texts.", "Write a text a line.");
        return Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson"
            ? [.. lines.Select((line, i) => (line, i)).Where(entry => entry.line.Length > 0).Select(entry => Caption(path, entry.line, entry.i))]
            : lines;
    }

    /// <summary>The lines of a text file, without an empty one at its end.</summary>
    public static string[] Lines(string path)
    {
        if (Directory.Exists(path))
            throw new EmbeddingDataException(path, "it is a folder, where a text file is expected.", "Name a file with a line each.");
        try
        {
            return File.ReadAllLines(path, Strict);
        }
        catch (FileNotFoundException fault)
        {
            throw new EmbeddingDataException(path, "there is no such file.", "Check the path; it is looked up from where you run.", fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw new EmbeddingDataException(path, "it is not text in UTF-8.", "Name a text file with a line each.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it cannot be read.", "Check its permissions.", fault);
        }
    }

    private static string Caption(string path, string line, int index)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                foreach (string key in Keys)
                    if (json.RootElement.TryGetProperty(key, out JsonElement caption) && caption.ValueKind == JsonValueKind.String)
                        return caption.GetString()!;
        }
        catch (JsonException)
        {
            // Told below.
        }
        throw new EmbeddingDataException(path, $"line {Shown.Count(index + 1)} is no object with {string.Join(" or ", Keys)}.", "Write one a line, such as {\"caption\": \"a cat\"}.");
    }
}
