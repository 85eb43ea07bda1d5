using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModalityGap.Numerics;

/// <summary>
/// The 6 x 16 outer product in AVX2 registers: 12 accumulators, two column vectors, one broadcast.
/// Unrolled by hand: only named locals stay in registers.
/// </summary>
internal sealed unsafe class RegisterTile256 : RegisterTile
{
    public override string Name => "AVX2, 6 x 16";

    public override int Rows => 6;

    public override int Columns => 16;

    public static bool IsSupported => Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(float* left, float* right, int depth, float* result, int stride)
    {
        Vector256<float> c00a = Vector256<float>.Zero, c00b = Vector256<float>.Zero;
        Vector256<float> c01a = Vector256<float>.Zero, c01b = Vector256<float>.Zero;
        Vector256<float> c02a = Vector256<float>.Zero, c02b = Vector256<float>.Zero;
        Vector256<float> c03a = Vector256<float>.Zero, c03b = Vector256<float>.Zero;
        Vector256<float> c04a = Vector256<float>.Zero, c04b = Vector256<float>.Zero;
        Vector256<float> c05a = Vector256<float>.Zero, c05b = Vector256<float>.Zero;
        for (int k = 0; k < depth; k++)
        {
            Vector256<float> ya = Vector256.Load(right);
            Vector256<float> yb = Vector256.Load(right + 8);
            Vector256<float> x;
            x = Vector256.Create(left[0]);
            c00a = Vector256.FusedMultiplyAdd(x, ya, c00a);
            c00b = Vector256.FusedMultiplyAdd(x, yb, c00b);
            x = Vector256.Create(left[1]);
            c01a = Vector256.FusedMultiplyAdd(x, ya, c01a);
            c01b = Vector256.FusedMultiplyAdd(x, yb, c01b);
            x = Vector256.Create(left[2]);
            c02a = Vector256.FusedMultiplyAdd(x, ya, c02a);
            c02b = Vector256.FusedMultiplyAdd(x, yb, c02b);
            x = Vector256.Create(left[3]);
            c03a = Vector256.FusedMultiplyAdd(x, ya, c03a);
            c03b = Vector256.FusedMultiplyAdd(x, yb, c03b);
            x = Vector256.Create(left[4]);
            c04a = Vector256.FusedMultiplyAdd(x, ya, c04a);
            c04b = Vector256.FusedMultiplyAdd(x, yb, c04b);
            x = Vector256.Create(left[5]);
            c05a = Vector256.FusedMultiplyAdd(x, ya, c05a);
            c05b = Vector256.FusedMultiplyAdd(x, yb, c05b);
            left += 6;
            right += 16;
        }
        c00a.Store(result);
        c00b.Store(result + 8);
        result += stride;
        c01a.Store(result);
        c01b.Store(result + 8);
        result += stride;
        c02a.Store(result);
        c02b.Store(result + 8);
        result += stride;
        c03a.Store(result);
        c03b.Store(result + 8);
        result += stride;
        c04a.Store(result);
        c04b.Store(result + 8);
        result += stride;
        c05a.Store(result);
        c05b.Store(result + 8);
    }
}
