using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>
/// Gives the second modality the mean and the covariance of the first: y' = (C_x^½ C_y^(-½) (y - mean y) + mean x)/‖·‖ with
/// C = S + ρ λ̄ I. The first stays as it is, and so do its queries; queries of other modalities take part with their own moments.
/// </summary>
public sealed class Coral : ICorrection
{
    /// <summary>Says how strongly.</summary>
    /// <param name="ridge">ρ, in mean eigenvalues; default 1.</param>
    public Coral(double ridge = 1) => Ridge = Corrections.Ridge.Checked(ridge);

    /// <summary>ρ.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "coral",
        Name = "Correlation alignment (CORAL)",
        Description = "give the rows of the second modality the mean and the covariance of the first, then set them to norm 1 again",
        Formula = "y' = (C_x^½ C_y^(-½) (y - mean y) + mean x)/‖·‖, C = S + ρ λ̄ I; x' = x",
        Parameters = [Corrections.Ridge.Described("1")],
        Deployment = "The first modality's index stays; documents and queries of the second take one d x d product.",
        Reference = "Sun, Feng and Saenko, Return of Frustratingly Easy Domain Adaptation, AAAI 2016",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("ridge", Ridge));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int d = sample.Dimensions;
        double[] root = new SpectralMatrix(sample.Varying(sample.First, Info.Id), Ridge, sample.First.Provenance.Source, sample.Work).Root();
        return sample.Fitted(this, (role, rows) =>
        {
            if (role.Modality == sample.First.Modality)
                return new RowTransform(d);
            var spectral = new SpectralMatrix(sample.Varying(rows, Info.Id), Ridge, rows.Provenance.Source, sample.Work);
            double[] map = MatrixProduct.Of(root, spectral.InverseRoot(), d, sample.Work);
            return new RowTransform(d, AffineStep.Mapping(map, d, sample.Moments(rows).Mean, sample.Moments(sample.First).Mean));
        });
    }
}
