using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using ModalityGap.Formats.Tables;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>Reads the chosen columns of an Arrow file or stream, batch by batch.</summary>
internal sealed class ArrowTable
{
    private readonly SourceFile file;
    private readonly TableChoice choice;
    private readonly ArrowVectors[] vectors;
    private readonly NameSinks names;

    private ArrowTable(SourceFile file, TableChoice choice, long rows)
    {
        this.file = file;
        this.choice = choice;
        vectors = [.. choice.Vectors.Select(source => ArrowVectors.For(file, source, rows))];
        names = new NameSinks(file, choice);
    }

    public static IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation)
    {
        ArrowMessages messages = ArrowMessages.Of(file);
        using ArrowStreamReader reader = Open(file, messages);
        IReadOnlyList<TableColumn> columns = ArrowColumns.Of(reader.Schema);
        TableChoice choice = TableChoice.Choose(file, columns, options);
        ModalityNaming.Check(file, choice.Vectors.Count, options.Modalities);
        if (messages.Rows == 0)
            throw file.Fault("it is empty: it holds no rows.", "Check that the export finished.");
        var table = new ArrowTable(file, choice, messages.Rows);
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
                table.Take(batch, cancellation);
        }
        return table.Finish();
    }

    public static IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options)
    {
        ArrowMessages messages = ArrowMessages.Of(file);
        using ArrowStreamReader reader = Open(file, messages);
        return TableDescription.Of(file, ArrowColumns.Of(reader.Schema), messages.Rows, options);
    }

    /// <summary>A file holds a stream after its magic; reading it as one needs no trust in the footer.</summary>
    private static ArrowStreamReader Open(SourceFile file, ArrowMessages messages)
    {
        var stream = new SourceStream(file, messages.Start, messages.Length);
        return new ArrowStreamReader(stream, new ArrowMemory(file), new CompressionCodecFactory(), leaveOpen: false);
    }

    private void Take(RecordBatch batch, CancellationToken cancellation)
    {
        for (int v = 0; v < vectors.Length; v++)
        {
            foreach (TableColumn column in choice.Vectors[v].Columns)
            {
                cancellation.ThrowIfCancellationRequested();
                vectors[v].Take(batch.Column(column.Index).Data, column, batch.Length);
            }
        }
        foreach ((TextColumn from, TextSink sink) in names.All)
            ArrowTexts.Add(batch.Column(from.Column.Index).Data, batch.Length, sink);
    }

    private ModalityRows[] Finish() =>
    [
        .. vectors.Select((vector, v) =>
        {
            VectorSource source = choice.Vectors[v];
            (float[] values, int dimensions) = vector.Finish();
            string? telling = JsonLineKeys.Telling(source.Name);
            return new ModalityRows(values, dimensions, vector.ElementType, telling, source.Part, names.Names);
        }),
    ];
}
