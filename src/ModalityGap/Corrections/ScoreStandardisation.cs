using ModalityGap.Embeddings;

namespace ModalityGap.Corrections;

/// <summary>
/// Makes scores of both modalities comparable: (s - μ_m)/σ_m, with mean and standard deviation of the scores of matching pairs, or, where
/// matches are unknown, of pseudo-positives: each query with its best document of the modality (arXiv 2511.22141).
/// </summary>
public sealed class ScoreStandardisation : IScoreCorrection
{
    /// <summary>Says from which scores.</summary>
    /// <param name="pseudoPositives">Whether from each query's best document instead of its matching one; default not.</param>
    public ScoreStandardisation(bool pseudoPositives = false)
    {
        PseudoPositives = pseudoPositives;
        Info = new CorrectionInfo
        {
            Id = pseudoPositives ? "pseudo-positive-standardisation" : "score-standardisation",
            Name = pseudoPositives ? "Similarity standardisation with pseudo-positives" : "Similarity standardisation",
            Description = pseudoPositives
                ? "standardise the scores of each modality by those of every query's best document"
                : "standardise the scores of each modality by those of matching pairs",
            Formula = pseudoPositives
                ? "s' = (s - μ_m)/σ_m over max_d q·d, d of modality m, all queries q"
                : "s' = (s - μ_m)/σ_m over the scores of queries and their own documents of modality m",
            NeedsPairs = !pseudoPositives,
            Deployment = "Exact in one more dimension: index [d/σ_m, -μ_m/σ_m], search with [q, 1] by inner product.",
            Reference = "Similarity Standardization, arXiv 2511.22141",
        };
    }

    /// <summary>Whether from each query's best document instead of its matching one.</summary>
    public bool PseudoPositives { get; }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => CorrectionSetting.None;

    /// <inheritdoc/>
    public FittedScores Fit(ScoreSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double[] first = PseudoPositives ? sample.Best(sample.First) : sample.Matched(sample.First, sample.MatchesInFirst);
        double[] second = PseudoPositives ? sample.Best(sample.Second) : sample.Matched(sample.Second, sample.MatchesInSecond);
        return new FittedScores(
            CorrectionSetting.Of(this), Scale(sample.First, first), Scale(sample.Second, second), pairs: PseudoPositives ? 0 : first.Length + second.Length);
    }

    private ScoreScale Scale(UnitEmbeddings documents, double[] scores)
    {
        if (scores.Length < 2)
            throw new EmbeddingDataException(
                documents.Provenance.Source,
                $"only {scores.Length} of the queries {(scores.Length == 1 ? "has a known document" : "have known documents")} of {documents.Modality}.",
                $"The correction {Info.Id} takes a mean and a deviation: give at least two{(PseudoPositives ? " queries" : ", or use pseudo-positives")}.");
        double mean = scores.Average(), variance = scores.Average(score => (score - mean) * (score - mean));
        if (variance < 1e-14)
            throw new EmbeddingDataException(
                documents.Provenance.Source, $"all scores of its {documents.Modality} documents are the same.", "Scores that do not vary have no deviation to divide by.");
        double deviation = Math.Sqrt(variance);
        return new ScoreScale(documents.Modality, 1 / deviation, -mean / deviation);
    }
}
