using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// Predicts the first modality from the second by ridge regression: y' = (A(y - mean y) + mean x)/‖·‖, A = C (S_y + ρ λ̄ I)⁻¹, which minimises
/// Σ‖x_i - mean x - A(y_i - mean y)‖² with a penalty on A. The first stays as it is. The modalities may differ in their dimensions.
/// </summary>
public sealed class LinearMap : ICorrection
{
    /// <summary>Says how strongly A is held back.</summary>
    /// <param name="ridge">ρ, in mean eigenvalues; default 1.</param>
    public LinearMap(double ridge = 1) => Ridge = Corrections.Ridge.Checked(ridge);

    /// <summary>ρ.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "linear-map",
        Name = "Regularised linear map",
        Description = "predict rows of the first modality from those of the second, and set the predictions to norm 1",
        Formula = "y' = (C (S_y + ρ λ̄ I)⁻¹ (y - mean y) + mean x)/‖·‖, C = Σ (x_i - mean x)(y_i - mean y)ᵀ/(N - 1); x' = x",
        Parameters = [Corrections.Ridge.Described("1")],
        NeedsPairs = true,
        Deployment = "The first modality's index stays; documents and queries of the second take one d x d product.",
        Reference = "Hoerl and Kennard, Ridge regression, 1970",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("ridge", Ridge));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        (UnitEmbeddings x, UnitEmbeddings y) = sample.Matching(Info.Id);
        ModalityMoments ofX = sample.Moments(x), ofY = sample.Varying(y, Info.Id);
        double[] cross = ModalityMoments.Divided(CrossProduct.Of(x, y, ofX.Mean, ofY.Mean, sample.Work), x.Rows - 1);
        double[] inverse = new SpectralMatrix(ofY, Ridge, y.Provenance.Source, sample.Work).Inverse();
        double[] map = MatrixProduct.Of(cross, inverse, y.Dimensions, sample.Work);
        return sample.Fitted(
            this, new RowTransform(x.Dimensions), new RowTransform(y.Dimensions, AffineStep.Mapping(map, y.Dimensions, ofY.Mean, ofX.Mean)));
    }
}
