using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// Sixteen virtual lanes: one AVX-512 register, or two or four narrower ones. Sums are folded in one fixed order, so a result does not
/// depend on how wide the processor is.
/// </summary>
internal static unsafe class Lanes
{
    public const int Count = 16;

    /// <summary>All bits set in lanes [from, to), none elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Between(int from, int to)
    {
        Vector512<int> lane = Vector512<int>.Indices;
        return (Vector512.GreaterThanOrEqual(lane, Vector512.Create(from)) & Vector512.LessThan(lane, Vector512.Create(to))).AsSingle();
    }

    /// <summary>How many lanes of a comparison hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountTrue(Vector512<float> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());

    /// <summary>The sum of all lanes: halves, quarters, eighths, in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> v)
    {
        Vector256<float> eight = v.GetLower() + v.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <summary>The sum of eight lanes in float64, in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> v)
    {
        Vector256<double> four = v.GetLower() + v.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <summary>The largest lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> v)
    {
        Vector256<float> eight = Vector256.MaxNative(v.GetLower(), v.GetUpper());
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[2]), MathF.Max(four[1], four[3]));
    }

    /// <summary>
    /// 2^z for z in [-126, 127], clamped outside, relative error below 2e-7: z = n + f with |f| at most ½, and 2^f by the polynomial of
    /// degree 6 whose largest relative error on that interval is smallest, 1.9e-9; the rest is rounding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> z)
    {
        z = Vector512.MinNative(Vector512.MaxNative(z, Vector512.Create(-126f)), Vector512.Create(127f));
        Vector512<float> n = Vector512.Round(z);
        Vector512<float> f = z - n;
        Vector512<float> p = Vector512.Create(1.534585124e-4f);
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1.339993162e-3f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(9.618488799e-3f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(5.550328775e-2f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(2.402264689e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(6.931472057e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1f));
        Vector512<int> exponent = Vector512.ShiftLeft(Vector512.ConvertToInt32Native(n), 23);
        return (p.AsInt32() + exponent).AsSingle();
    }

    /// <summary>
    /// log2 x for positive normal x, error below 1e-6 or a relative error of 3e-7, whichever is larger: x = 2^e m with m between √½ and √2, and
    /// log2 m = 2/ln 2 (s + s³/3 + s⁵/5 + s⁷/7 + s⁹/9), s = (m - 1)/(m + 1).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log2(Vector512<float> x)
    {
        // Bits of √½: what lies below belongs to the exponent before.
        Vector512<int> offset = x.AsInt32() - Vector512.Create(0x3F3504F3);
        Vector512<int> exponent = Vector512.ShiftRightArithmetic(offset, 23);
        Vector512<float> m = (x.AsInt32() - Vector512.ShiftLeft(exponent, 23)).AsSingle();
        Vector512<float> s = (m - Vector512.Create(1f)) / (m + Vector512.Create(1f));
        Vector512<float> square = s * s;
        Vector512<float> p = Vector512.Create(0.32059889f);
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(0.41219858f));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(0.57707802f));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(0.96179669f));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(2.88539008f));
        return Vector512.FusedMultiplyAdd(p, s, Vector512.ConvertToSingle(exponent));
    }
}
