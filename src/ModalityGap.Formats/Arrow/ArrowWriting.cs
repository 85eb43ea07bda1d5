using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>Writes one column of lists of fixed length per modality, beside the ids, labels and captions, in batches of rows.</summary>
internal static class ArrowWriting
{
    private const int BatchValues = 2 << 20;

    public static void Write(
        Stream target,
        IReadOnlyList<EmbeddingSet> sets,
        WriteOptions options,
        Func<Stream, Schema, ArrowStreamWriter> newWriter,
        CancellationToken cancellation)
    {
        var progress = new WriteProgress(options, sets);
        IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> columns = SharedRows.TextColumns(sets);
        Schema schema = SchemaOf(sets, columns.Select(column => column.Name), options.Type);
        using ArrowStreamWriter writer = newWriter(target, schema);
        int rows = Math.Max(1, BatchValues / sets.Max(set => set.Dimensions));
        for (int row = 0; row < sets[0].Rows; row += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(rows, sets[0].Rows - row);
            List<IArrowArray> arrays = [.. columns.Select(column => Texts(column.Texts, row, count))];
            foreach (EmbeddingSet set in sets)
            {
                arrays.Add(Vectors(set, row, count, options.Type));
                progress.Add(count * set.Dimensions);
            }
            using var batch = new RecordBatch(schema, arrays, count);
            writer.WriteRecordBatch(batch);
        }
        writer.WriteEnd();
    }

    private static Schema SchemaOf(IReadOnlyList<EmbeddingSet> sets, IEnumerable<string> texts, WrittenType type)
    {
        List<Field> fields = [.. texts.Select(name => new Field(name, StringType.Default, nullable: false))];
        foreach (EmbeddingSet set in sets)
            fields.Add(new Field(SharedRows.ColumnOf(set, sets.Count), ListOf(set, type), nullable: false));
        return new Schema(fields, null);
    }

    private static FixedSizeListType ListOf(EmbeddingSet set, WrittenType type) =>
        new(new Field("item", ItemOf(type), nullable: false), set.Dimensions);

    private static IArrowType ItemOf(WrittenType type) => type switch
    {
        WrittenType.Float16 => HalfFloatType.Default,
        WrittenType.Float32 => FloatType.Default,
        _ => DoubleType.Default,
    };

    private static FixedSizeListArray Vectors(EmbeddingSet set, int row, int count, WrittenType type)
    {
        int values = count * set.Dimensions;
        var bytes = new byte[checked(values * RowWriting.SizeOf(type))];
        RowWriting.Encode(set, checked(row * set.Dimensions), bytes, type);
        var items = new ArrayData(ItemOf(type), values, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(bytes)]);
        return new FixedSizeListArray(new ArrayData(ListOf(set, type), count, 0, 0, [ArrowBuffer.Empty], [items]));
    }

    private static StringArray Texts(IReadOnlyList<string> texts, int start, int count)
    {
        var builder = new StringArray.Builder();
        for (int row = start; row < start + count; row++)
            builder.Append(texts[row]);
        return builder.Build();
    }
}
