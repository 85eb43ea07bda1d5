using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Sources;
using Sylvan.Data.Csv;

namespace ModalityGap.Lab.Classification;

/// <summary>A table of labels with a row a picture: csv or tsv with a head, or a JSON object a line.</summary>
/// <param name="Source">The file.</param>
/// <param name="Columns">Heads of the columns.</param>
/// <param name="Rows">The cells.</param>
internal sealed record LabelTable(string Source, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    private static readonly string[] FileColumns = ["file", "img", "image", "path", "filename", "file_name", "name", "id"];

    private static readonly string[] LabelColumns = ["label", "class", "category"];

    private static readonly string[] Endings = [".csv", ".tsv", ".jsonl"];

    /// <summary>The table of a folder: one of these names, or labels with an ending; <c>null</c> where there is none.</summary>
    public static string? In(string folder, IEnumerable<string> names) =>
        names.Concat(Endings.Select(ending => "labels" + ending)).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The file that each row is about.</summary>
    public string[] Files() => Column(FileColumns.FirstOrDefault(Holds) ?? throw Lacks($"none of its columns names a file ({string.Join(", ", FileColumns)})"));

    /// <summary>The label of each row: the words of these columns with blanks between, or of the usual one.</summary>
    public string[] Labels(IReadOnlyList<string> columns)
    {
        string[][] words = [.. (columns.Count > 0 ? columns
            : [LabelColumns.FirstOrDefault(Holds) ?? throw Lacks($"it has no column {string.Join(", ", LabelColumns)}")]).Select(Column)];
        return [.. Enumerable.Range(0, Rows.Count).Select(row => string.Join(' ', words.Select(column => column[row])))];
    }

    /// <summary>The words of a column.</summary>
    /// <exception cref="EmbeddingDataException">There is no such column.</exception>
    public string[] Column(string name)
    {
        int at = Array.FindIndex([.. Columns], column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? [.. Rows.Select(row => row[at])] : throw Lacks($"it has no column \"{Shown.Name(name)}\"");
    }

    /// <exception cref="EmbeddingDataException">It cannot be read, or is no such table.</exception>
    public static LabelTable Read(string path)
    {
        LabelTable table = Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson" ? ReadJson(path) : ReadDelimited(path);
        return table.Rows.Count > 0 ? table : throw new EmbeddingDataException(path, "it holds no rows.", "Write a head, then a row a picture.");
    }

    private bool Holds(string name) => Columns.Contains(name, StringComparer.OrdinalIgnoreCase);

    private EmbeddingDataException Lacks(string what) => new(
        Source, $"{what}; its columns are {Shown.Some([.. Columns.Select(Shown.Name)], 12)}.",
            "A row needs the file of a picture and its label; see docs/zero-shot.md.");

    private static LabelTable ReadDelimited(string path)
    {
        string[] lines = TextList.Lines(path);
        char separator = lines.FirstOrDefault("").Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        try
        {
            using var reader = CsvDataReader.Create(new StringReader(string.Join('\n', lines)),
                new CsvDataReaderOptions { HasHeaders = false, Delimiter = separator });
            List<string[]> rows = [];
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.RowFieldCount).Select(i => reader.GetFieldSpan(i).ToString().Trim())]);
            if (rows.Count == 0)
                return new LabelTable(path, [], []);
            int bad = rows.FindIndex(row => row.Length != rows[0].Length);
            return bad < 0
                ? new LabelTable(path, rows[0], rows[1..])
                : throw new EmbeddingDataException(path, $"row {Shown.Count(bad)} has {rows[bad].Length} fields, the head {rows[0].Length}.",
                    "Every row needs a field for each column.");
        }
        catch (Exception fault) when (fault is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new EmbeddingDataException(path, $"it is no table ({fault.Message.TrimEnd('.')}).",
                "Check the quotes: one inside a quoted text is written twice.", fault);
        }
    }

    private static LabelTable ReadJson(string path)
    {
        string[] lines = [.. TextList.Lines(path).Where(line => line.Length > 0)];
        List<string> columns = [];
        List<string[]> rows = [];
        foreach (string line in lines)
        {
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                if (columns.Count == 0)
                    columns.AddRange(json.RootElement.EnumerateObject().Select(property => property.Name));
                rows.Add([.. columns.Select(column => json.RootElement.GetProperty(column).ToString())]);
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new EmbeddingDataException(
                    path, $"line {Shown.Count(rows.Count + 1)} is no object with {Shown.Some([.. columns.DefaultIfEmpty("its columns").Select(Shown.Name)])}.",
                    """A line is like {"img": "a.png", "label": 1}, with the same keys in each.""", fault);
            }
        }
        return new LabelTable(path, columns, rows);
    }
}
