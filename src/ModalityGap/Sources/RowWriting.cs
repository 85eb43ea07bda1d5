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
        int beyond = Encode(set.Values.AsSpan(start, target.Length / SizeOf(type)), target, type);
        if (beyond >= 0)
            throw Beyond(set.Provenance.Source, set.Modality, (start + beyond) / set.Dimensions, set.Values[start + beyond]);
    }

    /// <summary>Encodes values.</summary>
    /// <returns>The index of the first finite value that is beyond float16, or -1.</returns>
    public static int Encode(ReadOnlySpan<float> values, Span<byte> target, WrittenType type)
    {
        int beyond = -1;
        switch (type)
        {
            case WrittenType.Float16:
                for (int i = 0; i < values.Length; i++)
                {
                    var half = (Half)values[i];
                    if (beyond < 0 && IsBeyond(half, values[i]))
                        beyond = i;
                    BinaryPrimitives.WriteHalfLittleEndian(target[(2 * i)..], half);
                }
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
        return beyond;
    }

    /// <summary>A value of a set in half precision.</summary>
    /// <exception cref="EmbeddingDataException">It is finite, but beyond float16.</exception>
    public static Half ToHalf(EmbeddingSet set, int index)
    {
        float value = set.Values[index];
        var half = (Half)value;
        return IsBeyond(half, value) ? throw Beyond(set.Provenance.Source, set.Modality, index / set.Dimensions, value) : half;
    }

    /// <summary>Names a row with a value that float16 cannot hold.</summary>
    public static EmbeddingDataException Beyond(string source, Modality modality, long row, float value) => new(
        source,
        string.Create(CultureInfo.InvariantCulture, $"row {row} of {modality} holds {value}; float16 ends at 65,504."),
        "Write --dtype float32.");

    /// <summary>A value of the type as the shortest decimal that reads back as it; all readers take decimals as float32.</summary>
    public static string ToText(EmbeddingSet set, int index, WrittenType type) => type switch
    {
        WrittenType.Float16 => Decimal((float)ToHalf(set, index)),
        WrittenType.Float32 => Decimal(set.Values[index]),
        _ => Decimal((double)set.Values[index]),
    };

    private static bool IsBeyond(Half half, float value) => Half.IsInfinity(half) && float.IsFinite(value);

    private static string Decimal<T>(T value)
        where T : System.Numerics.INumber<T> => T.IsNaN(value)
        ? "NaN"
        : T.IsInfinity(value)
            ? T.IsNegative(value) ? "-Infinity" : "Infinity"
            : value.ToString("R", CultureInfo.InvariantCulture);
}
