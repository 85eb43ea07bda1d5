using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Accumulation;

/// <summary>The linear result of two modalities whose sums were computed elsewhere, such as in a database.</summary>
internal static class LinearFromSums
{
    /// <param name="first">The first modality.</param>
    /// <param name="second">The second modality.</param>
    /// <param name="matched">x_i·y_i of all pairs.</param>
    /// <param name="skipped">Items that were left out.</param>
    /// <param name="groups">What is known of groups of the pairs; <c>null</c> where none were asked for.</param>
    /// <param name="options">How; its seed chose the sample.</param>
    /// <param name="progress">Told how far the measures of the sample are.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static LinearResult Result(
        SummedModality first, SummedModality second, RunningMoments matched, long skipped, IReadOnlyList<LinearGroup>? groups, LinearOptions options,
        IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        var work = new WorkContext(options.Threads, null, cancellation);
        PairedEmbeddings held = PairedEmbeddings.ByRow(UnitEmbeddings.Normalize(first.Sample), UnitEmbeddings.Normalize(second.Sample));
        LinearInput[] inputs = [Summary(first), Summary(second)];
        List<Finding> findings = [];
        if (skipped > 0)
            findings.Add(Findings.SkippedItems(skipped, matched.Count));
        foreach (LinearInput input in inputs)
            findings.AddRange(Findings.OfNorms(input.Modality, input.Norms));
        LinearPair pair = LinearSummary.Measure(new LinearEvidence(held, new PairMoments(held, first.Sum, second.Sum, matched), work));
        pair = SampleSummary.Begin(options, options.OnSample, inputs.Length, progress, cancellation)?.AddTo(pair, held) ?? pair;
        return new LinearResult
        {
            Tool = ToolVersion.Name,
            Detected = Detection.InWords(inputs, "id"),
            Parameters = new LinearParameters
            {
                Seed = options.Seed,
                Level = 0.95,
                PairedBy = "id",
                SkipInvalid = options.SkipInvalid,
                SamplePairs = options.SamplePairs,
            },
            Inputs = inputs,
            Pairs = [pair with { Groups = groups }],
            Findings = findings,
        };

        LinearInput Summary(SummedModality modality) => new()
        {
            Modality = modality.Sample.Modality.Name,
            Provenance = modality.Provenance,
            Rows = matched.Count,
            Dimensions = modality.Sum.Length,
            Norms = new NormSummary(modality.Norms.Lowest, modality.Norms.Mean, modality.Norms.Highest, modality.Norms.Deviation),
            SkippedRows = skipped,
        };
    }
}

/// <summary>One modality as a database sums it.</summary>
/// <param name="Provenance">Where its rows are.</param>
/// <param name="Sum">Σ of the rows at norm 1, d values.</param>
/// <param name="Norms">The norms as stored.</param>
/// <param name="Sample">A random sample of the rows, in the order of the other modality's.</param>
internal sealed record SummedModality(Provenance Provenance, double[] Sum, RunningMoments Norms, EmbeddingSet Sample);
