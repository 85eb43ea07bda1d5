using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ModalityGap.Formats.Tests;

/// <summary>Arrow files in the ways in which other programs write them.</summary>
internal static class ArrowFiles
{
    /// <summary>A nullable column of lists of doubles of any length.</summary>
    public static byte[] Lists(double?[]?[] rows)
    {
        var builder = new ListArray.Builder(DoubleType.Default);
        var values = (DoubleArray.Builder)builder.ValueBuilder;
        foreach (double?[]? row in rows)
        {
            if (row is null)
            {
                builder.AppendNull();
                continue;
            }
            builder.Append();
            foreach (double? value in row)
                _ = value is { } number ? values.Append(number) : values.AppendNull();
        }
        return Make(("vector", builder.Build()));
    }

    public static byte[] Lists(int rows, int dimensions) =>
        Lists([.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, dimensions).Select(d => (double?)(i + (d / 8.0))).ToArray())]);

    public static byte[] Compressed(int rows, int dimensions, CompressionCodecType codec) =>
        Make(new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() }, ("embedding", Fixed(rows, dimensions)));

    public static FixedSizeListArray Fixed(int rows, int dimensions)
    {
        FloatArray values = new FloatArray.Builder().AppendRange(Enumerable.Range(0, rows * dimensions).Select(i => i / 4f)).Build();
        var type = new FixedSizeListType(FloatType.Default, dimensions);
        return new FixedSizeListArray(new ArrayData(type, rows, 0, 0, [ArrowBuffer.Empty], [values.Data]));
    }

    public static byte[] Make(params (string Name, IArrowArray Array)[] columns) => Make(new IpcOptions(), columns);

    public static byte[] Make(IpcOptions options, params (string Name, IArrowArray Array)[] columns)
    {
        var schema = new Schema([.. columns.Select(column => new Field(column.Name, column.Array.Data.DataType, nullable: true))], null);
        using var stream = new MemoryStream();
        using (var writer = new ArrowFileWriter(stream, schema, leaveOpen: true, options))
        {
            using var batch = new RecordBatch(schema, columns.Select(column => column.Array), columns[0].Array.Length);
            // Two batches, as long tables have.
            writer.WriteRecordBatch(batch);
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }
        return stream.ToArray();
    }
}
