using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Accumulation;

/// <summary>Measures the sample of a pass by what needs every pair of rows; what the pass has found of all rows is left out.</summary>
internal static class SampleSummary
{
    /// <param name="found">What the pass found.</param>
    /// <param name="sampled">The sampled pairs, one to one.</param>
    /// <param name="options">How they are measured.</param>
    /// <param name="random">What is random.</param>
    /// <param name="work">How to work.</param>
    public static LinearPair AddTo(LinearPair found, PairedEmbeddings sampled, AnalysisOptions options, RandomStream random, WorkContext work)
    {
        options.Check();
        var evidence = new PairEvidence(sampled, [.. options.Temperatures.Order()], random, work);
        return found with
        {
            Sample = new LinearSample
            {
                Items = sampled.Items,
                Measures = GapAnalysis.Measure(evidence).Where(entry => !found.Measures.ContainsKey(entry.Key)).ToDictionary(),
                Thresholds = ThresholdAdvice.Compute(evidence, options.Prevalence),
                MixedSearch = MixedQueries.Within(sampled)?.Tabulate(sampled, random.Fork("mixed"), work),
            },
        };
    }
}
