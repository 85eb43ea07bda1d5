using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace ModalityGap.Numerics;

/// <summary>
/// The one instruction that the Neon tile is made of: sum + y times one lane of x, rounded once. A seam, so that the tile's
/// arithmetic can be run and compared on processors without Neon.
/// </summary>
internal interface INeonLanes
{
    static abstract Vector128<float> AddProduct0(Vector128<float> sum, Vector128<float> y, Vector128<float> x);

    static abstract Vector128<float> AddProduct1(Vector128<float> sum, Vector128<float> y, Vector128<float> x);

    static abstract Vector128<float> AddProduct2(Vector128<float> sum, Vector128<float> y, Vector128<float> x);

    static abstract Vector128<float> AddProduct3(Vector128<float> sum, Vector128<float> y, Vector128<float> x);
}

/// <summary>The instruction itself (FMLA by element). One method a lane, for the lane is part of the instruction.</summary>
internal readonly struct NeonLanes : INeonLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddProduct0(Vector128<float> sum, Vector128<float> y, Vector128<float> x) =>
        AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(sum, y, x, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddProduct1(Vector128<float> sum, Vector128<float> y, Vector128<float> x) =>
        AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(sum, y, x, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddProduct2(Vector128<float> sum, Vector128<float> y, Vector128<float> x) =>
        AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(sum, y, x, 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddProduct3(Vector128<float> sum, Vector128<float> y, Vector128<float> x) =>
        AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(sum, y, x, 3);
}
