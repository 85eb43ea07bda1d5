using System.Text.Json;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>JSON Lines: one object per line, which holds one embedding or one of each of several modalities.</summary>
internal sealed class JsonLinesFormat : IEmbeddingWriter
{
    private const string ElementType = "json number";

    public string Name => "jsonl";

    public IReadOnlyList<string> Extensions { get; } = [".jsonl", ".ndjson"];

    public bool HoldsIds => true;

    public bool HoldsLabels => true;

    public bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => JsonLineReader.Begins(start);

    public IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation)
    {
        (JsonLineKeys keys, JsonLineRows rows) = ReadRows(file, new JsonLineReader(file), options, long.MaxValue, cancellation);
        return
        [
            .. keys.Vectors.Select((key, i) => new ModalityRows(
                rows.Values(i), rows.Dimensions[i], ElementType, JsonLineKeys.Telling(key), key, rows.Names)),
        ];
    }

    /// <summary>Describes the arrays by the first line, and counts the lines.</summary>
    public IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options)
    {
        var lines = new JsonLineReader(file);
        (JsonLineKeys keys, JsonLineRows first) = ReadRows(file, lines, options, most: 1, CancellationToken.None);
        long count = first.Rows;
        while (lines.TryNext(out _))
            count++;
        string beside = keys.Id is null ? "" : $", ids in {Shown.Name(keys.Id)}";
        return [.. keys.Vectors.Select((key, i) => new ArrayDescription(
            key, ElementType, [count, first.Dimensions[i]], new ArrayForm(1, count, first.Dimensions[i]) + beside))];
    }

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => SharedRows.Obstacle(sets);

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation) =>
        JsonLineWriter.Write(target, sets, options, cancellation);

    private static (JsonLineKeys Keys, JsonLineRows Rows) ReadRows(
        SourceFile file, JsonLineReader lines, ReadOptions options, long most, CancellationToken cancellation)
    {
        JsonLineKeys? keys = null;
        JsonLineRows? rows = null;
        try
        {
            while ((rows?.Rows ?? 0) < most && lines.TryNext(out Span<byte> line))
            {
                cancellation.ThrowIfCancellationRequested();
                NonFiniteTokens.Quote(line);
                keys ??= JsonLineKeys.Choose(file, line, options.Key, options.IdColumn);
                rows ??= new JsonLineRows(file, keys);
                rows.Add(line, lines.Number);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw NotAnObject(file, lines.Number, fault);
        }
        return keys is null || rows is null ? throw Blank(file) : (keys, rows);
    }

    private static EmbeddingDataException NotAnObject(SourceFile file, long number, Exception fault)
    {
        string where = fault is JsonException { BytePositionInLine: long at } ? $" (at byte {at + 1})" : "";
        return file.Fault(
            $"line {number} is not one whole JSON object{where}.",
            number == 1
                ? "Write one JSON object per line (JSON Lines): jq -c . old.json > new.jsonl."
                : "If it is the last line, the file is truncated: copy it again. Else repair that line.",
            fault);
    }

    private static EmbeddingDataException Blank(SourceFile file) =>
        file.Fault("it is empty: it holds no lines.", "Check that the export finished.");
}
