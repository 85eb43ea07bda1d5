using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using Sylvan.Data.Csv;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>Reads a table of captions: tab-separated text, csv (also with <c>;</c> or <c>|</c>), or a JSON object a line.</summary>
internal static class CaptionTable
{
    private const int LongestRecord = 1 << 24;

    private static readonly string[] Names = ["captions", "metadata", "results"];

    private static readonly string[] Endings = [".jsonl", ".tsv", ".csv", ".txt"];

    /// <summary>Whether this can be such a table, by its ending.</summary>
    public static bool IsTable(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The table in a folder: captions, metadata or results with one of the endings; <c>null</c> where there is none.</summary>
    public static string? In(string folder) => Names
        .SelectMany(name => Endings.Select(ending => Path.Combine(folder, name + ending)))
        .FirstOrDefault(File.Exists);

    /// <exception cref="EmbeddingDataException">It is no such table.</exception>
    public static List<CaptionRecord> Read(string path, CancellationToken cancellation)
    {
        try
        {
            List<CaptionRecord> records = Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase)
                ? ReadJson(path, cancellation)
                : SeparatorOf(path) is '\t' ? ReadTabs(path, cancellation) : ReadDelimited(path, cancellation);
            return records.Count > 0
                ? records
                : throw new EmbeddingDataException(path, "it holds no captions.", "Each line needs a file name and a caption.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it cannot be read.", "Check the file and its permissions.", fault);
        }
        catch (Exception fault) when (fault is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new EmbeddingDataException(
                path, $"it is no table ({fault.Message.TrimEnd('.')}).", "Check the quotes: one inside a quoted text is written twice.", fault);
        }
    }

    // Tabs need no quotes, so a quote in a caption is only a quote.
    private static List<CaptionRecord> ReadTabs(string path, CancellationToken cancellation)
    {
        List<CaptionRecord> records = [];
        CaptionColumns? columns = null;
        foreach (string line in File.ReadLines(path))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!string.IsNullOrWhiteSpace(line))
                Take(path, line.Split('\t'), '\t', ref columns, records);
        }
        return records;
    }

    private static List<CaptionRecord> ReadDelimited(string path, CancellationToken cancellation)
    {
        char separator = SeparatorOf(path);
        using var reader = CsvDataReader.Create(
            path, new CsvDataReaderOptions { HasHeaders = false, Delimiter = separator, MaxBufferSize = LongestRecord });
        List<CaptionRecord> records = [];
        CaptionColumns? columns = null;
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            string[] fields = [.. Enumerable.Range(0, reader.RowFieldCount).Select(i => reader.GetFieldSpan(i).ToString())];
            if (fields.Length > 1 || !string.IsNullOrWhiteSpace(fields[0]))
                Take(path, fields, separator, ref columns, records);
        }
        return records;
    }

    private static void Take(string path, string[] fields, char separator, ref CaptionColumns? columns, List<CaptionRecord> records)
    {
        if (columns is null)
        {
            columns = CaptionColumns.Of(fields, out bool isHead);
            if (isHead)
                return;
        }
        if (fields.Length <= Math.Max(columns.File, columns.Caption))
            throw new EmbeddingDataException(
                path,
                $"the line after caption {Shown.Count(records.Count)} has {fields.Length} fields: {Shown.Name(string.Join(separator, fields))}",
                "Each line needs a file name and a caption.");
        records.Add(columns.Take(fields, separator));
    }

    // The first of these in the first line that is not blank.
    private static char SeparatorOf(string path)
    {
        string first = File.ReadLines(path).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "";
        return first.FirstOrDefault(letter => letter is '\t' or '|' or ',' or ';', ',');
    }

    private static List<CaptionRecord> ReadJson(string path, CancellationToken cancellation)
    {
        List<CaptionRecord> records = [];
        long number = 0;
        foreach (string line in File.ReadLines(path))
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                string file = CaptionJson.File(json.RootElement) ?? throw new JsonException("it names no file");
                records.AddRange(CaptionJson.Captions(json.RootElement).DefaultIfEmpty("").Select(caption => new CaptionRecord(file, caption)));
            }
            catch (JsonException fault)
            {
                throw new EmbeddingDataException(
                    path,
                    $"line {Shown.Count(number)} cannot be used ({fault.Message.TrimEnd('.')}).",
                    """A line is like {"file_name": "a.jpg", "caption": "a cat"}.""",
                    fault);
            }
        }
        return records;
    }
}
