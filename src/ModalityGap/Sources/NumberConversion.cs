using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ModalityGap.Sources;

/// <summary>Turns stored elements into float32: narrower types are widened, float64 is rounded to nearest.</summary>
internal static class NumberConversion
{
    /// <summary>Converts a block of whole elements; the block's bytes are put into this machine's order on the way.</summary>
    public static void ToSingle(ElementType type, Span<byte> block, Span<float> target)
    {
        if (type.BigEndian == BitConverter.IsLittleEndian)
            Reverse(block, type.Size);
        switch (type.Number)
        {
            case NumberType.Float32:
                MemoryMarshal.Cast<byte, float>(block).CopyTo(target);
                break;
            case NumberType.Float64:
                Round(MemoryMarshal.Cast<byte, double>(block), target);
                break;
            case NumberType.Float16:
                Widen(MemoryMarshal.Cast<byte, Half>(block), target);
                break;
            case NumberType.BFloat16:
                WidenBrain(MemoryMarshal.Cast<byte, ushort>(block), target);
                break;
            case NumberType.Int8:
                Widen(MemoryMarshal.Cast<byte, sbyte>(block), target);
                break;
            case NumberType.UInt8:
                Widen(block, target);
                break;
            default:
                throw new ArgumentException($"{type.Name} has no conversion.", nameof(type));
        }
    }

    private static void Reverse(Span<byte> block, int size)
    {
        switch (size)
        {
            case 2:
                Span<ushort> two = MemoryMarshal.Cast<byte, ushort>(block);
                BinaryPrimitives.ReverseEndianness(two, two);
                break;
            case 4:
                Span<uint> four = MemoryMarshal.Cast<byte, uint>(block);
                BinaryPrimitives.ReverseEndianness(four, four);
                break;
            case 8:
                Span<ulong> eight = MemoryMarshal.Cast<byte, ulong>(block);
                BinaryPrimitives.ReverseEndianness(eight, eight);
                break;
        }
    }

    private static void Round(ReadOnlySpan<double> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = (float)source[i];
    }

    private static void Widen(ReadOnlySpan<Half> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = (float)source[i];
    }

    /// <summary>A bfloat16 is the upper half of a float32.</summary>
    private static void WidenBrain(ReadOnlySpan<ushort> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
    }

    private static void Widen(ReadOnlySpan<sbyte> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = source[i];
    }

    private static void Widen(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = source[i];
    }
}
