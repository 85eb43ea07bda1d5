using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// Functions of a regularised covariance, f(S + ρ λ̄ I) = Σ f(λ_k + ρ λ̄) v_k v_kᵀ, where λ̄ = tr S/d is the mean eigenvalue. With fewer rows than
/// dimensions S has no rank in most directions; there λ_k is 0 and ρ alone decides.
/// </summary>
internal sealed class SpectralMatrix
{
    private readonly ModalityMoments moments;
    private readonly WorkContext work;
    private readonly double floor;

    /// <param name="moments">The rows, which vary.</param>
    /// <param name="ridge">ρ, as a multiple of the mean eigenvalue.</param>
    /// <param name="source">What to call the rows in a message.</param>
    /// <param name="work">How to work.</param>
    /// <exception cref="EmbeddingDataException">ρ is 0 and S is singular.</exception>
    public SpectralMatrix(ModalityMoments moments, double ridge, string source, WorkContext work)
    {
        (this.moments, this.work) = (moments, work);
        floor = ridge * ModalityMoments.Trace(moments.Covariance, moments.Dimensions) / moments.Dimensions;
        if (ridge == 0 && moments.Eigenvalues.Length < moments.Dimensions)
            throw new EmbeddingDataException(
                source,
                $"its {moments.Count} rows of {moments.Name} vary in {moments.Eigenvalues.Length} of {moments.Dimensions} dimensions only, so their covariance has no inverse.",
                "Give a ridge above 0, or more rows than dimensions.");
    }

    /// <summary>f(S + ρ λ̄ I), d x d.</summary>
    public double[] Of(Func<double, double> f)
    {
        int d = moments.Dimensions, rank = moments.Eigenvalues.Length;
        EigenPairs spectrum = moments.Spectrum;
        double rest = rank < d ? f(floor) : 0;
        double[] matrix = Float64Product.Run(rank, d, d, Weighted, (k, target) => spectrum.Vector(k).CopyTo(target), work);
        for (int k = 0; k < d; k++)
            matrix[k * d + k] += rest;
        return matrix;

        void Weighted(int k, Span<double> target)
        {
            double weight = f(spectrum.Values[k] + floor) - rest;
            ReadOnlySpan<double> vector = spectrum.Vector(k);
            for (int i = 0; i < target.Length; i++)
                target[i] = weight * vector[i];
        }
    }

    /// <summary>(S + ρ λ̄ I)^(-1/2).</summary>
    public double[] InverseRoot() => Of(value => 1 / Math.Sqrt(value));

    /// <summary>(S + ρ λ̄ I)^(1/2).</summary>
    public double[] Root() => Of(Math.Sqrt);

    /// <summary>(S + ρ λ̄ I)^(-1).</summary>
    public double[] Inverse() => Of(value => 1 / value);
}
