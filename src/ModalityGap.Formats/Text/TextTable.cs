using ModalityGap.Formats.Tables;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Text;

/// <summary>Reads a table in text, whose number of rows its end tells.</summary>
internal sealed class TextTable
{
    private const string ElementType = "text number";

    private readonly SourceFile file;
    private readonly TextRecords records;
    private readonly IReadOnlyList<TableColumn> columns;
    private readonly TableChoice choice;
    private readonly FloatBlocks[] values;
    private readonly long[] dimensions;
    private readonly NameSinks names;

    private TextTable(SourceFile file, TextRecords records, IReadOnlyList<TableColumn> columns, ReadOptions options)
    {
        this.file = file;
        this.records = records;
        this.columns = columns;
        choice = TableChoice.Choose(file, columns, options);
        values = [.. choice.Vectors.Select(_ => new FloatBlocks())];
        dimensions = new long[values.Length];
        names = new NameSinks(file, choice);
    }

    public static IReadOnlyList<ModalityRows> Read(SourceFile file, char usual, ReadOptions options, CancellationToken cancellation)
    {
        using TextRecords records = TextRecords.Open(file, usual);
        FirstRecord(file, records);
        var table = new TextTable(file, records, Columns(records), options);
        do
        {
            cancellation.ThrowIfCancellationRequested();
            table.TakeRecord();
        }
        while (records.Next());
        return table.Finish();
    }

    /// <summary>Describes the columns by the first row, and counts the rows.</summary>
    public static IReadOnlyList<ArrayDescription> Describe(SourceFile file, char usual, ReadOptions options)
    {
        using TextRecords records = TextRecords.Open(file, usual);
        FirstRecord(file, records);
        IReadOnlyList<TableColumn> columns = Columns(records);
        while (records.Next())
        {
            // Counts.
        }
        return TableDescription.Of(file, columns, records.Row + 1, options);
    }

    private static void FirstRecord(SourceFile file, TextRecords records)
    {
        if (!records.Next())
            throw file.Fault("it is empty: it holds no rows below its line of names.", "Check that the export finished.");
        if (records.Names is { } names && names.Count != records.Count)
            throw records.Fault($"has {records.Count} fields, the line of names {names.Count}", Ragged(records));
    }

    private static List<TableColumn> Columns(TextRecords records)
    {
        List<TableColumn> columns = [];
        for (int i = 0; i < records.Count; i++)
        {
            ReadOnlySpan<char> field = records.Field(i);
            (ColumnKind kind, string type, int? width) = TextNumber.IsNumber(field) ? (ColumnKind.Number, "number", (int?)null)
                : TextVector.Looks(field) ? (ColumnKind.Vector, "list of numbers", Width(field))
                : (ColumnKind.Text, "text", null);
            columns.Add(new TableColumn(i, records.Names?[i] ?? "", kind, type, width));
        }
        return columns;
    }

    private static int? Width(ReadOnlySpan<char> field)
    {
        var numbers = new FloatBlocks();
        return TextVector.AppendTo(numbers, field) is null && numbers.Count <= ArrayForm.MostDimensions ? (int)numbers.Count : null;
    }

    private void TakeRecord()
    {
        if (records.Count != columns.Count)
            throw records.Fault($"has {records.Count} fields, the first row {columns.Count}", Ragged(records));
        for (int v = 0; v < values.Length; v++)
            TakeVector(v);
        foreach ((TextColumn from, TextSink sink) in names.All)
            TakeText(from.Column, sink);
    }

    private void TakeVector(int v)
    {
        VectorSource source = choice.Vectors[v];
        long before = values[v].Count;
        foreach (TableColumn column in source.Columns)
        {
            ReadOnlySpan<char> field = records.Field(column.Index);
            if (field.IsWhiteSpace())
                throw records.Fault($"has nothing in {Place(column)}", "Leave that item out, or encode it again.");
            string? wrong = source.IsSpread ? TakeNumber(v, field) : TextVector.AppendTo(values[v], field);
            if (wrong is not null)
                throw records.Fault($"holds '{Shown.Name(wrong)}' in {Place(column)}, which is not a number", Remedy(wrong));
        }
        long count = values[v].Count - before;
        if (count == 0)
            throw records.Fault($"has an empty list in {Place(source.Columns[0])}", "Leave that item out, or encode it again.");
        if (dimensions[v] == 0)
            dimensions[v] = count;
        if (count != dimensions[v])
            throw records.Fault(
                $"has {count} values in {Place(source.Columns[0])}, row 0 has {dimensions[v]}", "All rows must come from the same model.");
    }

    private string? TakeNumber(int v, ReadOnlySpan<char> field)
    {
        if (!TextNumber.TryParse(field, out float value))
            return field.ToString();
        values[v].Add(value);
        return null;
    }

    private void TakeText(TableColumn column, TextSink sink)
    {
        ReadOnlySpan<char> text = records.Field(column.Index);
        if (text.IsEmpty)
            sink.AddMissing();
        else
            sink.Add(text);
    }

    private List<ModalityRows> Finish()
    {
        List<ModalityRows> rows = [];
        for (int v = 0; v < values.Length; v++)
        {
            if (dimensions[v] > ArrayForm.MostDimensions)
                throw file.Fault($"its rows have {Shown.Count(dimensions[v])} values: more than any embedding.", "Give one row per item.");
            float[] all = file.AllocateValues(values[v].Count);
            values[v].CopyTo(all);
            VectorSource source = choice.Vectors[v];
            string? telling = source.Name.Length == 0 ? null : JsonLineKeys.Telling(source.Name);
            rows.Add(new ModalityRows(all, (int)dimensions[v], ElementType, telling, source.Part, names.Names));
        }
        return rows;
    }

    private static string Place(TableColumn column) =>
        column.Name.Length == 0 ? $"column {column.Index}, counted from 0" : $"column {Shown.Name(column.Name)}";

    private static string Ragged(TextRecords records) =>
        $"Every row needs as many fields, with {(records.Delimiter == '\t' ? "a tab" : $"'{records.Delimiter}'")} between; "
        + "a text or a list that contains that must stand in quotes.";

    private static string Remedy(string word) => word.StartsWith('[')
        ? "A list stands whole in its field: closed by a bracket, and in quotes where it contains what separates the fields."
        : word.Contains(',', StringComparison.Ordinal) ? "Numbers need a decimal point, not a comma."
        : "Repair the export, or leave that item out.";
}
