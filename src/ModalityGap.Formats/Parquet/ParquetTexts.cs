using System.Globalization;
using ModalityGap.Formats.Tables;
using ParquetSharp;

namespace ModalityGap.Formats.Parquet;

/// <summary>Takes a column of ids, labels or captions.</summary>
internal static class ParquetTexts
{
    public static void Read(ColumnReader reader, TextSink sink, CancellationToken cancellation)
    {
        short full = reader.ColumnDescriptor.MaxDefinitionLevel;
        switch (reader)
        {
            case ColumnReader<ByteArray> texts:
                ParquetBatches.Read(texts, (definitions, _, values) => AddTexts(definitions, values, full, sink), cancellation);
                break;
            case ColumnReader<int> numbers:
                ParquetBatches.Read(numbers, (definitions, _, values) => Add(definitions, values, full, sink), cancellation);
                break;
            case ColumnReader<long> numbers:
                ParquetBatches.Read(numbers, (definitions, _, values) => Add(definitions, values, full, sink), cancellation);
                break;
            case ColumnReader<float> numbers:
                ParquetBatches.Read(numbers, (definitions, _, values) => Add(definitions, values, full, sink), cancellation);
                break;
            case ColumnReader<double> numbers:
                ParquetBatches.Read(numbers, (definitions, _, values) => Add(definitions, values, full, sink), cancellation);
                break;
            default:
                throw new InvalidDataException("the column of ids or labels holds neither texts nor numbers");
        }
    }

    private static unsafe void AddTexts(ReadOnlySpan<short> definitions, ReadOnlySpan<ByteArray> values, short full, TextSink sink)
    {
        int at = 0;
        foreach (short level in definitions)
        {
            if (level != full)
            {
                sink.AddMissing();
                continue;
            }
            ByteArray text = values[at++];
            sink.Add(new ReadOnlySpan<byte>((void*)text.Pointer, text.Length));
        }
    }

    private static void Add<T>(ReadOnlySpan<short> definitions, ReadOnlySpan<T> values, short full, TextSink sink)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[32];
        int at = 0;
        foreach (short level in definitions)
        {
            if (level != full)
            {
                sink.AddMissing();
                continue;
            }
            values[at++].TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
            sink.Add(text[..length]);
        }
    }
}
