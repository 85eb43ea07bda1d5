using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// Projects all rows on the directions that both modalities share. Each modality is confined to the subspace that holds 99 % of its
/// variance; where principal vectors u_k and w_k of the two subspaces all but coincide, u_k·w_k > 0.999, (u_k + w_k)/‖·‖ is a shared direction. Where
/// no vectors do, the ten nearest pairs stand for them. The shared directions are turned so that they come by descending variance.
/// </summary>
public sealed class SharedSpaceProjection : ICorrection
{
    /// <summary>Says what counts as shared.</summary>
    /// <param name="share">The share of the variance that a subspace holds; default 0.99.</param>
    /// <param name="cosine">Above which cosine two principal vectors are one direction; default 0.999.</param>
    /// <param name="fallback">How many directions where no cosine is that high; default 10.</param>
    public SharedSpaceProjection(double share = 0.99, double cosine = 0.999, int fallback = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cosine, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cosine, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fallback, 1);
        (Share, Cosine, Fallback) = (share, cosine, fallback);
    }

    /// <summary>The share of the variance that a subspace holds.</summary>
    public double Share { get; }

    /// <summary>Above which cosine two principal vectors are one direction.</summary>
    public double Cosine { get; }

    /// <summary>How many directions where no cosine is that high.</summary>
    public int Fallback { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "shared-space-projection",
        Name = "Shared-space projection (SSP)",
        Description = "project every row on the directions that the subspaces of both modalities share, then set it to norm 1 again",
        Formula = "x' = Sx/‖·‖, y' = Sy/‖·‖, rows of S: (u_k + w_k)/‖·‖ for principal vectors u_k·w_k > 0.999 of the subspaces with 99 % of the variance",
        Parameters =
        [
            new("share", "0.99", "The share of a modality's variance that its subspace holds."),
            new("cosine", "0.999", "Above which cosine two principal vectors are one direction."),
            new("fallback", "10", "How many directions where no cosine is that high."),
        ],
        Deployment = "Both indexes are rebuilt with fewer dimensions; each query takes one k x d product.",
        Reference = "Decipher the Modality Gap, arXiv 2510.03268",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters =>
        CorrectionSetting.Values(("share", Share), ("cosine", Cosine), ("fallback", Fallback));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int d = sample.Dimensions;
        ModalityMoments first = sample.Varying(sample.First, Info.Id), second = sample.Varying(sample.Second, Info.Id);
        double[] covariance = [.. first.Covariance.Zip(second.Covariance, (x, y) => x + y)];
        double[] shared = ByVariance(Shared(Basis(first), Basis(second), d, sample.Work), covariance, d, sample.Work);
        return sample.Fitted(this, (_, _) => new RowTransform(d, AffineStep.Mapping(shared, d)));
    }

    private double[] Basis(ModalityMoments moments) =>
        moments.Spectrum.Vectors.AsSpan(0, moments.DimensionsFor(Share) * moments.Dimensions).ToArray();

    // The singular values of P = B_x B_yᵀ are the cosines; with Pᵀu = cw the vectors w follow from u.
    private double[] Shared(double[] first, double[] second, int d, WorkContext work)
    {
        double[] products = MatrixProduct.WithTransposed(first, second, d, work);
        int p = first.Length / d, q = second.Length / d;
        EigenPairs left = SymmetricEigen.Decompose(MatrixProduct.WithTransposed(products, products, q, work), p, work);
        int most = Math.Min(p, q), kept = left.Values.Take(most).TakeWhile(value => value > Cosine * Cosine).Count();
        if (kept == 0)
            kept = Math.Min(most, Fallback);
        double[] turns = left.Vectors.AsSpan(0, kept * p).ToArray();
        double[] ofFirst = MatrixProduct.Of(turns, first, p, work);
        double[] ofSecond = MatrixProduct.Of(MatrixProduct.Of(turns, products, p, work), second, q, work);
        for (int k = 0; k < kept; k++)
        {
            Unit(ofSecond.AsSpan(k * d, d));
            for (int i = k * d; i < (k + 1) * d; i++)
                ofFirst[i] += ofSecond[i];
            Unit(ofFirst.AsSpan(k * d, d));
        }
        return ofFirst;
    }

    // Where several cosines are 1, any basis of their directions is as good. The one by descending variance is the same for any order of rows.
    private static double[] ByVariance(double[] basis, double[] covariance, int d, WorkContext work)
    {
        double[] within = MatrixProduct.WithTransposed(MatrixProduct.Of(basis, covariance, d, work), basis, d, work);
        int k = basis.Length / d;
        double[] ordered = MatrixProduct.Of(SymmetricEigen.Decompose(within, k, work).Vectors, basis, k, work);
        for (int row = 0; row < k; row++)
        {
            Span<double> direction = ordered.AsSpan(row * d, d);
            double largest = 0;
            foreach (double value in direction)
                if (Math.Abs(value) > Math.Abs(largest))
                    largest = value;
            if (largest < 0)
                foreach (ref double value in direction)
                    value = -value;
        }
        return ordered;
    }

    // A pair of vectors without any cosine has no partner; then u alone stands for it.
    private static void Unit(Span<double> vector)
    {
        double norm = Math.Sqrt(Dot.Float64(vector, vector));
        if (norm < 1e-8)
        {
            vector.Clear();
            return;
        }
        foreach (ref double value in vector)
            value /= norm;
    }
}
