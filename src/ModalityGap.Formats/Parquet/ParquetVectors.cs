using ModalityGap.Formats.Tables;
using ParquetSharp;

namespace ModalityGap.Formats.Parquet;

/// <summary>Takes the cells of a column of lists of floats, or of bytes.</summary>
internal sealed class ParquetVectors(VectorSink sink)
{
    private RawVectors? raw;
    private float[] converted = [];

    /// <summary>What the bytes are; <c>null</c> for lists, whose type the schema tells.</summary>
    public string? ElementType => raw?.ElementType;

    public void Read(ColumnReader reader, CancellationToken cancellation)
    {
        short full = reader.ColumnDescriptor.MaxDefinitionLevel;
        switch (reader)
        {
            case ColumnReader<float> floats:
                ParquetBatches.Read(floats, (definitions, repetitions, values) => Append(definitions, repetitions, values, full), cancellation);
                break;
            case ColumnReader<double> doubles:
                ParquetBatches.Read(doubles, (definitions, repetitions, values) => Append(definitions, repetitions, Round(values), full), cancellation);
                break;
            case ColumnReader<FixedLenByteArray> halves when ParquetColumns.IsHalf(reader.ColumnDescriptor):
                ParquetBatches.Read(halves, (definitions, repetitions, values) => Append(definitions, repetitions, Widen(values), full), cancellation);
                break;
            case ColumnReader<ByteArray> bytes:
                ParquetBatches.Read(bytes, (definitions, _, values) => Append(definitions, values, full), cancellation);
                break;
            default:
                throw new InvalidDataException("the column's data is not of the type that its schema says");
        }
    }

    internal static unsafe float ToSingle(FixedLenByteArray value) => (float)*(Half*)value.Pointer;

    private void Append(ReadOnlySpan<short> definitions, ReadOnlySpan<short> repetitions, ReadOnlySpan<float> values, short full)
    {
        for (int at = 0; at < definitions.Length;)
        {
            if (repetitions[at] == 0)
                sink.StartRow();
            int next = repetitions[(at + 1)..].IndexOf((short)0);
            int end = next < 0 ? repetitions.Length : at + 1 + next;
            // Values are as many as places only where no place is empty.
            if (definitions[at..end].ContainsAnyExcept(full))
                throw sink.Missing();
            sink.Append(values[..(end - at)]);
            values = values[(end - at)..];
            at = end;
        }
    }

    private unsafe void Append(ReadOnlySpan<short> definitions, ReadOnlySpan<ByteArray> values, short full)
    {
        int at = 0;
        foreach (short level in definitions)
        {
            sink.StartRow();
            if (level != full)
                throw sink.Missing();
            ByteArray cell = values[at++];
            var bytes = new ReadOnlySpan<byte>((void*)cell.Pointer, cell.Length);
            raw ??= RawVectors.Of(bytes)
                ?? throw sink.Fault(
                    $"has {bytes.Length} bytes of which it is not clear whether they are float32 or float16", "Write the column as lists of floats.");
            raw.AppendTo(sink, bytes);
        }
    }

    private ReadOnlySpan<float> Round(ReadOnlySpan<double> values)
    {
        Span<float> target = Room(values.Length);
        for (int i = 0; i < values.Length; i++)
            target[i] = (float)values[i];
        return target;
    }

    private ReadOnlySpan<float> Widen(ReadOnlySpan<FixedLenByteArray> values)
    {
        Span<float> target = Room(values.Length);
        for (int i = 0; i < values.Length; i++)
            target[i] = ToSingle(values[i]);
        return target;
    }

    private Span<float> Room(int count)
    {
        if (converted.Length < count)
            converted = new float[count];
        return converted.AsSpan(0, count);
    }
}
