using ModalityGap.Lab.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Training;

/// <summary>The loss of CLIP.</summary>
public static class ContrastiveLoss
{
    /// <summary>
    /// Symmetric InfoNCE: ½(L_XY + L_YX), L_XY = -(1/n) Σ_i log(exp(x_i·y_i/τ) / Σ_j exp(x_i·y_j/τ)) and L_YX with Σ_j exp(x_j·y_i/τ), rows set to
    /// norm 1 (Radford et al., ICML 2021).
    /// </summary>
    /// <param name="first">X, n x d, not yet of norm 1.</param>
    /// <param name="second">Y, n x d, row i matches row i of X.</param>
    /// <param name="scale">1/τ.</param>
    public static Tensor Symmetric(Tensor first, Tensor second, Tensor scale)
    {
        ArgumentNullException.ThrowIfNull(first);
        Tensor logits = scale * functional.normalize(first, dim: 1).matmul(functional.normalize(second, dim: 1).t());
        Tensor own = arange(first.shape[0], dtype: ScalarType.Int64);
        return (functional.cross_entropy(logits, own) + functional.cross_entropy(logits.t(), own)) / Scalars.Two;
    }
}
