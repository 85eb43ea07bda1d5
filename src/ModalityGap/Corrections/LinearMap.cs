using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// Predicts the first modality from the second by ridge regression: y' = (A(y - mean y) + mean x)/‖·‖, A = C (S_y + ρ λ̄ I)⁻¹, which minimises
/// Σ‖x_i - mean x - A(y_i - mean y)‖² + ρ λ̄ (N - 1)‖A‖². The first stays as it is. The modalities may differ in their dimensions. Held to the
/// identity instead of zero, A = (C + ρ λ̄ I)(S_y + ρ λ̄ I)⁻¹: for models whose modalities are aligned already, where few pairs would teach noise.
/// </summary>
public sealed class LinearMap : ICorrection
{
    /// <summary>Says how strongly A is held back.</summary>
    /// <param name="ridge">ρ, in mean eigenvalues; default 1.</param>
    /// <param name="towardsIdentity">Whether A is held to the identity instead of zero; default not.</param>
    public LinearMap(double ridge = 1, bool towardsIdentity = false)
    {
        Ridge = Corrections.Ridge.Checked(ridge);
        TowardsIdentity = towardsIdentity;
    }

    /// <summary>ρ.</summary>
    public double Ridge { get; }

    /// <summary>Whether A is held to the identity instead of zero.</summary>
    public bool TowardsIdentity { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "linear-map",
        Name = "Regularised linear map",
        Description = "predict rows of the first modality from those of the second, and set the predictions to norm 1",
        Formula = "y' = (C (S_y + ρ λ̄ I)⁻¹ (y - mean y) + mean x)/‖·‖, C = Σ (x_i - mean x)(y_i - mean y)ᵀ/(N - 1); x' = x",
        Parameters =
        [
            Corrections.Ridge.Described("1"),
            new("target", "zero", "What A is held to: zero, or identity, with which C + ρ λ̄ I stands for C."),
        ],
        NeedsPairs = true,
        Deployment = "The first modality's index stays; documents and queries of the second take one d x d product.",
        Reference = "Hoerl and Kennard, Ridge regression, 1970",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters =>
        CorrectionSetting.Values(("ridge", Ridge), ("target", TowardsIdentity ? "identity" : "zero"));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        (UnitEmbeddings x, UnitEmbeddings y) = sample.Matching(Info.Id);
        ModalityMoments ofX = sample.Moments(x), ofY = sample.Varying(y, Info.Id);
        double[] cross = ModalityMoments.Divided(CrossProduct.Of(x, y, ofX.Mean, ofY.Mean, sample.Work), x.Rows - 1);
        if (TowardsIdentity)
            AddIdentity(cross, Ridge * ModalityMoments.Trace(ofY.Covariance, y.Dimensions) / y.Dimensions, sample.Dimensions);
        double[] inverse = new SpectralMatrix(ofY, Ridge, y.Provenance.Source, sample.Work).Inverse();
        double[] map = MatrixProduct.Of(cross, inverse, y.Dimensions, sample.Work);
        return sample.Fitted(
            this, new RowTransform(x.Dimensions), new RowTransform(y.Dimensions, AffineStep.Mapping(map, y.Dimensions, ofY.Mean, ofX.Mean)));
    }

    private static void AddIdentity(double[] matrix, double weight, int d)
    {
        for (int k = 0; k < d; k++)
            matrix[k * d + k] += weight;
    }
}
