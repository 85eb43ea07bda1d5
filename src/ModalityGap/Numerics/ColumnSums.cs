using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>Σ of rows by column, in float64.</summary>
internal static class ColumnSums
{
    /// <summary>
    /// sums += Σ_r factor_r · row_r, row after row: with the factors 1/‖row‖ the sum of unit rows, which are not rounded to float32 on the way.
    /// </summary>
    /// <param name="rows">Row-major, one row per factor.</param>
    /// <param name="factors">One per row.</param>
    /// <param name="sums">d sums.</param>
    public static void Add(ReadOnlySpan<float> rows, ReadOnlySpan<double> factors, Span<double> sums)
    {
        int d = sums.Length, k = 0;
        for (; k <= d - Lanes.Count; k += Lanes.Count)
        {
            Span<double> at = sums.Slice(k, Lanes.Count);
            Vector512<double> low = Vector512.Create<double>(at[..8]), high = Vector512.Create<double>(at[8..]);
            for (int r = 0; r < factors.Length; r++)
            {
                Vector512<double> factor = Vector512.Create(factors[r]);
                (Vector512<double> rowLow, Vector512<double> rowHigh) = Vector512.Widen(Vector512.Create(rows.Slice(r * d + k, Lanes.Count)));
                low = Vector512.MultiplyAddEstimate(rowLow, factor, low);
                high = Vector512.MultiplyAddEstimate(rowHigh, factor, high);
            }
            low.CopyTo(at);
            high.CopyTo(at[8..]);
        }
        for (; k < d; k++)
            for (int r = 0; r < factors.Length; r++)
                sums[k] = double.MultiplyAddEstimate(rows[r * d + k], factors[r], sums[k]);
    }

    /// <summary>sums += others.</summary>
    public static void Add(ReadOnlySpan<double> others, Span<double> sums)
    {
        for (int k = 0; k < sums.Length; k++)
            sums[k] += others[k];
    }
}
