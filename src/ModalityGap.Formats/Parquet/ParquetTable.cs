using ModalityGap.Embeddings;
using ModalityGap.Formats.Tables;
using ModalityGap.Sources;
using ParquetSharp;

namespace ModalityGap.Formats.Parquet;

/// <summary>Reads the chosen columns of a Parquet file, group of rows by group of rows.</summary>
internal sealed class ParquetTable : IDisposable
{
    /// <summary>What a header may announce of text and of lists before the library gives up; both are far beyond any table of embeddings.</summary>
    private const int MostThriftBytes = 16 << 20;

    private readonly SourceFile file;
    private readonly ReaderProperties properties;
    private readonly SourceStream stream;
    private readonly ParquetFileReader reader;

    private ParquetTable(SourceFile file)
    {
        this.file = file;
        properties = ReaderProperties.GetDefaultReaderProperties();
        // Without this the library reads a whole column of a group at once.
        properties.EnableBufferedStream();
        int most = (int)Math.Min(MostThriftBytes, file.Length);
        properties.SetThriftStringSizeLimit(most);
        properties.SetThriftContainerSizeLimit(most);
        stream = new SourceStream(file);
        reader = new ParquetFileReader(stream, properties, leaveOpen: true);
        using FileMetaData meta = reader.FileMetaData;
        (Rows, Groups) = (meta.NumRows, meta.NumRowGroups);
        Columns = ParquetColumns.Of(file, reader);
    }

    private long Rows { get; }

    private int Groups { get; }

    private IReadOnlyList<TableColumn> Columns { get; }

    public static IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation)
    {
        using var table = new ParquetTable(file);
        TableChoice choice = TableChoice.Choose(file, table.Columns, options);
        ModalityNaming.Check(file, choice.Vectors.Count, options.Modalities);
        var names = new NameSinks(file, choice);
        foreach ((TextColumn from, TextSink sink) in names.All)
            table.Fill(sink, from.Column, cancellation);
        return [.. choice.Vectors.Select(source => table.Vectors(source, names.Names, cancellation))];
    }

    public static IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options)
    {
        using var table = new ParquetTable(file);
        List<TableColumn> measured = [.. table.Columns.Select(column =>
            column.Kind == ColumnKind.Vector ? column with { Width = table.Width(column) } : column)];
        return TableDescription.Of(file, measured, table.Rows, options);
    }

    public void Dispose()
    {
        reader.Dispose();
        properties.Dispose();
        stream.Dispose();
    }

    /// <summary>Values per row where these are the same on average; reading finds out whether each row has as many.</summary>
    private int? Width(TableColumn column)
    {
        long values = 0;
        for (int g = 0; g < Groups; g++)
        {
            using RowGroupReader group = reader.RowGroup(g);
            using ColumnChunkMetaData chunk = group.MetaData.GetColumnChunkMetaData(column.Index);
            values += chunk.NumValues;
        }
        return Rows > 0 && values % Rows == 0 && values / Rows is > 0 and <= ArrayForm.MostDimensions ? (int)(values / Rows) : null;
    }

    private ModalityRows Vectors(VectorSource source, RowNames names, CancellationToken cancellation)
    {
        string? telling = JsonLineKeys.Telling(source.Name);
        if (source.IsSpread)
        {
            float[] spread = Spread(source, cancellation);
            return new ModalityRows(spread, source.Columns.Count, source.Columns[0].Type, telling, source.Part, names);
        }
        TableColumn column = source.Columns[0];
        var sink = new VectorSink(file, column.Name, Rows);
        var cells = new ParquetVectors(sink);
        ForEachGroup(column, reader => cells.Read(reader, cancellation));
        float[] values = sink.Finish();
        string type = cells.ElementType ?? column.Type.Replace("list of ", "", StringComparison.Ordinal);
        return new ModalityRows(values, sink.Dimensions, type, telling, source.Part, names);
    }

    private float[] Spread(VectorSource source, CancellationToken cancellation)
    {
        if (Rows == 0)
            throw file.Fault("it is empty: it holds no rows.", "Check that the export finished.");
        int dimensions = source.Columns.Count;
        float[] values = file.AllocateValues(Rows > long.MaxValue / dimensions ? long.MaxValue : Rows * dimensions);
        for (int d = 0; d < dimensions; d++)
        {
            var numbers = new ParquetNumbers(file, source.Columns[d].Name, values, dimensions, d, Rows);
            ForEachGroup(source.Columns[d], reader => numbers.Read(reader, cancellation));
            numbers.Finish();
        }
        return values;
    }

    private void Fill(TextSink sink, TableColumn column, CancellationToken cancellation)
    {
        ForEachGroup(column, reader => ParquetTexts.Read(reader, sink, cancellation));
        if (sink.Texts.Count != Rows)
            throw file.Fault(
                $"column {Shown.Name(column.Name)} has {Shown.Count(sink.Texts.Count)} rows, the file announces {Shown.Count(Rows)}.",
                "Write the file again.");
    }

    private void ForEachGroup(TableColumn column, Action<ColumnReader> read)
    {
        for (int g = 0; g < Groups; g++)
        {
            using RowGroupReader group = reader.RowGroup(g);
            using ColumnReader chunk = group.Column(column.Index);
            read(chunk);
        }
    }
}
