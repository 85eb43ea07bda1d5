using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Whether a search across the modalities still finds the same document when rows are disturbed (the CVPR 2026 study of the gap's use, arXiv
/// 2603.29080): P(nearest neighbour unchanged), and how many queries find their own document afterwards. Noise disturbs the queries; forms of
/// storage both sides.
/// </summary>
internal sealed class Robustness
{
    /// <summary>More queries are represented by a random sample of this size; the gallery stays whole.</summary>
    private const int MostQueries = 2000;

    private readonly RowMatrix queries, documents;
    private readonly int[] own;
    private readonly string direction;
    private readonly int[][] nearest;
    private readonly WorkContext work;

    private Robustness(string direction, UnitEmbeddings queries, UnitEmbeddings documents, RandomStream random, WorkContext work)
    {
        (this.direction, this.work) = (direction, work);
        own = queries.Rows <= MostQueries
            ? [.. Enumerable.Range(0, queries.Rows)]
            : [.. random.Fork("queries").NextPermutation(queries.Rows).Take(MostQueries).Order()];
        UnitEmbeddings asking = own.Length == queries.Rows ? queries : queries.Select(own);
        this.queries = new RowMatrix(asking.Values, asking.Rows, asking.Dimensions);
        this.documents = new RowMatrix(documents.Values, documents.Rows, documents.Dimensions);
        nearest = NearestDocuments.Of(this.queries, this.documents, work);
    }

    /// <summary>Both directions under every disturbance.</summary>
    public static IReadOnlyList<RobustnessOutcome> Evaluate(PairedEmbeddings pairs, RandomStream random, WorkContext work) =>
        Evaluate(pairs, Disturbance.All, random, work);

    /// <summary>Both directions under some disturbances.</summary>
    /// <param name="pairs">One row of each modality per item.</param>
    /// <param name="disturbances">Which.</param>
    /// <param name="random">The randomness of noise and samples.</param>
    /// <param name="work">Threads.</param>
    public static IReadOnlyList<RobustnessOutcome> Evaluate(
        PairedEmbeddings pairs, IReadOnlyList<Disturbance> disturbances, RandomStream random, WorkContext work)
    {
        string first = pairs.First.Modality.Name, second = pairs.Second.Modality.Name;
        var forth = new Robustness($"{first}-to-{second}", pairs.First, pairs.Second, random.Fork("first"), work);
        var back = new Robustness($"{second}-to-{first}", pairs.Second, pairs.First, random.Fork("second"), work);
        return
        [
            .. disturbances.Select(disturbance => forth.Under(disturbance, random.Fork("forth/" + disturbance.Id))),
            .. disturbances.Select(disturbance => back.Under(disturbance, random.Fork("back/" + disturbance.Id))),
        ];
    }

    private RobustnessOutcome Under(Disturbance disturbance, RandomStream random)
    {
        RowMatrix asking = disturbance.Of(queries, random.Fork("queries"), work);
        RowMatrix asked = disturbance.OfDocuments ? disturbance.Of(documents, random.Fork("documents"), work) : documents;
        int[][] found = NearestDocuments.Of(asking, asked, work);
        return new RobustnessOutcome(
            disturbance.Id,
            direction,
            // Of documents that tied before, any may come first; one that did not may not even tie.
            [.. found.Select((documents, q) => documents.All(nearest[q].Contains) ? 1.0 : 0)],
            Hits(nearest),
            Hits(found));
    }

    private double[] Hits(int[][] found) => [.. found.Select((documents, q) => documents.Length == 1 && documents[0] == own[q] ? 1.0 : 0)];
}

/// <summary>One disturbance in one direction, query by query.</summary>
/// <param name="Disturbance">Its id.</param>
/// <param name="Direction">Such as <c>image-to-text</c>.</param>
/// <param name="Unchanged">1 where the nearest document is the same as before.</param>
/// <param name="HitsBefore">1 where the own document came first.</param>
/// <param name="Hits">1 where it still does.</param>
internal sealed record RobustnessOutcome(string Disturbance, string Direction, double[] Unchanged, double[] HitsBefore, double[] Hits)
{
    /// <summary>The numbers.</summary>
    public RobustnessRow Result(RandomStream random) => new(
        Disturbance,
        Direction,
        Estimate.Share(Unchanged.Average(), Unchanged.Length, "queries"),
        Estimate.Share(Hits.Average(), Hits.Length, "queries"),
        PredictionChange.PairedDifference(HitsBefore, Hits, random.Fork($"robustness/{Disturbance}/{Direction}")));
}

/// <summary>A search across the modalities under one disturbance.</summary>
/// <param name="Disturbance"><c>noise-σ²</c> of every coordinate of the queries, <c>float16</c>, <c>int8</c> (a scale for each row), <c>bins-k</c> of equal width, or <c>sign</c>.</param>
/// <param name="Direction">Such as <c>image-to-text</c>.</param>
/// <param name="Unchanged">Share of queries whose nearest document is the same as without the disturbance.</param>
/// <param name="RecallAt1">Share of queries that find their own document first; a document with the same score counts as ahead.</param>
/// <param name="RecallChange">That share less the one without the disturbance.</param>
public sealed record RobustnessRow(string Disturbance, string Direction, Estimate Unchanged, Estimate RecallAt1, Estimate RecallChange);
