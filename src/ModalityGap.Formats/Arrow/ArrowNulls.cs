using Apache.Arrow;

namespace ModalityGap.Formats.Arrow;

/// <summary>Places without a value, by the bits of an array.</summary>
internal static class ArrowNulls
{
    /// <summary>The first of some places without a value; -1 when all have one.</summary>
    public static int First(ArrayData data, int start, int count)
    {
        ReadOnlySpan<byte> bits = data.Buffers[0].Span;
        if (bits.IsEmpty)
            return -1;
        int first = checked(data.Offset + start);
        for (int i = 0; i < count; i++)
        {
            if ((bits[(first + i) >> 3] & (1 << ((first + i) & 7))) == 0)
                return i;
        }
        return -1;
    }
}
