using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>What happens to a single row around a product: in float64, rounded once to float32.</summary>
internal static class RowArithmetic
{
    /// <summary>target = scale (x - centre) + offset, entry by entry.</summary>
    /// <param name="x">d values.</param>
    /// <param name="centre">d values, or none for 0.</param>
    /// <param name="scale">d values, one for all, or none for 1.</param>
    /// <param name="offset">d values, or none for 0.</param>
    /// <param name="target">d values; may be <paramref name="x"/>.</param>
    public static void Affine(
        ReadOnlySpan<float> x, ReadOnlySpan<double> centre, ReadOnlySpan<double> scale, ReadOnlySpan<double> offset, Span<float> target)
    {
        int k = 0;
        for (; k <= x.Length - Lanes.Count; k += Lanes.Count)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Create(x.Slice(k, Lanes.Count)));
            if (!centre.IsEmpty)
                (low, high) = (low - Vector512.Create(centre.Slice(k, 8)), high - Vector512.Create(centre.Slice(k + 8, 8)));
            if (scale.Length == 1)
                (low, high) = (low * scale[0], high * scale[0]);
            else if (!scale.IsEmpty)
                (low, high) = (low * Vector512.Create(scale.Slice(k, 8)), high * Vector512.Create(scale.Slice(k + 8, 8)));
            if (!offset.IsEmpty)
                (low, high) = (low + Vector512.Create(offset.Slice(k, 8)), high + Vector512.Create(offset.Slice(k + 8, 8)));
            Vector512.Narrow(low, high).CopyTo(target.Slice(k, Lanes.Count));
        }
        for (; k < x.Length; k++)
        {
            double value = x[k];
            if (!centre.IsEmpty)
                value -= centre[k];
            if (!scale.IsEmpty)
                value *= scale.Length == 1 ? scale[0] : scale[k];
            if (!offset.IsEmpty)
                value += offset[k];
            target[k] = (float)value;
        }
    }

    /// <summary>row = row / norm, entry by entry.</summary>
    public static void Divide(Span<float> row, double norm)
    {
        int k = 0;
        for (; k <= row.Length - Lanes.Count; k += Lanes.Count)
        {
            Span<float> at = row.Slice(k, Lanes.Count);
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Create<float>(at));
            Vector512.Narrow(low / norm, high / norm).CopyTo(at);
        }
        for (; k < row.Length; k++)
            row[k] = (float)(row[k] / norm);
    }
}
