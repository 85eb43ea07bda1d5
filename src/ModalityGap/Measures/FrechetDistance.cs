using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The distance of the normal distributions that have the modalities' means and covariances.</summary>
internal sealed class FrechetDistance : IMeasure
{
    private const string Formula = "‖Δ‖² + tr S_x + tr S_y - 2 tr (S_x S_y)^½, covariances with divisor n - 1, no ridge";

    private const string Reference = "Dowson and Landau, Journal of Multivariate Analysis 1982; as FID: Heusel et al., NeurIPS 2017";

    private const string NoInterval = "no interval: biased upward by an amount that sampling alone does not show";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "frechet-distance-squared",
            Name = "Squared Fréchet distance",
            Definition = "The squared Wasserstein-2 distance of two normal distributions with the modalities' means and covariances.",
            Formula = Formula,
            Range = "[0, ∞)",
            Reading = "What it has beyond ‖Δ‖² is difference in shape. It is biased upward when n is not many times d: compare sets of equal size "
                + "only. This is the form known as FID.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "frechet-distance",
            Name = "Fréchet distance",
            Definition = "The square root of the squared Fréchet distance.",
            Formula = $"sqrt({Formula})",
            Range = "[0, ∞)",
            Reading = "At least as large as the gap; equal to it when both modalities have the same covariance.",
            Reference = Reference,
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        SecondMoments moments = evidence.SecondMoments;
        double traces = moments.First.Eigenvalues.Sum() + moments.Second.Eigenvalues.Sum();
        double squared = Math.Max(0, evidence.Moments.Sums.SquaredGap + traces - 2 * TraceOfRoot(moments.First, moments.Second, evidence.Work));
        yield return Measurement.Of("frechet-distance-squared", null, Estimate.Exact(squared, NoInterval, evidence.Count));
        yield return Measurement.Of("frechet-distance", null, Estimate.Exact(Math.Sqrt(squared), NoInterval, evidence.Count));
    }

    // tr (S_x S_y)^½ is the sum of the singular values of S_x^½ S_y^½, so of Λ_x^½ V_xᵀV_y Λ_y^½, whatever the ranks.
    private static double TraceOfRoot(ModalityMoments x, ModalityMoments y, WorkContext work)
    {
        if (x.Eigenvalues.Length > y.Eigenvalues.Length)
            (x, y) = (y, x);
        int ranks = x.Eigenvalues.Length, columns = y.Eigenvalues.Length;
        if (ranks == 0)
            return 0;
        double[] roots = Float64Product.Run(x.Dimensions, ranks, columns, Scaled(x), Scaled(y), work);
        double[] gram = Float64Product.Symmetric(columns, ranks, Column, work);
        return ModalityMoments.MoreThanRounding(SymmetricEigen.Values(gram, ranks, work), ranks).Sum(Math.Sqrt);

        void Column(int j, Span<double> target)
        {
            for (int i = 0; i < ranks; i++)
                target[i] = roots[i * columns + j];
        }
    }

    private static Float64Product.FillRow Scaled(ModalityMoments modality)
    {
        double[] scales = Array.ConvertAll(modality.Eigenvalues, Math.Sqrt);
        return (coordinate, target) =>
        {
            for (int k = 0; k < target.Length; k++)
                target[k] = scales[k] * modality.Spectrum.Vectors[k * modality.Dimensions + coordinate];
        };
    }
}
