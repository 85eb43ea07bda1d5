using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModalityGap.Numerics;

/// <summary>
/// The 14 x 32 outer product in AVX-512 registers: 28 accumulators, two column vectors, one broadcast.
/// Unrolled by hand: only named locals stay in registers.
/// </summary>
internal sealed unsafe class RegisterTile512 : RegisterTile
{
    public override string Name => "AVX-512, 14 x 32";

    public override int Rows => 14;

    public override int Columns => 32;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(float* left, float* right, int depth, float* result, int stride)
    {
        Vector512<float> c00a = Vector512<float>.Zero, c00b = Vector512<float>.Zero;
        Vector512<float> c01a = Vector512<float>.Zero, c01b = Vector512<float>.Zero;
        Vector512<float> c02a = Vector512<float>.Zero, c02b = Vector512<float>.Zero;
        Vector512<float> c03a = Vector512<float>.Zero, c03b = Vector512<float>.Zero;
        Vector512<float> c04a = Vector512<float>.Zero, c04b = Vector512<float>.Zero;
        Vector512<float> c05a = Vector512<float>.Zero, c05b = Vector512<float>.Zero;
        Vector512<float> c06a = Vector512<float>.Zero, c06b = Vector512<float>.Zero;
        Vector512<float> c07a = Vector512<float>.Zero, c07b = Vector512<float>.Zero;
        Vector512<float> c08a = Vector512<float>.Zero, c08b = Vector512<float>.Zero;
        Vector512<float> c09a = Vector512<float>.Zero, c09b = Vector512<float>.Zero;
        Vector512<float> c10a = Vector512<float>.Zero, c10b = Vector512<float>.Zero;
        Vector512<float> c11a = Vector512<float>.Zero, c11b = Vector512<float>.Zero;
        Vector512<float> c12a = Vector512<float>.Zero, c12b = Vector512<float>.Zero;
        Vector512<float> c13a = Vector512<float>.Zero, c13b = Vector512<float>.Zero;
        for (int k = 0; k < depth; k++)
        {
            Vector512<float> ya = Vector512.Load(right);
            Vector512<float> yb = Vector512.Load(right + 16);
            Vector512<float> x;
            x = Vector512.Create(left[0]);
            c00a = Vector512.FusedMultiplyAdd(x, ya, c00a);
            c00b = Vector512.FusedMultiplyAdd(x, yb, c00b);
            x = Vector512.Create(left[1]);
            c01a = Vector512.FusedMultiplyAdd(x, ya, c01a);
            c01b = Vector512.FusedMultiplyAdd(x, yb, c01b);
            x = Vector512.Create(left[2]);
            c02a = Vector512.FusedMultiplyAdd(x, ya, c02a);
            c02b = Vector512.FusedMultiplyAdd(x, yb, c02b);
            x = Vector512.Create(left[3]);
            c03a = Vector512.FusedMultiplyAdd(x, ya, c03a);
            c03b = Vector512.FusedMultiplyAdd(x, yb, c03b);
            x = Vector512.Create(left[4]);
            c04a = Vector512.FusedMultiplyAdd(x, ya, c04a);
            c04b = Vector512.FusedMultiplyAdd(x, yb, c04b);
            x = Vector512.Create(left[5]);
            c05a = Vector512.FusedMultiplyAdd(x, ya, c05a);
            c05b = Vector512.FusedMultiplyAdd(x, yb, c05b);
            x = Vector512.Create(left[6]);
            c06a = Vector512.FusedMultiplyAdd(x, ya, c06a);
            c06b = Vector512.FusedMultiplyAdd(x, yb, c06b);
            x = Vector512.Create(left[7]);
            c07a = Vector512.FusedMultiplyAdd(x, ya, c07a);
            c07b = Vector512.FusedMultiplyAdd(x, yb, c07b);
            x = Vector512.Create(left[8]);
            c08a = Vector512.FusedMultiplyAdd(x, ya, c08a);
            c08b = Vector512.FusedMultiplyAdd(x, yb, c08b);
            x = Vector512.Create(left[9]);
            c09a = Vector512.FusedMultiplyAdd(x, ya, c09a);
            c09b = Vector512.FusedMultiplyAdd(x, yb, c09b);
            x = Vector512.Create(left[10]);
            c10a = Vector512.FusedMultiplyAdd(x, ya, c10a);
            c10b = Vector512.FusedMultiplyAdd(x, yb, c10b);
            x = Vector512.Create(left[11]);
            c11a = Vector512.FusedMultiplyAdd(x, ya, c11a);
            c11b = Vector512.FusedMultiplyAdd(x, yb, c11b);
            x = Vector512.Create(left[12]);
            c12a = Vector512.FusedMultiplyAdd(x, ya, c12a);
            c12b = Vector512.FusedMultiplyAdd(x, yb, c12b);
            x = Vector512.Create(left[13]);
            c13a = Vector512.FusedMultiplyAdd(x, ya, c13a);
            c13b = Vector512.FusedMultiplyAdd(x, yb, c13b);
            left += 14;
            right += 32;
        }
        c00a.Store(result);
        c00b.Store(result + 16);
        result += stride;
        c01a.Store(result);
        c01b.Store(result + 16);
        result += stride;
        c02a.Store(result);
        c02b.Store(result + 16);
        result += stride;
        c03a.Store(result);
        c03b.Store(result + 16);
        result += stride;
        c04a.Store(result);
        c04b.Store(result + 16);
        result += stride;
        c05a.Store(result);
        c05b.Store(result + 16);
        result += stride;
        c06a.Store(result);
        c06b.Store(result + 16);
        result += stride;
        c07a.Store(result);
        c07b.Store(result + 16);
        result += stride;
        c08a.Store(result);
        c08b.Store(result + 16);
        result += stride;
        c09a.Store(result);
        c09b.Store(result + 16);
        result += stride;
        c10a.Store(result);
        c10b.Store(result + 16);
        result += stride;
        c11a.Store(result);
        c11b.Store(result + 16);
        result += stride;
        c12a.Store(result);
        c12b.Store(result + 16);
        result += stride;
        c13a.Store(result);
        c13b.Store(result + 16);
    }
}
