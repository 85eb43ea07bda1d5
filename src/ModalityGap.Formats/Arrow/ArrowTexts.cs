using System.Globalization;
using Apache.Arrow;
using ModalityGap.Formats.Tables;

namespace ModalityGap.Formats.Arrow;

/// <summary>Takes a column of ids or labels.</summary>
internal static class ArrowTexts
{
    public static void Add(IArrowArray array, int rows, TextSink sink)
    {
        switch (array)
        {
            case DictionaryArray { Dictionary: StringArray texts } coded:
                int[] codes = [.. coded.EnumeratePhysicalIndices().Take(rows)];
                AddAll(rows, sink, i => coded.Indices.IsNull(i) ? null : texts.GetString(codes[i]));
                break;
            case StringArray texts:
                AddAll(rows, sink, i => texts.GetString(i));
                break;
            case LargeStringArray texts:
                AddAll(rows, sink, i => texts.GetString(i));
                break;
            case StringViewArray texts:
                AddAll(rows, sink, i => texts.GetString(i));
                break;
            case Int8Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case Int16Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case Int32Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case Int64Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case UInt8Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case UInt16Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case UInt32Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case UInt64Array numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case FloatArray numbers:
                AddNumbers(numbers, rows, sink);
                break;
            case DoubleArray numbers:
                AddNumbers(numbers, rows, sink);
                break;
            default:
                throw new InvalidDataException("the column of ids or labels holds neither texts nor numbers");
        }
    }

    private static void AddNumbers<T>(PrimitiveArray<T> numbers, int rows, TextSink sink)
        where T : struct, IEquatable<T>, IFormattable =>
        AddAll(rows, sink, i => numbers.GetValue(i)?.ToString(null, CultureInfo.InvariantCulture));

    private static void AddAll(int rows, TextSink sink, Func<int, string?> text)
    {
        for (int i = 0; i < rows; i++)
            sink.Add(text(i) ?? throw sink.Missing());
    }
}
