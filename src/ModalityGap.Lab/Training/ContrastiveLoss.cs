using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Training;

/// <summary>
/// The losses that pull partners together and push others apart. X and Y are n x d, row i of one matches row i of the other; every loss sets rows
/// to norm 1 first. s = 1/τ.
/// </summary>
public static class ContrastiveLoss
{
    /// <summary>The t of a uniformity, exp(-t‖z - z'‖²), as in Wang and Isola.</summary>
    private const double Sharpness = 2;

    /// <summary>The loss of a kind.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="first">X, n x d, not yet of norm 1.</param>
    /// <param name="second">Y, n x d.</param>
    /// <param name="scale">s; <see cref="LossKind.Uniform"/> does not look at it.</param>
    /// <param name="bias">b of the sigmoid loss; the others do not look at it.</param>
    public static Tensor Of(LossKind kind, Tensor first, Tensor second, Tensor scale, Tensor bias)
    {
        Tensor x = functional.normalize(first, dim: 1), y = functional.normalize(second, dim: 1);
        return kind switch
        {
            LossKind.Symmetric => BothWays(x, y, scale),
            LossKind.Sigmoid => Sigmoid(x, y, scale, bias),
            LossKind.Uniform => (Uniformity(x, x) + Uniformity(y, y)) / 2,
            LossKind.Dual => Dual(x, y, scale),
            LossKind.EasyOnly => EasyOnly(x, y, scale),
            LossKind.UniformAligned => UniformAligned(x, y, scale),
            LossKind.CrossUniformAligned => UniformAligned(x, y, scale) + Uniformity(x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>
    /// Symmetric InfoNCE: ½(L_XY + L_YX), L_XY = -(1/n) Σ_i log(exp(s x_i·y_i) / Σ_j exp(s x_i·y_j)) and L_YX with Σ_j exp(s x_j·y_i) (Radford et al., ICML
    /// 2021).
    /// </summary>
    /// <param name="first">X, n x d, not yet of norm 1.</param>
    /// <param name="second">Y, n x d, row i matches row i of X.</param>
    /// <param name="scale">s = 1/τ.</param>
    public static Tensor Symmetric(Tensor first, Tensor second, Tensor scale) =>
        BothWays(functional.normalize(first, dim: 1), functional.normalize(second, dim: 1), scale);

    private static Tensor BothWays(Tensor x, Tensor y, Tensor scale)
    {
        Tensor logits = scale * x.matmul(y.t()), own = Own(x);
        return (functional.cross_entropy(logits, own) + functional.cross_entropy(logits.t(), own)) / 2;
    }

    // -(1/n) Σ_i Σ_j log σ(z_ij (s x_i·y_j + b)), z_ij = 1 where i = j, else -1 (Zhai et al., Sigmoid Loss for Language Image Pre-Training, ICCV 2023).
    private static Tensor Sigmoid(Tensor x, Tensor y, Tensor scale, Tensor bias)
    {
        Tensor sign = 2 * eye(x.shape[0], dtype: x.dtype) - 1;
        return -functional.logsigmoid(sign * (scale * x.matmul(y.t()) + bias)).sum() / x.shape[0];
    }

    // InfoNCE among 2n rows: each row of Z = (X; Y) looks for its partner among all rows but itself.
    private static Tensor Dual(Tensor x, Tensor y, Tensor scale)
    {
        Tensor z = cat([x, y], 0), own = Own(x);
        return functional.cross_entropy(WithoutDiagonal(scale * z.matmul(z.t())), cat([own + x.shape[0], own], 0));
    }

    // The terms of both halves whose row finds its partner, each half over its own number of them; a half without any is 0.
    private static Tensor EasyOnly(Tensor x, Tensor y, Tensor scale)
    {
        Tensor logits = scale * x.matmul(y.t()), own = Own(x);
        return (Half(logits) + Half(logits.t())) / 2;

        Tensor Half(Tensor rows)
        {
            Tensor easy = rows.argmax(1).eq(own).to(rows.dtype);
            return (functional.cross_entropy(rows, own, reduction: Reduction.None) * easy).sum() / easy.sum().clamp_min(1);
        }
    }

    // InfoNCE + ½(uniformity of X + that of Y) + (1/n) Σ_i ‖x_i - y_i‖².
    private static Tensor UniformAligned(Tensor x, Tensor y, Tensor scale) =>
        BothWays(x, y, scale) + (Uniformity(x, x) + Uniformity(y, y)) / 2 + (x - y).pow(2).sum(1).mean();

    // log of the mean of exp(-t‖a_i - b_j‖²) over i ≠ j (Wang and Isola, ICML 2020); of unit rows the square is 2 - 2 a·b.
    private static Tensor Uniformity(Tensor a, Tensor b)
    {
        long pairs = a.shape[0] * (a.shape[0] - 1);
        return WithoutDiagonal(2 * Sharpness * (a.matmul(b.t()) - 1)).flatten().logsumexp(0) - Math.Log(pairs);
    }

    private static Tensor WithoutDiagonal(Tensor square) =>
        square.masked_fill(eye(square.shape[0], dtype: ScalarType.Bool), double.NegativeInfinity);

    private static Tensor Own(Tensor x) => arange(x.shape[0], dtype: ScalarType.Int64);
}
