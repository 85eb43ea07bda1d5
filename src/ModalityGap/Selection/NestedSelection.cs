using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>
/// Chooses among candidates and judges the choice by items that took no part in it. Two outer folds: every candidate is fitted on one and
/// judged on the other. Inside each outer training part the same is done again with two inner folds, the rule picks there, and what the
/// pick does on the outer fold is the honest number of the whole procedure.
/// </summary>
internal sealed class NestedSelection
{
    /// <summary>Below this many items an inner fold says nothing.</summary>
    public const int FewestItems = 40;

    private readonly IReadOnlyList<Candidate> candidates;
    private readonly long seed;
    private readonly WorkContext work;
    private readonly Action step;

    /// <param name="candidates">The simplest first; the first does nothing.</param>
    /// <param name="seed">What fitted corrections remember as the seed.</param>
    /// <param name="work">Threads.</param>
    /// <param name="step">Told after each of the <see cref="Steps"/>.</param>
    public NestedSelection(IReadOnlyList<Candidate> candidates, long seed, WorkContext work, Action? step = null) =>
        (this.candidates, this.seed, this.work, this.step) = (candidates, seed, work, step ?? (() => { }));

    /// <summary>How many candidates are fitted and judged in all.</summary>
    public int Steps => 6 * candidates.Count;

    public NestedOutcome Run(SearchProblem problem, RandomStream random)
    {
        (int[] a, int[] b) = Halves(problem.Items, random.Fork("outer"));
        SearchProblem partA = problem.Select(a), partB = problem.Select(b);
        Judged[] outer = CrossFit(partA, partB, random.Fork("outer-galleries"));
        int pickForA = Inner(partB, random.Fork("inner", 0)), pickForB = Inner(partA, random.Fork("inner", 1));
        var resamples = new Resamples(problem.Items, random.Fork("resamples"));
        SearchNumbers?[] numbers = Numbers(outer, resamples);
        SearchOutcome nested = SearchOutcome.Join(outer[pickForA].OnA!, outer[pickForB].OnB!);
        return new NestedOutcome
        {
            Outcomes = [.. outer.Select(judged => judged.Both)],
            Numbers = numbers,
            Faults = [.. outer.Select(judged => judged.Fault)],
            Picks = [pickForA, pickForB],
            Nested = SearchNumbers.Of(nested, resamples),
            Pick = ChoiceRule.Pick(candidates, numbers),
            Best = ChoiceRule.Best(candidates, numbers),
            Parts = [partA, partB],
            Galleries = random.Fork("outer-galleries"),
            Resamples = resamples,
        };
    }

    private int Inner(SearchProblem training, RandomStream random)
    {
        (int[] a, int[] b) = Halves(training.Items, random.Fork("halves"));
        Judged[] judged = CrossFit(training.Select(a), training.Select(b), random.Fork("galleries"));
        return ChoiceRule.Pick(candidates, Numbers(judged, new Resamples(training.Items, random.Fork("resamples"))));
    }

    // Each candidate fitted on one part and judged on the other, both ways.
    private Judged[] CrossFit(SearchProblem a, SearchProblem b, RandomStream galleries)
    {
        CandidateFitting onA = new(a, seed, work), onB = new(b, seed, work);
        return [.. candidates.Select(candidate =>
        {
            work.Cancellation.ThrowIfCancellationRequested();
            try
            {
                SearchOutcome judgedA = SearchJudge.Judge(onB.Fit(candidate), a, galleries.Fork("part", 0), work);
                step();
                SearchOutcome judgedB = SearchJudge.Judge(onA.Fit(candidate), b, galleries.Fork("part", 1), work);
                step();
                return new Judged(judgedA, judgedB, null);
            }
            catch (EmbeddingDataException fault) when (candidate != Candidate.Nothing)
            {
                return new Judged(null, null, fault.Message);
            }
        })];
    }

    private SearchNumbers?[] Numbers(Judged[] judged, Resamples resamples)
    {
        var numbers = new SearchNumbers?[judged.Length];
        work.ForEach(judged.Length, k => numbers[k] = judged[k].Both is { } both ? SearchNumbers.Of(both, resamples) : null);
        return numbers;
    }

    private static (int[] A, int[] B) Halves(int items, RandomStream random)
    {
        int[] order = random.NextPermutation(items);
        return ([.. order[..(items / 2)].Order()], [.. order[(items / 2)..].Order()]);
    }

    private sealed record Judged(SearchOutcome? OnA, SearchOutcome? OnB, string? Fault)
    {
        public SearchOutcome? Both { get; } = OnA is null || OnB is null ? null : SearchOutcome.Join(OnA, OnB);
    }
}

/// <summary>What nested selection found.</summary>
internal sealed record NestedOutcome
{
    /// <summary>Held-out outcomes by candidate; <c>null</c> where it could not be fitted.</summary>
    public required IReadOnlyList<SearchOutcome?> Outcomes { get; init; }

    /// <summary>Held-out numbers by candidate.</summary>
    public required IReadOnlyList<SearchNumbers?> Numbers { get; init; }

    /// <summary>Why a candidate could not be fitted.</summary>
    public required IReadOnlyList<string?> Faults { get; init; }

    /// <summary>What the rule picked inside each outer training part.</summary>
    public required IReadOnlyList<int> Picks { get; init; }

    /// <summary>What those picks did on the outer folds.</summary>
    public required SearchNumbers Nested { get; init; }

    /// <summary>What the rule picks by all outer folds.</summary>
    public required int Pick { get; init; }

    /// <summary>The candidate with the highest number that the rule allows.</summary>
    public required int Best { get; init; }

    /// <summary>The outer folds.</summary>
    public required IReadOnlyList<SearchProblem> Parts { get; init; }

    /// <summary>The randomness of the outer galleries.</summary>
    public required RandomStream Galleries { get; init; }

    /// <summary>The resamples of the outer queries.</summary>
    public required Resamples Resamples { get; init; }

    /// <summary>Whether the procedure as a whole beats doing nothing beyond its interval.</summary>
    public bool Beats => Nested.Goal.Less(Numbers[0]!.Goal).Estimate().Low > 0;
}
