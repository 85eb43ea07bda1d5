using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>Σ of rows by column, in float64.</summary>
internal static class ColumnSums
{
    /// <summary>sums += factor · row: with the factor 1/‖row‖ the sum of unit rows, which are not rounded to float32 on the way.</summary>
    public static void Add(ReadOnlySpan<float> row, double factor, Span<double> sums)
    {
        Vector512<double> scale = Vector512.Create(factor);
        int k = 0;
        for (; k <= row.Length - Lanes.Count; k += Lanes.Count)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Create(row.Slice(k, Lanes.Count)));
            Span<double> at = sums.Slice(k, Lanes.Count);
            Vector512.MultiplyAddEstimate(low, scale, Vector512.Create<double>(at[..8])).CopyTo(at);
            Vector512.MultiplyAddEstimate(high, scale, Vector512.Create<double>(at[8..])).CopyTo(at[8..]);
        }
        for (; k < row.Length; k++)
            sums[k] = double.MultiplyAddEstimate(row[k], factor, sums[k]);
    }

    /// <summary>sums += others.</summary>
    public static void Add(ReadOnlySpan<double> others, Span<double> sums)
    {
        for (int k = 0; k < sums.Length; k++)
            sums[k] += others[k];
    }
}
