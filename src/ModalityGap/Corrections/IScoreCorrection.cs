namespace ModalityGap.Corrections;

/// <summary>
/// A change of scores that depends on the document alone, before it has seen data: score = a_m (q·d) + b(d) for a document d of modality m. What
/// depends on the query alone never changes a ranking and is left out.
/// </summary>
public interface IScoreCorrection
{
    /// <summary>What it is.</summary>
    CorrectionInfo Info { get; }

    /// <summary>The values that its parameters have here, by name, in the invariant culture.</summary>
    IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Learns from queries and documents that are corrected already.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">The rows are too few, or lack the pairs that it needs.</exception>
    FittedScores Fit(ScoreSample sample);
}
