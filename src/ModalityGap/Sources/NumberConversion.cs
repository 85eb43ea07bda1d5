using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Sources;

/// <summary>Turns stored elements into float32: narrower types are widened, float64 is rounded to nearest.</summary>
internal static class NumberConversion
{
    /// <summary>Values in the widest register.</summary>
    private const int Lanes = 16;

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
        int i = 0;
        for (; i <= source.Length - Lanes; i += Lanes)
            Vector512.Narrow(Vector512.Create(source.Slice(i, 8)), Vector512.Create(source.Slice(i + 8, 8))).CopyTo(target[i..]);
        for (; i < source.Length; i++)
            target[i] = (float)source[i];
    }

    /// <summary>
    /// A float16 has the float32's layout with a shorter exponent: with its bits moved to their places, a factor of 2^112 mends the exponent's
    /// offset, exactly and for subnormal values too. What comes out at 2^16 or above was infinite or NaN and gets that exponent.
    /// </summary>
    private static void Widen(ReadOnlySpan<Half> source, Span<float> target)
    {
        ReadOnlySpan<short> bits = MemoryMarshal.Cast<Half, short>(source);
        Vector512<float> factor = Vector512.Create(5.192296858534828e33f), beyond = Vector512.Create(65536f);
        int i = 0;
        for (; i <= source.Length - Lanes; i += Lanes)
        {
            Vector256<short> halves = Vector256.Create(bits.Slice(i, Lanes));
            // The sign is extended to the left; of its copies the mask keeps the uppermost.
            Vector512<int> wide = Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
            Vector512<float> value = ((wide << 13) & Vector512.Create(unchecked((int)0x8fffe000))).AsSingle() * factor;
            Vector512<int> special = Vector512.GreaterThanOrEqual(Vector512.Abs(value), beyond).AsInt32() & Vector512.Create(0x7f800000);
            (value.AsInt32() | special).AsSingle().CopyTo(target[i..]);
        }
        for (; i < source.Length; i++)
            target[i] = (float)source[i];
    }

    /// <summary>A bfloat16 is the upper half of a float32.</summary>
    private static void WidenBrain(ReadOnlySpan<ushort> source, Span<float> target)
    {
        int i = 0;
        for (; i <= source.Length - Lanes; i += Lanes)
        {
            Vector256<ushort> halves = Vector256.Create(source.Slice(i, Lanes));
            Vector512<uint> wide = Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
            (wide << 16).AsSingle().CopyTo(target[i..]);
        }
        for (; i < source.Length; i++)
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
