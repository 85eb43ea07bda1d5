using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Numerics;
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
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new LinearOptions();
        options.Check();
        LinearInputs.Check(inputs);
        var work = new WorkContext(options.Threads, null, cancellation);
        LinearAccumulator total = LinearPass.Run(inputs, options, work, progress);
        LinearInputs.CheckRows(inputs, total, options.SkipInvalid);
        LinearInput[] summaries = LinearInputs.Summarize(inputs, total, cancellation);
        LinearPair[] pairs = Pairs(inputs, total, work);
        progress?.Report(new AnalysisProgress("done", 1));
        return new LinearResult
        {
            Tool = ToolVersion.Name,
            Detected = Detection.InWords(summaries),
            Parameters = new LinearParameters
            {
                Seed = options.Seed,
                Level = 0.95,
                PairedBy = "row",
                SkipInvalid = options.SkipInvalid,
                SamplePairs = options.SamplePairs,
            },
            Inputs = summaries,
            Pairs = pairs,
            Findings = [.. LinearInputs.Findings(inputs, summaries, total)],
        };
    }

    private static LinearPair[] Pairs(IReadOnlyList<EmbeddingStream> inputs, LinearAccumulator total, WorkContext work)
    {
        UnitEmbeddings[] sampled = total.Sample([.. inputs.Select(input => input.Modality)]);
        List<LinearPair> pairs = [];
        for (int first = 0; first < inputs.Count; first++)
            for (int second = first + 1; second < inputs.Count; second++)
            {
                PairedEmbeddings held = PairedEmbeddings.ByRow(sampled[first], sampled[second]);
                pairs.Add(Measure(new LinearEvidence(held, total.Pair(first, second, held), work)));
            }
        return [.. pairs];
    }

    internal static LinearPair Measure(LinearEvidence evidence)
    {
        Dictionary<string, Measurement> measures = [];
        foreach (ILinearMeasure measure in MeasureCatalog.Measures.OfType<ILinearMeasure>())
            foreach (Measurement measurement in measure.Linear(evidence))
                measures.Add(measurement.Key, measurement);
        return new LinearPair
        {
            First = evidence.First,
            Second = evidence.Second,
            Items = evidence.Moments.Count,
            Verdict = Verdicts.OfLinear(evidence, measures),
            Measures = measures,
            TopDimensions = GapDimensions.Compute(evidence.Moments),
            Findings = [.. Findings.OfLinearPair(evidence, measures)],
        };
    }
}
