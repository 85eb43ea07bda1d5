using System.Runtime.InteropServices;

namespace ModalityGap.Formats.Tables;

/// <summary>
/// Decides what the bytes of a cell are: float32 or float16 in little-endian order. Embeddings keep one order of magnitude, so the right
/// reading has a median near its root mean square; the wrong one spreads its values over all exponents or meets NaN and infinity.
/// </summary>
internal sealed class RawVectors
{
    /// <summary>A normal distribution has 0.67; halves read as float32 stay below 0.001, and float32 read as halves are hardly ever finite.</summary>
    private const double LeastMedian = 0.02;

    private readonly bool half;

    private RawVectors(bool half) => this.half = half;

    public string ElementType => half ? "float16" : "float32";

    /// <summary>The reading that the first row allows; <c>null</c> when neither is clear.</summary>
    public static RawVectors? Of(ReadOnlySpan<byte> row)
    {
        if (row.Length % 4 == 0 && IsEven(MemoryMarshal.Cast<byte, float>(row).ToArray()))
            return new(half: false);
        return row.Length % 2 == 0 && IsEven(Widen(row)) ? new(half: true) : null;
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
        float[] sizes = [.. values.Select(Math.Abs).Order()];
        return sizes[sizes.Length / 2] >= LeastMedian * Math.Sqrt(squares / values.Length);
    }
}
