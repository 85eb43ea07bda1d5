using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>Holds embeddings against limits and against an earlier result: the gate for a pipeline.</summary>
public static class GapCheck
{
    private const string Gap = "gap-debiased";

    /// <summary>Measures gap and search of every pair of modalities and judges them.</summary>
    /// <param name="inputs">One set per modality, at least two.</param>
    /// <param name="criteria">The limits.</param>
    /// <param name="baseline">The earlier result; <c>null</c> for none.</param>
    /// <param name="options">How to measure; default <see cref="AnalysisOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">A limit or an option makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used, or the baseline is about other ones.</exception>
    public static CheckResult Run(
        IReadOnlyList<EmbeddingSet> inputs,
        CheckCriteria criteria,
        Baseline? baseline = null,
        AnalysisOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(criteria);
        options ??= new AnalysisOptions();
        options.Check();
        criteria.Check(baseline is not null);
        GapAnalysis.CheckNames(inputs);
        Alignment alignment = GapAnalysis.Align(inputs, options);
        InputSummary[] summaries = [.. alignment.Modalities.Select((rows, k) => GapAnalysis.Summarize(rows, alignment.SkippedRows[k]))];
        if (baseline is not null)
            CheckBaseline(baseline, summaries);
        CheckedPair[] pairs = Measure(alignment, summaries, baseline, options, progress, cancellation);
        CriterionResult[] judged = [.. pairs.SelectMany(pair => Judge(pair, criteria))];
        return new CheckResult
        {
            Tool = ToolVersion.Name,
            Detected = Detection.InWords(alignment),
            Passed = judged.All(criterion => criterion.Passed),
            Rule = criteria.Rule,
            Criteria = judged,
            Baseline = baseline is null ? null : new BaselineSummary(baseline.Source, baseline.Result.Tool, baseline.Result.Detected),
            Inputs = summaries,
            Pairs = pairs,
            PairedBy = Detection.PairedBy(alignment),
            Seed = options.Seed,
            Findings = [.. alignment.Findings, .. summaries.SelectMany(Findings.OfInput), .. pairs.SelectMany(pair => OfBaseline(pair, summaries, baseline))],
        };
    }

    private static CheckedPair[] Measure(
        Alignment alignment,
        InputSummary[] inputs,
        Baseline? baseline,
        AnalysisOptions options,
        IProgress<AnalysisProgress>? progress,
        CancellationToken cancellation)
    {
        int count = inputs.Length, total = count * (count - 1) / 2;
        var random = new RandomStream(options.Seed);
        List<CheckedPair> pairs = [];
        for (int first = 0; first < count; first++)
            for (int second = first + 1; second < count; second++)
            {
                double before = pairs.Count, done = 0;
                string stage = $"{inputs[first].Modality}, {inputs[second].Modality}";
                progress?.Report(new AnalysisProgress(stage, before / total));
                var work = new WorkContext(
                    options.Threads, share => progress?.Report(new AnalysisProgress(stage, (before + Math.Min(1, done += share)) / total)), cancellation);
                // The same stream as that of an analysis, so that the numbers are the same to the bit.
                var evidence = new PairEvidence(alignment.Pair(first, second), [], random.Fork("pair", pairs.Count), work);
                pairs.Add(Measure(evidence, inputs[first], inputs[second], baseline));
            }
        progress?.Report(new AnalysisProgress("done", 1));
        return [.. pairs];
    }

    private static CheckedPair Measure(PairEvidence evidence, InputSummary first, InputSummary second, Baseline? baseline)
    {
        Measurement[] measures =
        [
            .. new GapMeasure().Compute(evidence).TakeWhile(measurement => measurement.Id != "gap-p-value"),
            .. new Retrieval().Compute(evidence),
        ];
        return new CheckedPair
        {
            First = evidence.First,
            Second = evidence.Second,
            Items = evidence.Count,
            Measures = measures.ToDictionary(measurement => measurement.Key),
            Drifts = baseline is null ? new Dictionary<string, Measurement>() : Drifts(measures, evidence, first, second, baseline),
        };
    }

