using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>Chooses a correction by evidence from held-out items, and fits it.</summary>
public static class CorrectionSelection
{
    /// <summary>The ids of everything that is tried and can be asked for by name.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        [.. CandidateList.Standard.Where(candidate => !candidate.IsPlacebo && candidate != Candidate.Nothing).Select(candidate => candidate.Id)];

    /// <summary>Tries every candidate on two modalities, or on two that a third one searches.</summary>
    /// <param name="inputs">Two or three sets of the same items.</param>
    /// <param name="options">How; default <see cref="CorrectionOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The evidence, and the correction fitted on all items, or <c>null</c> where none is recommended or asked for.</returns>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used, do not fit together, or are too few.</exception>
    public static (CorrectionResult Result, FittedCorrection? Correction) Run(
        IReadOnlyList<EmbeddingSet> inputs,
        CorrectionOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new CorrectionOptions();
        options.Check();
        Alignment alignment = Alignment.Of(inputs, options.PairedBy, options.TextsPerItem, options.SkipInvalid);
        SearchProblem problem = Problem(alignment, options.Query);
        if (problem.Items < NestedSelection.FewestItems)
            throw new EmbeddingDataException(
                problem.First.Provenance.Source,
                $"only {problem.Items} items can be used.",
                $"A correction is chosen on quarters of them and judged on halves: give at least {NestedSelection.FewestItems} items, better some hundred.");
        var work = new WorkContext(options.Threads, cancellation: cancellation);
        var random = new RandomStream(options.Seed);
        SearchProblem tried = Sample(problem, options.TrialItems, random.Fork("trial-items"));
        IReadOnlyList<Candidate> candidates = CandidateList.Standard;
        int done = 0;
        NestedSelection? selection = null;
        selection = new NestedSelection(
            candidates, options.Seed, work, () => progress?.Report(new AnalysisProgress("trying corrections", 0.9 * ++done / selection!.Steps)));
        NestedOutcome outcome = selection.Run(tried, random.Fork("selection"));
        progress?.Report(new AnalysisProgress("fitting", 0.92));
        return Conclude(alignment, problem, tried, candidates, outcome, options, random, work);
    }

    private static (CorrectionResult Result, FittedCorrection? Correction) Conclude(
        Alignment alignment,
        SearchProblem problem,
        SearchProblem tried,
        IReadOnlyList<Candidate> candidates,
        NestedOutcome outcome,
        CorrectionOptions options,
        RandomStream random,
        WorkContext work)
    {
        SearchNumbers raw = outcome.Numbers[0]!;
        CandidateResult[] results = [.. candidates.Select((candidate, k) => Result(candidate, outcome, k))];
        var nested = new NestedResult([.. outcome.Picks.Select(pick => candidates[pick].Id)], SearchResults.Of(outcome.Nested, raw), outcome.Beats);
        IReadOnlyList<FilterResult> filters = SearchResults.Filters(outcome, tried);
        CorrectionAdvice advice = CorrectionAdvising.Of(results, outcome.Pick, outcome.Best, nested, filters);
        string wanted = options.Method ?? advice.Action;
        Candidate chosen = candidates.First(candidate => candidate.Id == wanted);
        Candidate studied = chosen == Candidate.Nothing ? candidates[outcome.Best] : chosen;
        SamplePoint[] curve = studied == Candidate.Nothing
            ? []
            : [.. FittingCurve.Of(studied, outcome, random.Fork("sample-sizes"), options.Seed, work)
                .Select(point => new SamplePoint(point.Items, SearchResults.Compare(point.Numbers.Goal, raw.Goal)))];
        FittedCorrection? fitted = new CandidateFitting(problem, options.Seed, work).Fit(chosen);
        ZeroShotTrial? zeroShot = new HeldOutClasses(candidates, outcome, options.Seed, work).Judge(random.Fork("zero-shot"), out string? missing);
        return (new CorrectionResult
        {
            Tool = ToolVersion.Name,
            Detected = Detection.InWords(alignment),
            First = problem.First.Modality.Name,
            Second = problem.Second.Modality.Name,
            Query = problem.Asking?.Modality.Name,
            Items = problem.Items,
            TrialItems = tried.Items,
            Seed = options.Seed,
            Protocol = Protocol(tried.Items, problem.Items),
            Rule = ChoiceRule.InWords,
            Advice = advice,
            Nested = nested,
            ZeroShot = zeroShot,
            Candidates = results,
            Filters = filters,
            SampleSizesOf = curve.Length == 0 ? null : studied.Id,
            SampleSizes = curve,
            Fitted = fitted is null ? null : chosen.Id,
            Findings = missing is null
                ? alignment.Findings
                : [.. alignment.Findings, new Finding("zero-shot-missing", FindingSeverity.Warning, $"Nothing was classified by the labels. {missing}")],
        }, fitted);
    }

    private static CandidateResult Result(Candidate candidate, NestedOutcome outcome, int k) => new()
    {
        Id = candidate.Id,
        Description = candidate.Description,
        Parameters = candidate.Parameters,
        IsPlacebo = candidate.IsPlacebo,
        Missing = outcome.Faults[k],
        Search = outcome.Numbers[k] is { } numbers ? SearchResults.Of(numbers, outcome.Numbers[0]!) : null,
        ProcedureAhead = outcome.Numbers[k] is { } own ? outcome.Nested.Goal.Less(own.Goal).Estimate() : null,
    };

    private static string Protocol(int tried, int items) =>
        $"fitted on one random half of {tried} items, judged on the other ({tried - tried / 2} documents a gallery), both ways"
        + (tried < items ? $"; the {tried} are a random sample of {items}" : "")
        + "; for the choice the same again inside each half; intervals from the same resampled queries for all";

    /// <summary>Who asks for what, among two modalities or three.</summary>
    internal static SearchProblem Problem(Alignment alignment, string? query)
    {
        IReadOnlyList<UnitEmbeddings> sets = alignment.Modalities;
        if (sets.Count > 3)
            throw new EmbeddingDataException(
                sets[3].Provenance.Source, $"{sets.Count} modalities were given.", "Give two whose documents are searched, and at most one more that asks.");
        int asking = query is null ? -1 : sets.ToList().FindIndex(set => set.Modality.Name == query);
        if (query is not null && asking < 0)
            throw new ArgumentException($"No modality is called \"{query}\". There are {string.Join(", ", sets.Select(set => set.Modality))}.", nameof(query));
        if (sets.Count == 2)
            return SearchProblem.Within(alignment.Pair(0, 1), asking < 0 ? null : sets[asking].Modality);
        asking = asking < 0 ? 2 : asking;
        int first = asking == 0 ? 1 : 0, second = asking == 2 ? 1 : 2;
        return SearchProblem.Across(alignment.Pair(asking, first).OneToOne().First, alignment.Pair(first, second));
    }

    private static SearchProblem Sample(SearchProblem problem, int most, RandomStream random) =>
        problem.Items <= most ? problem : problem.Select([.. random.NextPermutation(problem.Items).Take(most).Order()]);
}
