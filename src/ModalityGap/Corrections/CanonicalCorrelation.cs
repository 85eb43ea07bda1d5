using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// Regularised canonical correlation: the k pairs of directions in which matching rows agree most. With the whitened cross-covariance
/// W_x C W_y = U S Vᵀ, W = (S + ρ λ̄ I)^(-1/2), x' = S^½ Uᵀ W_x (x - mean x)/‖·‖ and y' = S^½ Vᵀ W_y (y - mean y)/‖·‖: each direction counts by its
/// correlation. The modalities may differ in their dimensions.
/// </summary>
public sealed class CanonicalCorrelation : ICorrection
{
    /// <summary>Singular values are roots of eigenvalues: below this share of the largest they are rounding.</summary>
    private const double Smallest = 1e-6;

    /// <summary>Says how many directions, and how strongly they are held back.</summary>
    /// <param name="dimensions">The most directions to keep; default 128.</param>
    /// <param name="ridge">ρ, in mean eigenvalues; default 1.</param>
    public CanonicalCorrelation(int dimensions = 128, double ridge = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Dimensions = dimensions;
        Ridge = Corrections.Ridge.Checked(ridge);
    }

    /// <summary>The most directions to keep.</summary>
    public int Dimensions { get; }

    /// <summary>ρ.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "cca",
        Name = "Regularised canonical correlation (CCA)",
        Description = "project both modalities on the directions in which pairs correlate most, then set rows to norm 1",
        Formula = "x' = S^½ Uᵀ W_x (x - mean x)/‖·‖, y' = S^½ Vᵀ W_y (y - mean y)/‖·‖, U S Vᵀ = W_x C W_y, W = (S + ρ λ̄ I)^(-1/2)",
        Parameters = [new("dimensions", "128", "The most directions to keep."), Corrections.Ridge.Described("1")],
        NeedsPairs = true,
        Deployment = "Both indexes are rebuilt with fewer dimensions; each query takes one k x d product. Queries of a third modality are not known to it.",
        Reference = "Hotelling 1936; Vinod 1976 (ridge); Gong et al., IJCV 2014 (weights)",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("dimensions", Dimensions), ("ridge", Ridge));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        CheckRoles(sample);
        (UnitEmbeddings x, UnitEmbeddings y) = sample.Matching(Info.Id);
        ModalityMoments ofX = sample.Varying(x, Info.Id), ofY = sample.Varying(y, Info.Id);
        int p = x.Dimensions, q = y.Dimensions;
        double[] whiteX = new SpectralMatrix(ofX, Ridge, x.Provenance.Source, sample.Work).InverseRoot();
        double[] whiteY = new SpectralMatrix(ofY, Ridge, y.Provenance.Source, sample.Work).InverseRoot();
        double[] cross = ModalityMoments.Divided(CrossProduct.Of(x, y, ofX.Mean, ofY.Mean, sample.Work), x.Rows - 1);
        double[] inner = MatrixProduct.Of(MatrixProduct.Of(whiteX, cross, p, sample.Work), whiteY, q, sample.Work);
        EigenPairs right = SymmetricEigen.Decompose(Float64Product.Symmetric(p, q, (i, target) => inner.AsSpan(i * q, q).CopyTo(target), sample.Work), q, sample.Work);
        int kept = right.Values.Take(Math.Min(Dimensions, p)).TakeWhile(value => value > right.Values[0] * Smallest * Smallest && value > 0).Count();
        if (kept == 0)
            throw new EmbeddingDataException(
                x.Provenance.Source, $"its rows do not correlate at all with their partners of {sample.Second.Modality}.", "Check that the pairs match.");
        double[] turns = right.Vectors.AsSpan(0, kept * q).ToArray();
        double[] mapX = MatrixProduct.Of(MatrixProduct.WithTransposed(turns, inner, q, sample.Work), whiteX, p, sample.Work);
        double[] mapY = MatrixProduct.Of(turns, whiteY, q, sample.Work);
        for (int k = 0; k < kept; k++)
        {
            // K v = s u: the left vectors come s times too long.
            double root = Math.Sqrt(Math.Sqrt(right.Values[k]));
            Multiply(mapX.AsSpan(k * p, p), 1 / root);
            Multiply(mapY.AsSpan(k * q, q), root);
        }
        return sample.Fitted(
            this, new RowTransform(p, AffineStep.Mapping(mapX, p, ofX.Mean)), new RowTransform(q, AffineStep.Mapping(mapY, q, ofY.Mean)));
    }

    private static void CheckRoles(CorrectionSample sample)
    {
        foreach (UnitEmbeddings queries in sample.Queries)
            if (queries.Modality != sample.First.Modality && queries.Modality != sample.Second.Modality)
                throw new EmbeddingDataException(
                    queries.Provenance.Source,
                    $"its {queries.Modality} queries are of a third modality, which cca of {sample.First.Modality} and {sample.Second.Modality} does not know.",
                    "Leave them out, or fit it to pairs of that modality.");
    }

    private static void Multiply(Span<double> row, double factor)
    {
        foreach (ref double value in row)
            value *= factor;
    }
}
