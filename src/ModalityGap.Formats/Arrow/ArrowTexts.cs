using System.Globalization;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using ModalityGap.Formats.Tables;

namespace ModalityGap.Formats.Arrow;

/// <summary>Takes a column of ids, labels or captions: texts, numbers, or texts by their number in a dictionary.</summary>
internal static class ArrowTexts
{
    public static void Add(ArrayData data, int rows, TextSink sink)
    {
        for (int i = 0; i < rows; i++)
        {
            if (ArrowNulls.First(data, i, 1) >= 0)
                sink.AddMissing();
            else if (data.DataType is DictionaryType coded)
                AddCoded(data, coded, i, sink);
            else if (data.DataType.TypeId is ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView)
                sink.Add(ArrowBytes.At(data, i));
            else
                AddNumber(data, i, sink);
        }
    }

    private static void AddCoded(ArrayData data, DictionaryType type, int index, TextSink sink)
    {
        ArrayData texts = data.Dictionary ?? throw new InvalidDataException("a dictionary is missing");
        long code = Integer(data, type.IndexType, index);
        if (code < 0 || code >= texts.Length)
            throw new InvalidDataException($"row {sink.Texts.Count} names text {code} of a dictionary of {texts.Length}");
        sink.Add(ArrowBytes.At(texts, (int)code));
    }

    private static void AddNumber(ArrayData data, int index, TextSink sink)
    {
        Span<char> text = stackalloc char[32];
        int length;
        _ = data.DataType.TypeId switch
        {
            ArrowTypeId.HalfFloat => At<Half>(data, index).TryFormat(text, out length, default, CultureInfo.InvariantCulture),
            ArrowTypeId.Float => At<float>(data, index).TryFormat(text, out length, default, CultureInfo.InvariantCulture),
            ArrowTypeId.Double => At<double>(data, index).TryFormat(text, out length, default, CultureInfo.InvariantCulture),
            ArrowTypeId.UInt64 => At<ulong>(data, index).TryFormat(text, out length, default, CultureInfo.InvariantCulture),
            _ => Integer(data, data.DataType, index).TryFormat(text, out length, default, CultureInfo.InvariantCulture),
        };
        sink.Add(text[..length]);
    }

    private static long Integer(ArrayData data, IArrowType type, int index) => type.TypeId switch
    {
        ArrowTypeId.Int8 => At<sbyte>(data, index),
        ArrowTypeId.Int16 => At<short>(data, index),
        ArrowTypeId.Int32 => At<int>(data, index),
        ArrowTypeId.Int64 => At<long>(data, index),
        ArrowTypeId.UInt8 => At<byte>(data, index),
        ArrowTypeId.UInt16 => At<ushort>(data, index),
        ArrowTypeId.UInt32 => At<uint>(data, index),
        _ => throw new InvalidDataException("the column of ids or labels holds neither texts nor numbers"),
    };

    private static T At<T>(ArrayData data, int index)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span)[checked(data.Offset + index)];
}
