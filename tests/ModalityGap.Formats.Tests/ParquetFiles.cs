using ParquetSharp;
using ParquetSharp.IO;

namespace ModalityGap.Formats.Tests;

/// <summary>Parquet files in the ways in which other programs write them, with the library's typed interface that our writer does not use.</summary>
internal static class ParquetFiles
{
    /// <summary>One column per dimension, float64, and an integer id.</summary>
    public static byte[] Spread(int rows, int dimensions, string stem = "emb_", bool nullAt = false)
    {
        Column[] columns = [new Column<long>("id"), .. Enumerable.Range(0, dimensions).Select(d => new Column<double?>($"{stem}{d}"))];
        return Make(columns, group =>
        {
            Add(group, [.. Enumerable.Range(0, rows).Select(i => 100L + i)]);
            for (int d = 0; d < dimensions; d++)
                Add(group, [.. Enumerable.Range(0, rows).Select(i => nullAt && i == 2 && d == 1 ? (double?)null : i + (d / 10.0))]);
        });
    }

    /// <summary>A list column whose lists and values may be null, as pyarrow and pandas write it.</summary>
    public static byte[] NullableLists(float?[]?[] rows, string name = "embedding") =>
        Make([new Column<float?[]>(name)], group => Add(group, rows));

    public static byte[] NullableLists(float[][] rows) => NullableLists([.. rows.Select(row => row.Select(value => (float?)value).ToArray())]);

    public static byte[] DoubleLists(double[][] rows) => Make([new Column<double[]>("embedding")], group => Add(group, rows));

    /// <summary>A column of bytes that are float32 values.</summary>
    public static byte[] Cells(int rows, int dimensions, bool half = false, string name = "embedding")
    {
        var random = new Random(5);
        byte[][] cells = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, dimensions)
            .SelectMany(_ => half ? BitConverter.GetBytes((Half)(random.NextSingle() - 0.5f)) : BitConverter.GetBytes(random.NextSingle() - 0.5f)).ToArray())];
        return Make([new Column<byte[]>(name)], group => Add(group, cells));
    }

    public static byte[] Make(Column[] columns, Action<RowGroupWriter> write, int groups = 1)
    {
        using var stream = new MemoryStream();
        using (var target = new ManagedOutputStream(stream, leaveOpen: true))
        using (var writer = new ParquetFileWriter(target, columns, Compression.Zstd))
        {
            for (int g = 0; g < groups; g++)
            {
                using RowGroupWriter group = writer.AppendRowGroup();
                write(group);
            }
            writer.Close();
        }
        return stream.ToArray();
    }

    public static void Add<T>(RowGroupWriter group, T[] values)
    {
        using LogicalColumnWriter<T> column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch(values);
    }
}
