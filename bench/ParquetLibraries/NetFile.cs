using Parquet;
using Parquet.Schema;

namespace ParquetLibraries;

/// <summary>The file with Parquet.Net.</summary>
internal static class NetFile
{
    private const int GroupRows = 20_000;

    public static double Write(string path)
    {
        float[] values = Sample.Values();
        WriteAsync(path, values).GetAwaiter().GetResult();
        return Sample.Sum(values);
    }

    public static double Read(string path) => Sample.Sum(ReadAsync(path).GetAwaiter().GetResult());

    private static async Task WriteAsync(string path, float[] values)
    {
        var item = new DataField<float>("element", false);
        var schema = new ParquetSchema(new ListField("embedding", item));
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream);
        var repetitions = new int[GroupRows * Sample.Dimensions];
        for (int i = 0; i < repetitions.Length; i++)
            repetitions[i] = i % Sample.Dimensions == 0 ? 0 : 1;
        var definitions = new int[repetitions.Length];
        Array.Fill(definitions, schema.DataFields[0].MaxDefinitionLevel);
        for (int row = 0; row < Sample.Rows; row += GroupRows)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            ReadOnlyMemory<float> part = values.AsMemory(row * Sample.Dimensions, GroupRows * Sample.Dimensions);
            await group.WriteAllPartsAsync(schema.DataFields[0], part, definitions, repetitions, CancellationToken.None);
        }
    }

    private static async Task<float[]> ReadAsync(string path)
    {
        var values = new float[Sample.Rows * Sample.Dimensions];
        await using ParquetReader reader = await ParquetReader.CreateAsync(path);
        DataField field = reader.Schema.DataFields[0];
        int[] definitions = [], repetitions = [];
        int at = 0;
        for (int g = 0; g < reader.RowGroupCount; g++)
        {
            ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
            int count = (int)group.GetMetadata(field)!.MetaData!.NumValues;
            if (definitions.Length < count)
                (definitions, repetitions) = (new int[count], new int[count]);
            await group.ReadRawAsync<float>(field, values.AsMemory(at, count), definitions.AsMemory(0, count), repetitions.AsMemory(0, count));
            at += count;
        }
        return values;
    }
}
