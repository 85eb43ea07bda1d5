using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>
/// Moves the second modality along what of the gap is orthogonal to its own content: y' = (y + αg')/‖·‖, g' = Δ - VVᵀΔ, V the principal
/// directions that hold 99 % of the second modality's variance. Its documents keep their places among each other but for the norm.
/// </summary>
public sealed class OrthogonalGapRemoval : ICorrection
{
    /// <summary>Says how far, and what counts as content.</summary>
    /// <param name="fraction">α; default 1.</param>
    /// <param name="share">The share of the variance that V holds; default 0.99.</param>
    public OrthogonalGapRemoval(double fraction = 1, double share = 0.99)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (!double.IsFinite(fraction))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction is a finite number.");
        (Fraction, Share) = (fraction, share);
    }

    /// <summary>α.</summary>
    public double Fraction { get; }

    /// <summary>The share of the variance that V holds.</summary>
    public double Share { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "orthogonal-gap-removal",
        Name = "Gap removal orthogonal to the content",
        Description = "move the second modality along the part of the gap in which it does not vary, then set its rows to norm 1 again",
        Formula = "y' = (y + α(Δ - VVᵀΔ))/‖·‖, V: principal directions of y with 99 % of the variance; x' = x",
        Parameters =
        [
            new("fraction", "1", "α: 1 closes all of the orthogonal part."),
            new("share", "0.99", "The share of the second modality's variance that counts as content."),
        ],
        Deployment = "The first modality's index stays; documents and queries of the second take d additions a row.",
        Reference = "Is the Modality Gap a Bug or a Feature?, CVPR 2026, arXiv 2603.29080",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("fraction", Fraction), ("share", Share));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double[] gap = sample.Gap(), rest = [.. gap];
        ModalityMoments moments = sample.Varying(sample.Second, Info.Id);
        for (int k = 0; k < moments.DimensionsFor(Share); k++)
        {
            ReadOnlySpan<double> direction = moments.Spectrum.Vector(k);
            double along = Dot.Float64(gap, direction);
            for (int i = 0; i < rest.Length; i++)
                rest[i] -= along * direction[i];
        }
        return sample.Fitted(
            this,
            new RowTransform(gap.Length),
            new RowTransform(gap.Length, AffineStep.Centring(Array.ConvertAll(rest, value => -Fraction * value))));
    }
}
