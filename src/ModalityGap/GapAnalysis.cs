using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>Measures, explains, tries corrections and recommends: from embeddings to a verdict.</summary>
public static class GapAnalysis
{
    /// <summary>Analyses two or more modalities of the same items.</summary>
    /// <param name="inputs">One set per modality, at least two.</param>
    /// <param name="options">How; default <see cref="AnalysisOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="EmbeddingDataException">The rows cannot be used or do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static AnalysisResult Run(
        IReadOnlyList<EmbeddingSet> inputs,
        AnalysisOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        throw new EmbeddingDataException("analysis", "Not assembled yet.", "Wait.");
    }
}
