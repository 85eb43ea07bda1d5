using System.Buffers.Binary;
using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Writes rows as little-endian elements of a type, block by block.</summary>
internal static class RowWriting
{
    private const int BlockValues = 64 * 1024;

    public static int SizeOf(WrittenType type) => type switch
    {
        WrittenType.Float16 => 2,
        WrittenType.Float32 => 4,
        WrittenType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Writes every row of a set.</summary>
    public static void WriteAll(
        Stream target, EmbeddingSet set, WrittenType type, WriteProgress progress, CancellationToken cancellation)
    {
        int size = SizeOf(type);
        byte[] bytes = new byte[Math.Min(BlockValues, set.Values.Length) * size];
        for (int at = 0; at < set.Values.Length; at += BlockValues)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockValues, set.Values.Length - at);
            Encode(set, at, bytes.AsSpan(0, count * size), type);
            target.Write(bytes, 0, count * size);
            progress.Add(count);
        }
    }

    /// <summary>Encodes as many values as the target holds, from one of the set's on.</summary>
    /// <exception cref="EmbeddingDataException">A finite value is beyond float16.</exception>
    public static void Encode(EmbeddingSet set, int start, Span<byte> target, WrittenType type)
    {
        ReadOnlySpan<float> values = set.Values.AsSpan(start, target.Length / SizeOf(type));
        switch (type)
        {
            case WrittenType.Float16:
                for (int i = 0; i < values.Length; i++)
                    BinaryPrimitives.WriteHalfLittleEndian(target[(2 * i)..], ToHalf(set, start + i));
                break;
            case WrittenType.Float32:
                for (int i = 0; i < values.Length; i++)
                    BinaryPrimitives.WriteSingleLittleEndian(target[(4 * i)..], values[i]);
                break;
            default:
                for (int i = 0; i < values.Length; i++)
                    BinaryPrimitives.WriteDoubleLittleEndian(target[(8 * i)..], values[i]);
                break;
        }
    }

    /// <summary>A value of a set in half precision.</summary>
    /// <exception cref="EmbeddingDataException">It is finite, but beyond float16.</exception>
    public static Half ToHalf(EmbeddingSet set, int index)
    {
        float value = set.Values[index];
        var half = (Half)value;
        if (Half.IsInfinity(half) && float.IsFinite(value))
            throw new EmbeddingDataException(
                set.Provenance.Source,
                string.Create(CultureInfo.InvariantCulture, $"row {index / set.Dimensions} of {set.Modality} holds {value}; float16 ends at 65,504."),
                "Write --dtype float32.");
        return half;
    }

    /// <summary>A value of the type as the shortest decimal that reads back as it; all readers take decimals as float32.</summary>
    public static string ToText(EmbeddingSet set, int index, WrittenType type) => type switch
    {
        WrittenType.Float16 => Decimal((float)ToHalf(set, index)),
        WrittenType.Float32 => Decimal(set.Values[index]),
        _ => Decimal((double)set.Values[index]),
    };

    private static string Decimal<T>(T value)
        where T : System.Numerics.INumber<T> => T.IsNaN(value)
        ? "NaN"
        : T.IsInfinity(value)
            ? T.IsNegative(value) ? "-Infinity" : "Infinity"
            : value.ToString("R", CultureInfo.InvariantCulture);
}
