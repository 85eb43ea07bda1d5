using System.Runtime.InteropServices;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ParquetSharp;
using ParquetSharp.IO;
using ParquetSharp.Schema;

namespace ModalityGap.Formats.Parquet;

/// <summary>Writes one column of lists per modality, beside the ids, labels and captions.</summary>
internal sealed class ParquetWriting
{
    /// <summary>Values of one modality in a group of rows: enough for good pages, little enough for the memory of a reader.</summary>
    private const int GroupValues = 8 << 20;
    private const int BatchValues = 32 * 1024;

    private readonly IReadOnlyList<EmbeddingSet> sets;
    private readonly WriteOptions options;
    private readonly WriteProgress progress;
    private readonly CancellationToken cancellation;

    private ParquetWriting(IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        this.sets = sets;
        this.options = options;
        this.cancellation = cancellation;
        progress = new WriteProgress(options, sets);
    }

    public static void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation) =>
        new ParquetWriting(sets, options, cancellation).Write(target);

    private void Write(Stream target)
    {
        IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> columns = SharedRows.TextColumns(sets);
        using GroupNode schema = Schema(columns.Select(column => column.Name));
        using WriterProperties properties = Properties();
        using var stream = new ManagedOutputStream(target, leaveOpen: true);
        using var writer = new ParquetFileWriter(stream, schema, properties);
        int rows = Math.Max(1, GroupValues / sets.Max(set => set.Dimensions));
        for (int row = 0; row < sets[0].Rows; row += rows)
        {
            int count = Math.Min(rows, sets[0].Rows - row);
            using RowGroupWriter group = writer.AppendRowGroup();
            foreach ((_, IReadOnlyList<string> texts) in columns)
                WriteTexts(group, texts, row, count);
            foreach (EmbeddingSet set in sets)
                WriteVectors(group, set, row, count);
        }
        writer.Close();
    }

    private GroupNode Schema(IEnumerable<string> texts)
    {
        List<Node> columns = [.. texts.Select(TextNode)];
        foreach (EmbeddingSet set in sets)
        {
            (PhysicalType physical, int length) = options.Type switch
            {
                WrittenType.Float16 => (PhysicalType.FixedLenByteArray, 2),
                WrittenType.Float32 => (PhysicalType.Float, -1),
                _ => (PhysicalType.Double, -1),
            };
            using LogicalType logical = options.Type == WrittenType.Float16 ? LogicalType.Float16() : LogicalType.None();
            var element = new PrimitiveNode("element", Repetition.Required, logical, physical, length);
            var list = new GroupNode("list", Repetition.Repeated, [element]);
            using LogicalType asList = LogicalType.List();
            columns.Add(new GroupNode(SharedRows.ColumnOf(set, sets.Count), Repetition.Required, [list], asList));
        }
        return new GroupNode("schema", Repetition.Required, columns);
    }

    /// <summary>Embeddings neither repeat nor shrink: no dictionary for them, and the fastest compression.</summary>
    private WriterProperties Properties()
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Snappy);
        foreach (EmbeddingSet set in sets)
            builder.DisableDictionary($"{SharedRows.ColumnOf(set, sets.Count)}.list.element");
        return builder.Build();
    }

    private static PrimitiveNode TextNode(string name)
    {
        using LogicalType text = LogicalType.String();
        return new PrimitiveNode(name, Repetition.Required, text, PhysicalType.ByteArray);
    }

    private static unsafe void WriteTexts(RowGroupWriter group, IReadOnlyList<string> texts, int start, int count)
    {
        using var column = (ColumnWriter<ByteArray>)group.NextColumn();
        for (int row = start; row < start + count; row++)
        {
            byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(texts[row]);
            fixed (byte* pointer = utf8)
                column.WriteBatch([new ByteArray((IntPtr)pointer, utf8.Length)]);
        }
    }

    private unsafe void WriteVectors(RowGroupWriter group, EmbeddingSet set, int start, int count)
    {
        using ColumnWriter column = group.NextColumn();
        int rows = Math.Max(1, BatchValues / set.Dimensions);
        int most = rows * set.Dimensions;
        short[] definitions = new short[most], repetitions = new short[most];
        Array.Fill(definitions, (short)1);
        for (int i = 0; i < most; i++)
            repetitions[i] = (short)(i % set.Dimensions == 0 ? 0 : 1);
        byte[] bytes = new byte[most * RowWriting.SizeOf(options.Type)];
        for (int row = start; row < start + count; row += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            int values = Math.Min(rows, start + count - row) * set.Dimensions;
            Span<byte> block = bytes.AsSpan(0, values * RowWriting.SizeOf(options.Type));
            RowWriting.Encode(set, checked(row * set.Dimensions), block, options.Type);
            ReadOnlySpan<short> levels = definitions.AsSpan(0, values), repeats = repetitions.AsSpan(0, values);
            switch (column)
            {
                case ColumnWriter<float> floats:
                    floats.WriteBatch(values, levels, repeats, MemoryMarshal.Cast<byte, float>(block));
                    break;
                case ColumnWriter<double> doubles:
                    doubles.WriteBatch(values, levels, repeats, MemoryMarshal.Cast<byte, double>(block));
                    break;
                case ColumnWriter<FixedLenByteArray> halves:
                    var pointers = new FixedLenByteArray[values];
                    fixed (byte* first = block)
                    {
                        for (int i = 0; i < values; i++)
                            pointers[i] = new FixedLenByteArray((IntPtr)(first + (2 * i)));
                        halves.WriteBatch(values, levels, repeats, pointers);
                    }
                    break;
            }
            progress.Add(values);
        }
    }
}
