using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace ModalityGap.Formats.Arrow;

/// <summary>
/// Cells of texts and bytes. The library's own accessors trust the offsets in the file and read beside their buffers when these are
/// wrong, which ends the process; here every offset goes through a checked slice.
/// </summary>
internal static class ArrowBytes
{
    private const int ViewBytes = 16;
    private const int LongestInView = 12;

    /// <summary>The bytes of one cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cell lies outside its buffer.</exception>
    public static ReadOnlySpan<byte> At(ArrayData data, int index)
    {
        int at = checked(data.Offset + index);
        return data.DataType.TypeId switch
        {
            ArrowTypeId.String or ArrowTypeId.Binary => Between(data, MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span).Slice(at, 2)),
            ArrowTypeId.LargeString or ArrowTypeId.LargeBinary => Between(data, MemoryMarshal.Cast<byte, long>(data.Buffers[1].Span).Slice(at, 2)),
            ArrowTypeId.FixedSizedBinary => Fixed(data, at, ((FixedSizeBinaryType)data.DataType).ByteWidth),
            ArrowTypeId.StringView or ArrowTypeId.BinaryView => InView(data, at),
            _ => throw new InvalidDataException("the column's data is not of the type that its schema says"),
        };
    }

    private static ReadOnlySpan<byte> Between(ArrayData data, ReadOnlySpan<int> ends) => data.Buffers[2].Span[ends[0]..ends[1]];

    private static ReadOnlySpan<byte> Between(ArrayData data, ReadOnlySpan<long> ends) =>
        data.Buffers[2].Span[checked((int)ends[0])..checked((int)ends[1])];

    private static ReadOnlySpan<byte> Fixed(ArrayData data, int at, int width) => data.Buffers[1].Span.Slice(checked(at * width), width);

    /// <summary>A view is a length and the text itself where it is short, else its buffer and its place there.</summary>
    private static ReadOnlySpan<byte> InView(ArrayData data, int at)
    {
        ReadOnlySpan<byte> view = data.Buffers[1].Span.Slice(checked(at * ViewBytes), ViewBytes);
        ReadOnlySpan<int> parts = MemoryMarshal.Cast<byte, int>(view);
        return parts[0] <= LongestInView ? view.Slice(4, parts[0]) : data.Buffers[checked(2 + parts[2])].Span.Slice(parts[3], parts[0]);
    }
}
