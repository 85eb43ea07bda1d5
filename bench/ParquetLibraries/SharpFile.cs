using ParquetSharp;
using ParquetSharp.Schema;

namespace ParquetLibraries;

/// <summary>The file with ParquetSharp.</summary>
internal static class SharpFile
{
    private const int GroupRows = 20_000;

    public static double Write(string path)
    {
        float[] values = Sample.Values();
        using var item = new PrimitiveNode("element", Repetition.Required, LogicalType.None(), PhysicalType.Float);
        using var list = new GroupNode("list", Repetition.Repeated, [item]);
        using var column = new GroupNode("embedding", Repetition.Required, [list], LogicalType.List());
        using var schema = new GroupNode("schema", Repetition.Required, [column]);
        using WriterProperties properties = new WriterPropertiesBuilder().Compression(Compression.Snappy).DisableDictionary().Build();
        using var writer = new ParquetFileWriter(path, schema, properties);
        const int Part = 1000 * Sample.Dimensions;
        var repetitions = new short[Part];
        var definitions = new short[Part];
        Array.Fill(definitions, (short)1);
        for (int i = 0; i < Part; i++)
            repetitions[i] = (short)(i % Sample.Dimensions == 0 ? 0 : 1);
        for (int row = 0; row < Sample.Rows; row += GroupRows)
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            using var floats = (ColumnWriter<float>)group.NextColumn();
            for (int at = row * Sample.Dimensions; at < (row + GroupRows) * Sample.Dimensions; at += Part)
                floats.WriteBatch(Part, definitions, repetitions, values.AsSpan(at, Part));
        }
        writer.Close();
        return Sample.Sum(values);
    }

    public static double Read(string path)
    {
        var values = new float[Sample.Rows * Sample.Dimensions];
        using var reader = new ParquetFileReader(path);
        const int Part = 64 * Sample.Dimensions;
        var repetitions = new short[Part];
        var definitions = new short[Part];
        long at = 0;
        for (int g = 0; g < reader.FileMetaData.NumRowGroups; g++)
        {
            using RowGroupReader group = reader.RowGroup(g);
            using var floats = (ColumnReader<float>)group.Column(0);
            while (floats.HasNext)
            {
                int most = (int)Math.Min(Part, values.Length - at);
                floats.ReadBatch(most, definitions, repetitions, values.AsSpan((int)at, most), out long read);
                at += read;
            }
        }
        return Sample.Sum(values);
    }
}
