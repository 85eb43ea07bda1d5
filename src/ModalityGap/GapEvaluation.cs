using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>Evaluates what embeddings are used for, and what a correction changes about it.</summary>
public static class GapEvaluation
{
    /// <summary>Evaluates two modalities of the same items, or two that a third one searches.</summary>
    /// <param name="inputs">Two or three sets.</param>
    /// <param name="task">Labels, classes, groups, a correction; default what the inputs were read with.</param>
    /// <param name="options">How; default <see cref="EvaluationOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used, or something does not fit them.</exception>
    public static EvaluationResult Run(
        IReadOnlyList<EmbeddingSet> inputs,
        EvaluationTask? task = null,
        EvaluationOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        task ??= new EvaluationTask();
        options ??= new EvaluationOptions();
        options.Check();
        Alignment alignment = Alignment.Of(inputs, options.PairedBy, options.TextsPerItem, options.SkipInvalid);
        EvaluationProblem problem = EvaluationProblem.Of(inputs, alignment, task);
        if (problem.Pairs.Items < GapAnalysis.FewestItems)
            throw new EmbeddingDataException(
                inputs[0].Provenance.Source, "only one item can be paired.", $"Give at least {GapAnalysis.FewestItems} items, better some hundred.");
        var work = new WorkContext(options.Threads, cancellation: cancellation);
        var random = new RandomStream(options.Seed);
        double done = 0, step = 1.0 / (5 * (task.Correction is null ? 1 : 2) + (options.Sweep ? 2 + SweptNumbers.Shifts.Count : 0) + 1);
        void Report(string stage) => progress?.Report(new AnalysisProgress(stage, Math.Min(1, done += step)));
        var raw = new EvaluatedSet(problem, null, random, work, Report);
        EvaluatedSet? corrected = task.Correction is null ? null : new EvaluatedSet(problem, task.Correction, random, work, Report);
        ShiftConvention convention = ShiftConvention.All.First(candidate => candidate.Id == options.Shift);
        SweptNumbers? swept = options.Sweep ? SweptNumbers.Of(problem, raw, convention, random, work, Report) : null;
        EvaluationNumbers before = raw.Numbers(problem);
        EvaluationNumbers? after = corrected?.Numbers(problem);
        return new EvaluationResult
        {
            Tool = ToolVersion.Name,
            Detected = Detection.InWords(alignment),
            First = problem.Pairs.First.Modality.Name,
            Second = problem.Pairs.Second.Modality.Name,
            Query = problem.Search.Asking?.Modality.Name,
            Items = problem.Pairs.Items,
            Seed = options.Seed,
            ClassTexts = problem.ClassTextsInWords,
            Correction = task.Correction?.Id,
            Raw = before,
            Corrected = after,
            Predictions = corrected?.Zero is { } zero
                ? PredictionChange.Between(raw.Classes!.Names, raw.Zero!.Hits, zero.Hits, zero.Predicted, random.Fork("predictions"))
                : null,
            Changes = corrected is null ? [] : [.. new EvaluationChanges(problem, random.Fork("changes")).Between(raw, before, corrected, after!)],
            Sweeps = swept?.Sweeps ?? [],
            AlongGap = swept?.Points ?? [],
            Missing = [.. problem.Missing, .. swept?.Missing ?? []],
            Findings = problem.Findings,
        };
    }

    /// <summary>What would be evaluated, in words, after checking that everything fits together.</summary>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used, or something does not fit them.</exception>
    public static IReadOnlyList<string> PartsOf(IReadOnlyList<EmbeddingSet> inputs, EvaluationTask? task = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new EvaluationOptions();
        options.Check();
        Alignment alignment = Alignment.Of(inputs, options.PairedBy, options.TextsPerItem, options.SkipInvalid);
        EvaluationProblem problem = EvaluationProblem.Of(inputs, alignment, task ?? new EvaluationTask());
        List<string> parts = ["search", "robustness"];
        if (problem.Search.Asking is { } asking)
            parts.Add($"mixed and fused search by {asking.Modality}");
        if (problem.ClassTextsInWords is { } texts)
            parts.Add($"zero-shot classification by {texts}");
        if (problem.LabelsOfItems is not null)
            parts.Add("clusters");
        if (problem.Groups is { } groups)
            parts.Add($"{groups.Distinct().Count()} groups");
        if (task?.Correction is { } correction)
            parts.Add($"all of it after {correction.Id}");
        if (options.Sweep)
            parts.Add($"shifts along the gap ({options.Shift})");
        return parts;
    }
}