    private static Dictionary<string, Measurement> Drifts(
        Measurement[] measures, PairEvidence evidence, InputSummary first, InputSummary second, Baseline baseline)
    {
        PairResult then = baseline.Pair(evidence.First, evidence.Second);
        bool same = then.Items == evidence.Count && AreSame(first, baseline) && AreSame(second, baseline);
        Dictionary<string, Measurement> drifts = [];
        foreach (Measurement now in measures.Where(measurement => measurement.Id is Gap or "recall-at-1" or "recall-at-10"))
        {
            Estimate before = baseline.Number(then, now.Key), after = now.Estimate!;
            drifts.Add(now.Key, Measurement.Of(now.Id, now.Subject, same
                ? Estimate.Exact(after.Value - before.Value, "the very same rows as the baseline's", after.Count)
                : Difference.Unpaired(after, before)));
        }
        return drifts;
    }

    private static bool AreSame(InputSummary now, Baseline baseline) =>
        baseline.Input(now.Modality) is { } then
        && now.Provenance.Fingerprint != Fingerprint.None
        && now.Provenance.Fingerprint == then.Provenance.Fingerprint
        && now.Provenance.Part == then.Provenance.Part
        && now.Rows == then.Rows;

    private static IEnumerable<CriterionResult> Judge(CheckedPair pair, CheckCriteria criteria)
    {
        string[] directions = [$"{pair.First}-to-{pair.Second}", $"{pair.Second}-to-{pair.First}"];
        if (criteria.MaxGap is { } maxGap)
            yield return Judge(Criterion.MaxGap(maxGap), Gap, pair.Measures);
        if (criteria.MinRecall is { } minRecall)
            foreach (string direction in directions)
                yield return Judge(Criterion.MinRecall(minRecall, InWords(direction)), $"recall-at-1/{direction}", pair.Measures);
        if (criteria.MaxDrift is { } maxDrift)
            yield return Judge(Criterion.MaxDrift(maxDrift), Gap, pair.Drifts);
        if (criteria.MaxRecallDrop is { } maxDrop)
            foreach (string direction in directions)
                yield return Judge(Criterion.MaxRecallDrop(maxDrop, InWords(direction)), $"recall-at-1/{direction}", pair.Drifts);

        CriterionResult Judge(Criterion criterion, string key, IReadOnlyDictionary<string, Measurement> numbers) =>
            criterion.Judge(pair.First, pair.Second, key, numbers[key].Estimate!, criteria.Rule);

        string InWords(string direction) => direction == directions[0] ? $"{pair.First} to {pair.Second}" : $"{pair.Second} to {pair.First}";
    }

    private static void CheckBaseline(Baseline baseline, InputSummary[] inputs)
    {
        foreach (InputSummary input in inputs)
            if (baseline.Input(input.Modality) is { } then && then.Dimensions != input.Dimensions)
                throw new EmbeddingDataException(
                    baseline.Source,
                    $"its rows of {input.Modality} had {then.Dimensions} dimensions, those of {input.Provenance.Source} have {input.Dimensions}: "
                        + "it is of another model.",
                    "Compare models with modgap compare, or make the baseline anew.");
    }

    private static IEnumerable<Finding> OfBaseline(CheckedPair pair, InputSummary[] inputs, Baseline? baseline)
    {
        if (baseline?.Pair(pair.First, pair.Second) is not { } then)
            yield break;
        if (then.Items != pair.Items)
            yield return new Finding("other-items", FindingSeverity.Warning,
                $"The baseline was measured on {then.Items} items, this on {pair.Items}. Recall depends on how many there are, so its change says little; "
                    + "the debiased gap does not.");
        if (inputs.Where(input => input.Modality == pair.First || input.Modality == pair.Second).All(input => AreSame(input, baseline)))
            yield return new Finding("same-rows", FindingSeverity.Note, "These are the very same files as the baseline's: nothing can have drifted.");
        else
            yield return new Finding("unpaired-drift", FindingSeverity.Note,
                "The intervals of the drift take both sets as independent samples. If the items are the same ones, they are too wide: "
                    + "modgap compare pairs the items of both sets of files.");
    }
}
