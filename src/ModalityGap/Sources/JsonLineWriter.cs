using System.Text.Encodings.Web;
using System.Text.Json;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Writes JSON Lines: an object per row with its id, its label, its caption and one array per modality.</summary>
internal static class JsonLineWriter
{
    /// <summary>Text stays readable; what a web page would run is of no concern in a data file.</summary>
    private static readonly JsonWriterOptions AsText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(
        Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        var progress = new WriteProgress(options, sets);
        IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> columns = SharedRows.TextColumns(sets);
        var buffered = new BufferedStream(target, 1 << 16);
        using var json = new Utf8JsonWriter(buffered, AsText);
        for (int row = 0; row < sets[0].Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            json.WriteStartObject();
            foreach ((string name, IReadOnlyList<string> texts) in columns)
                json.WriteString(name, texts[row]);
            foreach (EmbeddingSet set in sets)
                WriteVector(json, set, row, sets.Count, options.Type);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            buffered.WriteByte((byte)'\n');
            progress.Add(sets.Sum(set => set.Dimensions));
        }
        buffered.Flush();
    }

    private static void WriteVector(Utf8JsonWriter json, EmbeddingSet set, int row, int modalities, WrittenType type)
    {
        json.WriteStartArray(SharedRows.ColumnOf(set, modalities));
        for (int d = 0; d < set.Dimensions; d++)
            json.WriteRawValue(RowWriting.ToText(set, checked((row * set.Dimensions) + d), type), skipInputValidation: true);
        json.WriteEndArray();
    }
}
