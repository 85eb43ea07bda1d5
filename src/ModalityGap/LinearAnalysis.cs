using ModalityGap.Accumulation;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap;

/// <summary>
/// What one pass over the rows can tell, in constant memory: the gap, its direction, the cones, the mean cosines. For files of any size;
/// whatever needs every pair of rows (retrieval, thresholds, the landscape) is left to <see cref="GapAnalysis"/>.
/// </summary>
public static class LinearAnalysis
{
    /// <summary>Measures two or more modalities whose rows belong together by their place: row i with row i.</summary>
    /// <param name="inputs">One stream per modality, at least two.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <param name="progress">Told how far the pass has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or two inputs have the same name.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used or do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static LinearResult Run(
        IReadOnlyList<EmbeddingStream> inputs,
        LinearOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Run(EmbeddingCorpus.Of(inputs), options, progress, cancellation);

    /// <summary>Measures all shards of a corpus, one after the other; parts of it are the matter of <see cref="GapAccumulator"/>.</summary>
    /// <param name="corpus">Two modalities or more in any number of shards.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <param name="progress">Told how far the pass has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static LinearResult Run(
        EmbeddingCorpus corpus,
        LinearOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var whole = new GapAccumulator(corpus.Description, options);
        whole.Add(corpus, corpus.Description.Everything, progress, cancellation);
        LinearResult result = whole.Compute(progress: progress, cancellation: cancellation);
        progress?.Report(new AnalysisProgress("done", 1));
        return result;
    }
}
