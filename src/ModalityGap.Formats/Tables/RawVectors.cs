using System.Runtime.InteropServices;

namespace ModalityGap.Formats.Tables;

/// <summary>
/// Decides what the bytes of a cell are: float32 or float16 in little-endian order. They are halves when all of them are finite, of about
/// one size, and of the same size at even places as at odd ones; a float32 read as two halves is uneven there, for one half of it is
/// noise or zero, the other sign and exponent.
/// </summary>
internal sealed class RawVectors
{
    /// <summary>The least ratio of median to root mean square: a normal distribution has 0.67, noise read as halves 0.0001.</summary>
    private const double LeastMedian = 0.02;

    /// <summary>The most by which the medians at even and at odd places may differ.</summary>
    private const float MostDifference = 4;

    private readonly bool half;

    private RawVectors(bool half) => this.half = half;

    public string ElementType => half ? "float16" : "float32";

    /// <summary>The reading that the first row allows; <c>null</c> when neither is clear.</summary>
    public static RawVectors? Of(ReadOnlySpan<byte> row)
    {
        if (row.Length % 2 == 0 && Widen(row) is var halves && IsEven(halves) && PlacesAreAlike(halves))
            return new(half: true);
        return row.Length % 4 == 0 && IsEven(MemoryMarshal.Cast<byte, float>(row).ToArray()) ? new(half: false) : null;
    }

    public void AppendTo(VectorSink sink, ReadOnlySpan<byte> row)
    {
        if (row.Length % (half ? 2 : 4) != 0)
            throw sink.Fault($"has {row.Length} bytes, not a multiple of {(half ? 2 : 4)} as {ElementType} has", "Repair or encode that item again.");
        sink.Append(half ? Widen(row) : MemoryMarshal.Cast<byte, float>(row));
    }

    private static float[] Widen(ReadOnlySpan<byte> row)
    {
        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(row);
        var wide = new float[halves.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = (float)halves[i];
        return wide;
    }

    private static bool IsEven(float[] values)
    {
        double squares = 0;
        foreach (float value in values)
            squares += (double)value * value;
        if (values.Length == 0 || !double.IsFinite(squares) || squares == 0)
            return false;
        return Median(values) >= LeastMedian * Math.Sqrt(squares / values.Length);
    }

    private static bool PlacesAreAlike(float[] values)
    {
        float even = Median(values.Where((_, i) => i % 2 == 0)), odd = Median(values.Where((_, i) => i % 2 == 1));
        return even <= MostDifference * odd && odd <= MostDifference * even;
    }

    private static float Median(IEnumerable<float> values)
    {
        float[] sizes = [.. values.Select(Math.Abs).Order()];
        return sizes.Length == 0 ? 0 : sizes[sizes.Length / 2];
    }
}
