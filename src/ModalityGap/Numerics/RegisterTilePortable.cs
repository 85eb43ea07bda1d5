using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// A 4 x 8 outer product in 128-bit registers, for processors without AVX2 and Neon: fused where the hardware fuses, else a product
/// and a sum, which agrees with the other paths to 1e-5.
/// </summary>
internal sealed unsafe class RegisterTilePortable : RegisterTile
{
    public override string Name => "portable, 4 x 8";

    public override int Rows => 4;

    public override int Columns => 8;

    public override void Multiply(float* left, float* right, int depth, float* result, int stride)
    {
        Vector128<float> c0a = default, c0b = default, c1a = default, c1b = default;
        Vector128<float> c2a = default, c2b = default, c3a = default, c3b = default;
        for (int k = 0; k < depth; k++)
        {
            Vector128<float> ya = Vector128.Load(right), yb = Vector128.Load(right + 4);
            Vector128<float> x = Vector128.Create(left[0]);
            c0a = Vector128.MultiplyAddEstimate(x, ya, c0a);
            c0b = Vector128.MultiplyAddEstimate(x, yb, c0b);
            x = Vector128.Create(left[1]);
            c1a = Vector128.MultiplyAddEstimate(x, ya, c1a);
            c1b = Vector128.MultiplyAddEstimate(x, yb, c1b);
            x = Vector128.Create(left[2]);
            c2a = Vector128.MultiplyAddEstimate(x, ya, c2a);
            c2b = Vector128.MultiplyAddEstimate(x, yb, c2b);
            x = Vector128.Create(left[3]);
            c3a = Vector128.MultiplyAddEstimate(x, ya, c3a);
            c3b = Vector128.MultiplyAddEstimate(x, yb, c3b);
            left += 4;
            right += 8;
        }
        c0a.Store(result);
        c0b.Store(result + 4);
        c1a.Store(result + stride);
        c1b.Store(result + stride + 4);
        c2a.Store(result + 2 * stride);
        c2b.Store(result + 2 * stride + 4);
        c3a.Store(result + 3 * stride);
        c3b.Store(result + 3 * stride + 4);
    }
}
