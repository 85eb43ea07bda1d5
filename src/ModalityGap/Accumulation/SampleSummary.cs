using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Accumulation;

/// <summary>Measures the sample of a pass by what needs every pair of rows, one pair of modalities after the other.</summary>
internal sealed class SampleSummary
{
    private readonly AnalysisOptions options;
    private readonly AnalysisStages stages;
    private readonly RandomStream random;
    private int measured;

    private SampleSummary(AnalysisOptions options, AnalysisStages stages) =>
        (this.options, this.stages, random) = (options, stages, new RandomStream(options.Seed));

    /// <summary>Begins, or <c>null</c> where the sample is not to be measured.</summary>
    /// <param name="pass">Seed and threads.</param>
    /// <param name="how">Temperatures and prevalence.</param>
    /// <param name="modalities">How many there are.</param>
    /// <param name="progress">Told how far the work has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static SampleSummary? Begin(
        LinearOptions pass, AnalysisOptions? how, int modalities, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        if (how is null)
            return null;
        how.Check();
        AnalysisOptions options = how with { Seed = pass.Seed, Threads = pass.Threads, Temperatures = [.. how.Temperatures.Order()] };
        return new SampleSummary(options, AnalysisStages.OfSample(modalities, options, progress, cancellation));
    }

    /// <summary>What the pass found of all rows, and beside it what every pair of the sampled ones tells.</summary>
    public LinearPair AddTo(LinearPair found, PairedEmbeddings sampled)
    {
        RandomStream ofPair = random.Fork("pair", measured++);
        var evidence = new PairEvidence(sampled, options.Temperatures, ofPair, stages.Begin("measures", sampled));
        Dictionary<string, Measurement> measures = GapAnalysis.Measure(evidence);
        ThresholdTable thresholds = ThresholdAdvice.Compute(evidence, options.Prevalence, found.Items);
        stages.Begin("mixed search", sampled);
        return found with
        {
            Sample = new LinearSample
            {
                Items = sampled.Items,
                Measures = measures.Where(entry => !found.Measures.ContainsKey(entry.Key)).ToDictionary(),
                Thresholds = thresholds,
                MixedSearch = MixedQueries.Within(sampled)?.Tabulate(sampled, ofPair.Fork("mixed"), evidence.Work),
            },
        };
    }
}
