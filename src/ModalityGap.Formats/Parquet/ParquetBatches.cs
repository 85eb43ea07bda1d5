using ParquetSharp;

namespace ModalityGap.Formats.Parquet;

/// <summary>Takes a batch of a column.</summary>
/// <param name="definitions">One level per place: below the highest where there is no value.</param>
/// <param name="repetitions">One level per place: 0 where a row begins.</param>
/// <param name="values">The values that there are.</param>
internal delegate void BatchHandler<T>(ReadOnlySpan<short> definitions, ReadOnlySpan<short> repetitions, ReadOnlySpan<T> values);

/// <summary>Reads a column of a group of rows in batches of a bounded size.</summary>
internal static class ParquetBatches
{
    private const int BatchValues = 32 * 1024;

    public static void Read<T>(ColumnReader<T> reader, BatchHandler<T> handler, CancellationToken cancellation)
        where T : unmanaged
    {
        ColumnDescriptor column = reader.ColumnDescriptor;
        bool levels = column.MaxDefinitionLevel > 0, repeats = column.MaxRepetitionLevel > 0;
        short[] definitions = new short[BatchValues], repetitions = new short[BatchValues];
        var values = new T[BatchValues];
        while (reader.HasNext)
        {
            cancellation.ThrowIfCancellationRequested();
            int places = (int)reader.ReadBatch(BatchValues, definitions, repetitions, values, out long found);
            if (!levels)
                definitions.AsSpan(0, places).Clear();
            if (!repeats)
                repetitions.AsSpan(0, places).Clear();
            if (places == 0 && found == 0)
                throw new InvalidDataException("a page holds fewer values than its column announces");
            handler(definitions.AsSpan(0, places), repetitions.AsSpan(0, places), values.AsSpan(0, (int)found));
        }
    }
}
