using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// The 12 x 8 outer product in Neon's 32 registers: 24 accumulators, two column vectors, three of rows whose lanes the multiply-add
/// picks itself. Unrolled by hand: only named locals stay in registers.
/// </summary>
/// <typeparam name="TLanes">The multiply-add: <see cref="NeonLanes"/>, or one that imitates it in a test.</typeparam>
internal sealed unsafe class RegisterTileNeon<TLanes> : RegisterTile
    where TLanes : struct, INeonLanes
{
    public override string Name => "Neon, 12 x 8";

    public override int Rows => 12;

    public override int Columns => 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(float* left, float* right, int depth, float* result, int stride)
    {
        Vector128<float> c00a = Vector128<float>.Zero, c00b = Vector128<float>.Zero;
        Vector128<float> c01a = Vector128<float>.Zero, c01b = Vector128<float>.Zero;
        Vector128<float> c02a = Vector128<float>.Zero, c02b = Vector128<float>.Zero;
        Vector128<float> c03a = Vector128<float>.Zero, c03b = Vector128<float>.Zero;
        Vector128<float> c04a = Vector128<float>.Zero, c04b = Vector128<float>.Zero;
        Vector128<float> c05a = Vector128<float>.Zero, c05b = Vector128<float>.Zero;
        Vector128<float> c06a = Vector128<float>.Zero, c06b = Vector128<float>.Zero;
        Vector128<float> c07a = Vector128<float>.Zero, c07b = Vector128<float>.Zero;
        Vector128<float> c08a = Vector128<float>.Zero, c08b = Vector128<float>.Zero;
        Vector128<float> c09a = Vector128<float>.Zero, c09b = Vector128<float>.Zero;
        Vector128<float> c10a = Vector128<float>.Zero, c10b = Vector128<float>.Zero;
        Vector128<float> c11a = Vector128<float>.Zero, c11b = Vector128<float>.Zero;
        for (int k = 0; k < depth; k++)
        {
            Vector128<float> ya = Vector128.Load(right), yb = Vector128.Load(right + 4);
            Vector128<float> x0 = Vector128.Load(left), x1 = Vector128.Load(left + 4), x2 = Vector128.Load(left + 8);
            c00a = TLanes.AddProduct0(c00a, ya, x0);
            c00b = TLanes.AddProduct0(c00b, yb, x0);
            c01a = TLanes.AddProduct1(c01a, ya, x0);
            c01b = TLanes.AddProduct1(c01b, yb, x0);
            c02a = TLanes.AddProduct2(c02a, ya, x0);
            c02b = TLanes.AddProduct2(c02b, yb, x0);
            c03a = TLanes.AddProduct3(c03a, ya, x0);
            c03b = TLanes.AddProduct3(c03b, yb, x0);
            c04a = TLanes.AddProduct0(c04a, ya, x1);
            c04b = TLanes.AddProduct0(c04b, yb, x1);
            c05a = TLanes.AddProduct1(c05a, ya, x1);
            c05b = TLanes.AddProduct1(c05b, yb, x1);
            c06a = TLanes.AddProduct2(c06a, ya, x1);
            c06b = TLanes.AddProduct2(c06b, yb, x1);
            c07a = TLanes.AddProduct3(c07a, ya, x1);
            c07b = TLanes.AddProduct3(c07b, yb, x1);
            c08a = TLanes.AddProduct0(c08a, ya, x2);
            c08b = TLanes.AddProduct0(c08b, yb, x2);
            c09a = TLanes.AddProduct1(c09a, ya, x2);
            c09b = TLanes.AddProduct1(c09b, yb, x2);
            c10a = TLanes.AddProduct2(c10a, ya, x2);
            c10b = TLanes.AddProduct2(c10b, yb, x2);
            c11a = TLanes.AddProduct3(c11a, ya, x2);
            c11b = TLanes.AddProduct3(c11b, yb, x2);
            left += 12;
            right += 8;
        }
        c00a.Store(result);
        c00b.Store(result + 4);
        result += stride;
        c01a.Store(result);
        c01b.Store(result + 4);
        result += stride;
        c02a.Store(result);
        c02b.Store(result + 4);
        result += stride;
        c03a.Store(result);
        c03b.Store(result + 4);
        result += stride;
        c04a.Store(result);
        c04b.Store(result + 4);
        result += stride;
        c05a.Store(result);
        c05b.Store(result + 4);
        result += stride;
        c06a.Store(result);
        c06b.Store(result + 4);
        result += stride;
        c07a.Store(result);
        c07b.Store(result + 4);
        result += stride;
        c08a.Store(result);
        c08b.Store(result + 4);
        result += stride;
        c09a.Store(result);
        c09b.Store(result + 4);
        result += stride;
        c10a.Store(result);
        c10b.Store(result + 4);
        result += stride;
        c11a.Store(result);
        c11b.Store(result + 4);
    }
}
