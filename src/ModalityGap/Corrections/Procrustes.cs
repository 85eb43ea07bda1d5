using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>
/// Turns the second modality by the orthogonal matrix that brings its rows nearest to their partners: y' = Wy, W = UVᵀ from XᵀY = USVᵀ, which
/// minimises Σ‖x_i - W y_i‖². Where the pairs say nothing (fewer pairs than dimensions), W is as near to the identity as it can be. Centred,
/// both modalities lose their means before. A prior ρ lets the identity speak everywhere: W = UVᵀ of XᵀY/N + ρ λ̄ I, λ̄ the mean eigenvalue of
/// YᵀY/N, for models whose modalities are aligned already, where few pairs would teach noise.
/// </summary>
public sealed class Procrustes : ICorrection
{
    /// <summary>Says which of the two.</summary>
    /// <param name="centred">Whether both modalities lose their means before; default not, as in the paper.</param>
    /// <param name="prior">ρ, how much the identity weighs, in mean eigenvalues; default 0, as in the paper.</param>
    public Procrustes(bool centred = false, double prior = 0)
    {
        Centred = centred;
        Prior = Ridge.Checked(prior);
        Info = new CorrectionInfo
        {
            Id = centred ? "centred-procrustes" : "procrustes",
            Name = centred ? "Orthogonal Procrustes, centred" : "Orthogonal Procrustes",
            Description = centred
                ? "subtract from every row the mean of its own modality and turn the second modality so that pairs come together, then set rows to norm 1 again"
                : "turn the rows of the second modality so that pairs come together",
            Formula = centred
                ? "x' = (x - mean x)/‖·‖, y' = UVᵀ(y - mean y)/‖·‖, USVᵀ = Σ (x_i - mean x)(y_i - mean y)ᵀ"
                : "y' = UVᵀ y, USVᵀ = Σ x_i y_iᵀ; x' = x",
            Parameters = [new("prior", "0", "ρ: how much the identity weighs beside the pairs, in mean eigenvalues of YᵀY/N.")],
            NeedsPairs = true,
            Deployment = centred
                ? "Both indexes are rebuilt; documents and queries of the second modality take one d x d product."
                : "The first modality's index stays; documents and queries of the second take one d x d product. Its own neighbours stay as they are.",
            Reference = "Schönemann 1966; Liang et al., Mind the Gap, NeurIPS 2022, section 4.4",
        };
    }

    /// <summary>Whether both modalities lose their means before.</summary>
    public bool Centred { get; }

    /// <summary>How much the identity weighs.</summary>
    public double Prior { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("prior", Prior));

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int d = sample.Dimensions;
        (UnitEmbeddings x, UnitEmbeddings y) = sample.Matching(Info.Id);
        double[]? meanX = Centred ? sample.Moments(x).Mean : null, meanY = Centred ? sample.Moments(y).Mean : null;
        double[] product = CrossProduct.Of(x, y, meanX, meanY, sample.Work);
        // Σ‖y‖² less that of the mean is the trace of YᵀY; the sum over pairs and not their mean, which changes nothing.
        double trace = y.Rows * (1 - (meanY is null ? 0 : Dot.Float64(meanY, meanY)));
        for (int k = 0; k < d; k++)
            product[k * d + k] += Prior * trace / d;
        double[] turn = PolarFactor.Of(product, d, sample.Work);
        return sample.Fitted(
            this,
            meanX is null ? new RowTransform(d) : new RowTransform(d, AffineStep.Centring(meanX)),
            new RowTransform(d, AffineStep.Mapping(turn, d, meanY)));
    }
}
