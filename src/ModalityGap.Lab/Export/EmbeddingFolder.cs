using System.Text.Encodings.Web;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Export;

/// <summary>
/// A folder of embeddings that <c>modgap</c> reads: <c>images.npy</c> and <c>texts.npy</c>, and row by row in <c>images.jsonl</c> and
/// <c>texts.jsonl</c> the id, the caption and the group.
/// </summary>
public static class EmbeddingFolder
{
    // Letters of all scripts and & as they are: the files are read as JSON, never put into a page.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes both modalities. Each file is written whole or not at all.</summary>
    /// <param name="path">The folder; created where it is missing.</param>
    /// <param name="images">The pictures' embeddings and names.</param>
    /// <param name="texts">The texts' embeddings and names.</param>
    /// <param name="type">The element type; values are rounded to it.</param>
    /// <exception cref="OutputException">Something cannot be written.</exception>
    public static void Write(string path, EmbeddingSet images, EmbeddingSet texts, WrittenType type)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(texts);
        OutputFile.CreateFolder(path);
        Write(Path.Combine(path, "images"), images, type);
        Write(Path.Combine(path, "texts"), texts, type);
    }

    /// <summary>Writes texts alone.</summary>
    /// <exception cref="OutputException">Something cannot be written.</exception>
    internal static void WriteTexts(string path, EmbeddingSet texts, WrittenType type) => Write(Path.Combine(path, "texts"), texts, type);

    private static void Write(string name, EmbeddingSet set, WrittenType type)
    {
        using OutputFile values = OutputFile.Open($"{name}.npy"), names = OutputFile.Open($"{name}.jsonl");
        values.Write(stream => new NpyFormat().Write(stream, [set], new WriteOptions { Type = type }, default));
        names.Write(stream =>
        {
            for (int row = 0; row < set.Rows; row++)
                WriteLine(stream, set, row);
        });
    }

    private static void WriteLine(Stream stream, EmbeddingSet set, int row)
    {
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            Text(json, "id", set.Ids?[row]);
            Text(json, "caption", set.Captions?[row]);
            Text(json, "group", set.Labels?[row]);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
