using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>Single products, in the two precisions that the measures need.</summary>
internal static class Dot
{
    /// <summary>x·y to the bit as the similarity tile gives it: float32, fused, in ascending k.</summary>
    public static float AsInTile(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        float sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum = float.MultiplyAddEstimate(x[k], y[k], sum);
        return sum;
    }

    /// <summary>
    /// x·y accumulated in float64 in sixteen fixed lanes; the products of two float32 are exact there, so that a fused addition and one of
    /// its own have the same bits.
    /// </summary>
    public static double Float64(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector512<double> low = default, high = default;
        int k = 0;
        for (; k <= x.Length - Lanes.Count; k += Lanes.Count)
        {
            (Vector512<double> xLow, Vector512<double> xHigh) = Vector512.Widen(Vector512.Create(x.Slice(k, Lanes.Count)));
            (Vector512<double> yLow, Vector512<double> yHigh) = Vector512.Widen(Vector512.Create(y.Slice(k, Lanes.Count)));
            low = Vector512.MultiplyAddEstimate(xLow, yLow, low);
            high = Vector512.MultiplyAddEstimate(xHigh, yHigh, high);
        }
        double sum = Lanes.Sum(low + high);
        for (; k < x.Length; k++)
            sum += (double)x[k] * y[k];
        return sum;
    }

    /// <summary>x·x, y·y and x·y at once, each to the bit as <see cref="Float64(ReadOnlySpan{float}, ReadOnlySpan{float})"/> gives it.</summary>
    public static (double XX, double YY, double XY) AllFloat64(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector512<double> xxLow = default, xxHigh = default, yyLow = default, yyHigh = default, xyLow = default, xyHigh = default;
        int k = 0;
        for (; k <= x.Length - Lanes.Count; k += Lanes.Count)
        {
            (Vector512<double> xLow, Vector512<double> xHigh) = Vector512.Widen(Vector512.Create(x.Slice(k, Lanes.Count)));
            (Vector512<double> yLow, Vector512<double> yHigh) = Vector512.Widen(Vector512.Create(y.Slice(k, Lanes.Count)));
            xxLow = Vector512.MultiplyAddEstimate(xLow, xLow, xxLow);
            xxHigh = Vector512.MultiplyAddEstimate(xHigh, xHigh, xxHigh);
            yyLow = Vector512.MultiplyAddEstimate(yLow, yLow, yyLow);
            yyHigh = Vector512.MultiplyAddEstimate(yHigh, yHigh, yyHigh);
            xyLow = Vector512.MultiplyAddEstimate(xLow, yLow, xyLow);
            xyHigh = Vector512.MultiplyAddEstimate(xHigh, yHigh, xyHigh);
        }
        double xx = Lanes.Sum(xxLow + xxHigh), yy = Lanes.Sum(yyLow + yyHigh), xy = Lanes.Sum(xyLow + xyHigh);
        for (; k < x.Length; k++)
        {
            xx += (double)x[k] * x[k];
            yy += (double)y[k] * y[k];
            xy += (double)x[k] * y[k];
        }
        return (xx, yy, xy);
    }

    /// <summary>x·y for a float32 row and a float64 vector.</summary>
    public static double Float64(ReadOnlySpan<float> x, ReadOnlySpan<double> y)
    {
        Vector512<double> low = default, high = default;
        int k = 0;
        for (; k <= x.Length - Lanes.Count; k += Lanes.Count)
        {
            (Vector512<double> xLow, Vector512<double> xHigh) = Vector512.Widen(Vector512.Create(x.Slice(k, Lanes.Count)));
            low += xLow * Vector512.Create(y.Slice(k, 8));
            high += xHigh * Vector512.Create(y.Slice(k + 8, 8));
        }
        double sum = Lanes.Sum(low + high);
        for (; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }

    /// <summary>a·b of float64 vectors, in sixteen fixed lanes.</summary>
    public static double Float64(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> low = default, high = default;
        int k = 0;
        for (; k <= a.Length - Lanes.Count; k += Lanes.Count)
        {
            low += Vector512.Create(a.Slice(k, 8)) * Vector512.Create(b.Slice(k, 8));
            high += Vector512.Create(a.Slice(k + 8, 8)) * Vector512.Create(b.Slice(k + 8, 8));
        }
        double sum = Lanes.Sum(low + high);
        for (; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }

    /// <summary>
    /// The most by which a float32 product of unit rows can err: each of d fused additions rounds a partial sum of at most 1 by at most
    /// 2^-24, and entries of one sign make these errors add up; a few more for the comparison itself.
    /// </summary>
    public static float Uncertainty(int dimensions) => MathF.ScaleB(dimensions + 4, -24);
}
