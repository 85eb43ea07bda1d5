using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>
/// One set of rows, raw or corrected, with all outcomes query by query: what two sets are compared by. The same streams of random numbers
/// serve both, so that they share galleries, samples, noise and starts.
/// </summary>
internal sealed class EvaluatedSet
{
    private readonly RandomStream random;
    private readonly WorkContext work;

    public EvaluatedSet(EvaluationProblem problem, FittedCorrection? correction, RandomStream random, WorkContext work, Action<string> report)
    {
        (this.random, this.work) = (random, work);
        Pairs = correction is null ? problem.Pairs : Correct(problem.Pairs, correction);
        Single = Pairs.OneToOne();
        report("search");
        Ranks = new SearchRanks(Pairs, work);
        if (problem.Search.Asking is { } asking)
        {
            report("mixed search");
            SearchProblem rows = problem.Search;
            // As an index serves it: what is done to scores is baked into the rows.
            Mixed = MixedSearch.Evaluate(
                Served(correction, RowRole.Queries(asking.Modality), asking),
                Served(correction, RowRole.Documents(rows.First.Modality), rows.First),
                Served(correction, RowRole.Documents(rows.Second.Modality), rows.Second),
                random.Fork("galleries"),
                work);
            Fused = correction is null
                ? FusedSearch.Hits(rows.First, rows.Second, asking, random.Fork("fused"), work)
                : FusedSearch.Hits(
                    correction.Apply(RowRole.Documents(rows.First.Modality), rows.First, work),
                    correction.Apply(RowRole.Documents(rows.Second.Modality), rows.Second, work),
                    correction.Apply(RowRole.Queries(asking.Modality), asking, work),
                    random.Fork("fused"),
                    work);
        }
        if (problem.Labels is not null && problem.Prompts is not null)
        {
            report("zero-shot");
            Classes = ClassTexts.Of(
                correction is null ? problem.Prompts : correction.Apply(RowRole.Documents(problem.Pairs.Second.Modality), problem.Prompts, work), problem.ClassOfPrompt!);
            ZeroShot.CheckDimensions(Pairs.First, Classes);
            Zero = ZeroShot.Classify(Pairs.First, Classes, Classes.IndicesOf(problem.Labels, problem.LabelSource!), work);
            if (problem.Groups is not null)
                Groups = GroupTable.Of(problem.Groups, Zero.Predicted, Classes.Names, Zero.Hits, problem.ClassSets, problem.GroupSource!, random.Fork("groups"));
        }
        if (problem.LabelsOfItems is not null)
        {
            report("clustering");
            Clusterings = Clustering.Evaluate(Single, problem.LabelsOfItems, random.Fork("clustering"), work);
        }
        report("robustness");
        Robust = Robustness.Evaluate(Single, random.Fork("robustness"), work);
    }

    public PairedEmbeddings Pairs { get; }

    /// <summary>One pair per item.</summary>
    public PairedEmbeddings Single { get; }

    public SearchRanks Ranks { get; }

    public MixedSearch.Arms? Mixed { get; }

    public FusedHits? Fused { get; }

    public ClassTexts? Classes { get; }

    public ZeroShot? Zero { get; }

    public GroupTable? Groups { get; }

    public IReadOnlyList<ClusteringResult> Clusterings { get; } = [];

    public IReadOnlyList<RobustnessOutcome> Robust { get; }

    /// <summary>The numbers with their intervals.</summary>
    public EvaluationNumbers Numbers(EvaluationProblem problem) => new()
    {
        Retrieval =
        [
            .. Retrieval.OneWay(problem.Forth, Ranks.First, random),
            .. Retrieval.OneWay(problem.Back, Ranks.Second, random),
            .. Pooled(problem),
        ],
        MixedSearch = Mixed is null ? null : MixedSearch.Tabulate(
            Mixed, problem.Search.Asking!.Modality.Name, problem.Search.First.Modality.Name, problem.Search.Second.Modality.Name, random.Fork("mixed")),
        Fused = Fused is { } hits ? FusedSearch.Tabulate(hits, problem.Search.Asking!.Modality.Name, random.Fork("fused")) : null,
        ZeroShot = Zero?.Result(),
        Groups = Groups,
        Clustering = Clusterings,
        Robustness = [.. Robust.Select(outcome => outcome.Result(random))],
    };

    private IEnumerable<Measurement> Pooled(EvaluationProblem problem)
    {
        foreach ((string name, long[]? ranks) in new[] { (problem.Pairs.First.Modality.Name, Ranks.PooledFirst), (problem.Pairs.Second.Modality.Name, Ranks.PooledSecond) })
            if (ranks is not null)
                yield return Measurement.Of("pooled-hit-at-1", name, Bootstrap.Means([Retrieval.Hits(ranks, 1)], random.Fork("pooled/" + name))[0]);
    }

    private static RowMatrix Served(FittedCorrection? correction, RowRole role, UnitEmbeddings rows)
    {
        if (correction is null)
            return new RowMatrix(rows.Values, rows.Rows, rows.Dimensions);
        EmbeddingSet baked = correction.Bake(role, rows);
        return new RowMatrix(baked.Values, baked.Rows, baked.Dimensions);
    }

    private PairedEmbeddings Correct(PairedEmbeddings pairs, FittedCorrection correction) => new(
        correction.Apply(RowRole.Documents(pairs.First.Modality), pairs.First, work),
        correction.Apply(RowRole.Documents(pairs.Second.Modality), pairs.Second, work),
        pairs.FirstItems,
        pairs.SecondItems,
        pairs.Items);
}
