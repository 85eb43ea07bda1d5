using System.Runtime.Intrinsics.Arm;

namespace ModalityGap.Numerics;

/// <summary>
/// The seam between instruction sets: a block of products X·Yᵀ small enough to live in registers. Every product is accumulated in
/// ascending k in its own lane, so paths with fused multiply-add agree to the bit and the others to rounding.
/// </summary>
internal abstract unsafe class RegisterTile
{
    /// <summary>The fastest path that this processor runs.</summary>
    public static RegisterTile Best { get; } =
        RegisterTile512.IsSupported ? new RegisterTile512()
        : RegisterTile256.IsSupported ? new RegisterTile256()
        : AdvSimd.Arm64.IsSupported ? new RegisterTileNeon<NeonLanes>()
        : new RegisterTilePortable();

    /// <summary>Every path that this processor runs, fastest first.</summary>
    public static IEnumerable<RegisterTile> Supported()
    {
        if (RegisterTile512.IsSupported)
            yield return new RegisterTile512();
        if (RegisterTile256.IsSupported)
            yield return new RegisterTile256();
        if (AdvSimd.Arm64.IsSupported)
            yield return new RegisterTileNeon<NeonLanes>();
        yield return new RegisterTilePortable();
    }

    /// <summary>Instruction set and shape, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Rows of X in the block.</summary>
    public abstract int Rows { get; }

    /// <summary>Rows of Y, columns of the block.</summary>
    public abstract int Columns { get; }

    /// <summary>Writes Rows x Columns products.</summary>
    /// <param name="left">Rows of X packed k-major: depth groups of <see cref="Rows"/> values.</param>
    /// <param name="right">Rows of Y packed k-major: depth groups of <see cref="Columns"/> values.</param>
    /// <param name="depth">d, the number of products that are summed.</param>
    /// <param name="result">Row-major target.</param>
    /// <param name="stride">Distance between rows of the target.</param>
    public abstract void Multiply(float* left, float* right, int depth, float* result, int stride);
}
