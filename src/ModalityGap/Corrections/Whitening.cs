namespace ModalityGap.Corrections;

/// <summary>
/// Takes off each role's mean and divides by the root of its own covariance, so that no direction outweighs the others:
/// x' = W(x - mean x)/‖·‖, W = (S + ρ λ̄ I)^(-1/2), S the covariance of the role's rows and λ̄ its mean eigenvalue. The symmetric root
/// moves the axes least, which keeps both modalities' axes comparable. A large ρ leaves only the strongest directions reduced.
/// </summary>
public sealed class Whitening : ICorrection
{
    /// <summary>Says how strongly.</summary>
    /// <param name="ridge">ρ, in mean eigenvalues; default 30.</param>
    public Whitening(double ridge = 30) => Ridge = Corrections.Ridge.Checked(ridge);

    /// <summary>ρ.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "whitening",
        Name = "Regularised whitening",
        Description = "subtract from every row the mean of its own modality, even out the directions in which that modality varies, then set it to norm 1 again",
        Formula = "x' = (S_x + ρ λ̄ I)^(-1/2) (x - mean x)/‖·‖, λ̄ = tr S_x/d; the same for y",
        Parameters = [Corrections.Ridge.Described("30")],
        Deployment = "Index corrected documents; each query takes one d x d product.",
        Reference = "Kessy, Lewin and Strimmer, Optimal whitening, 2018 (ZCA); Su et al., Whitening sentence representations, 2021",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("ridge", Ridge));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int d = sample.Dimensions;
        return sample.Fitted(this, (_, rows) =>
        {
            var spectral = new SpectralMatrix(sample.Varying(rows, Info.Id), Ridge, rows.Provenance.Source, sample.Work);
            return new RowTransform(d, AffineStep.Mapping(spectral.InverseRoot(), d, sample.Moments(rows).Mean));
        });
    }
}
