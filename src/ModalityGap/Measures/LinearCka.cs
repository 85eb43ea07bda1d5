using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// Whether the two modalities arrange the items alike. With centred rows a_i, b_i everything that HSIC needs of the n x n kernels is a sum
/// over d x d second moments and squared norms, so nothing quadratic in n is computed.
/// </summary>
internal sealed class LinearCka : IMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "linear-cka",
            Name = "Linear CKA",
            Definition = "How similar the two matrices of inner products within the modalities are, both centred.",
            Formula = "‖C‖²_F / (‖S_x‖_F ‖S_y‖_F), C: cross-covariance, S_x and S_y: covariances",
            Range = "[0, 1]",
            Direction = Direction.HigherIsBetter,
            Reading = "1: both modalities arrange the items alike up to rotation and scale, whatever the gap. Biased upward when n is not many "
                + "times d: unrelated rows reach 0.5 at n = d.",
            Reference = "Kornblith et al., Similarity of Neural Network Representations Revisited, ICML 2019",
        },
        new MeasureInfo
        {
            Id = "linear-cka-unbiased",
            Name = "Linear CKA, unbiased HSIC",
            Definition = "Linear CKA from the unbiased estimates of HSIC, which leave the kernels' diagonals out.",
            Formula = "HSIC₁(x, y) / sqrt(HSIC₁(x, x) HSIC₁(y, y)), HSIC₁ = [tr K̃L̃ + 1ᵀK̃1 1ᵀL̃1/((n-1)(n-2)) - 2/(n-2) 1ᵀK̃L̃1] / (n(n-3)), "
                + "K̃ = XXᵀ and L̃ = YYᵀ with zero diagonals",
            Range = "[-1, 1]",
            Direction = Direction.HigherIsBetter,
            Reading = "Near 0 for unrelated rows at any n; below 0 by chance. Prefer it to the plain one unless n is many times d.",
            Reference = "Song et al., JMLR 2012; Nguyen, Raghu and Kornblith, ICLR 2021",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        SecondMoments moments = evidence.SecondMoments;
        if (moments.First.IsPoint || moments.Second.IsPoint)
            return Infos.Select(info => Measurement.Without(info.Id, null, "A modality is a single point, and all its centred products are zero."));
        return [Plain(moments), Unbiased(moments)];
    }

    private static Measurement Plain(SecondMoments moments)
    {
        double cross = Square(moments.CrossCovariance), first = Square(moments.First.Covariance), second = Square(moments.Second.Covariance);
        return Measurement.Of("linear-cka", null, Estimate.Exact(
            Math.Min(1, cross / Math.Sqrt(first * second)), "no interval: biased upward; see the unbiased one", moments.Count));
    }

    private static Measurement Unbiased(SecondMoments moments)
    {
        if (moments.Count < 5)
            return Measurement.Without("linear-cka-unbiased", null, "It needs at least five items.");
        HsicSums cross = HsicSums.Of(moments.First, moments.Second, moments.CrossCovariance);
        HsicSums first = HsicSums.Of(moments.First, moments.First, moments.First.Covariance);
        HsicSums second = HsicSums.Of(moments.Second, moments.Second, moments.Second.Covariance);
        double value = cross.Value / Math.Sqrt(first.Value * second.Value);
        if (!(first.Value > 0 && second.Value > 0) || Math.Abs(value) > 1)
            return Measurement.Without(
                "linear-cka-unbiased", null, "There are too few items for their spread: the unbiased estimate leaves the range of a similarity.");
        var leaveOneOut = new double[moments.Count];
        for (int i = 0; i < leaveOneOut.Length; i++)
            leaveOneOut[i] = cross.Without(i) / Math.Sqrt(first.Without(i) * second.Without(i));
        return Measurement.Of("linear-cka-unbiased", null, Jackknife.FromLeaveOneOut(value, leaveOneOut).Within(-1, 1));
    }

    private static double Square(double[] matrix)
    {
        double sum = 0;
        foreach (double value in matrix)
            sum += value * value;
        return sum;
    }
}
