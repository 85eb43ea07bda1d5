using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Export;

/// <summary>
/// A folder of embeddings that <c>modgap</c> reads: <c>images.npy</c> and <c>texts.npy</c>, row by row what <c>images.jsonl</c> and
/// <c>texts.jsonl</c> name: id, caption, group and subgroup.
/// </summary>
public static class EmbeddingFolder
{
    // Letters of all scripts as they are; the files are read as JSON, never put into a page.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Writes both modalities. Each file is written whole or not at all.</summary>
    /// <param name="path">The folder; created where it is missing.</param>
    /// <param name="images">The pictures' embeddings.</param>
    /// <param name="imageRows">Which item each shows, and its caption.</param>
    /// <param name="texts">The texts' embeddings.</param>
    /// <param name="textRows">Which item each names, and the text.</param>
    /// <param name="type">The element type; values are rounded to it.</param>
    /// <exception cref="OutputException">Something cannot be written.</exception>
    public static void Write(
        string path,
        EmbeddingSet images,
        IReadOnlyList<CaptionedRow> imageRows,
        EmbeddingSet texts,
        IReadOnlyList<CaptionedRow> textRows,
        WrittenType type)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(texts);
        OutputFile.CreateFolder(path);
        WriteRows(Path.Combine(path, "images"), images, imageRows, type);
        WriteRows(Path.Combine(path, "texts"), texts, textRows, type);
    }

    private static void WriteRows(string name, EmbeddingSet set, IReadOnlyList<CaptionedRow> rows, WrittenType type)
    {
        if (set.Rows != rows.Count)
            throw new ArgumentException($"{rows.Count} names for {set.Rows} rows.", nameof(rows));
        using OutputFile values = OutputFile.Open($"{name}.npy"), names = OutputFile.Open($"{name}.jsonl");
        values.Write(stream => new NpyFormat().Write(stream, [set], new WriteOptions { Type = type }, default));
        names.Write(stream =>
        {
            foreach (CaptionedRow row in rows)
                WriteLine(stream, row);
        });
    }

    private static void WriteLine(Stream stream, CaptionedRow row)
    {
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            json.WriteString("id", row.Item.Id);
            json.WriteString("caption", row.Caption);
            if (row.Item.Group is { } group)
                json.WriteString("group", group);
            if (row.Item.Subgroup is { } subgroup)
                json.WriteString("subgroup", subgroup);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }
}

/// <summary>Whom a row is about.</summary>
/// <param name="Item">The item.</param>
/// <param name="Caption">The text, or what a picture shows.</param>
public readonly record struct CaptionedRow(ImageTextItem Item, string Caption);
