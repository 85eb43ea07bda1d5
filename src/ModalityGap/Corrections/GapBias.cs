using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>
/// Adds γ Δ·d to a document's score. A shift of both modalities by αΔ that leaves norms alone does to rankings just this with γ = -α: it
/// favours documents that lie against the gap, which makes hubs of them. γ = +α after such a shift takes that bias away again.
/// </summary>
public sealed class GapBias : IScoreCorrection
{
    /// <summary>Says how much.</summary>
    /// <param name="strength">γ; default -½, the bias of a shift by half a gap vector.</param>
    public GapBias(double strength = -0.5)
    {
        if (!double.IsFinite(strength))
            throw new ArgumentOutOfRangeException(nameof(strength), strength, "A strength is a finite number.");
        Strength = strength;
    }

    /// <summary>γ.</summary>
    public double Strength { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; } = new()
    {
        Id = "gap-bias",
        Name = "Document bias along the gap",
        Description = "add to the scores of a document a multiple of its product with the gap vector",
        Formula = "s' = q·d + γ Δ·d, Δ: mean of the first modality's documents - mean of the second's",
        Parameters = [new("strength", "-0.5", "γ: -α is what a linear shift by α adds, +α takes it away.")],
        Deployment = "Exact in one more dimension: index [d, γ Δ·d], search with [q, 1] by inner product.",
        Reference = "Sato et al., When Modality Gap Reduction Fails, 2026",
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.Values(("strength", Strength));

    /// <inheritdoc/>
    public FittedScores Fit(ScoreSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double[] first = Mean(sample.First), second = Mean(sample.Second);
        return new FittedScores(
            CorrectionSetting.Of(this),
            ScoreScale.None(sample.First.Modality),
            ScoreScale.None(sample.Second.Modality),
            [.. first.Zip(second, (x, y) => Strength * (x - y))]);
    }

    private static double[] Mean(UnitEmbeddings rows)
    {
        double[] mean = new double[rows.Dimensions], shares = new double[rows.Rows];
        Array.Fill(shares, 1.0 / rows.Rows);
        ColumnSums.Add(rows.Values, shares, mean);
        return mean;
    }
}
