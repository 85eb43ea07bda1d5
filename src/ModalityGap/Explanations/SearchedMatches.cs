using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Explanations;

/// <summary>How every query of one modality fares among the documents of the other.</summary>
internal sealed class SearchedMatches
{
    private readonly UnitEmbeddings queries;
    private readonly IReadOnlyList<int> itemOfQuery;
    private readonly UnitEmbeddings documents;
    private readonly IReadOnlyList<IReadOnlyList<int>> documentsOfItem;
    private readonly TopLists impostors;
    private readonly Standing[] standings;

    /// <param name="queries">The rows that ask.</param>
    /// <param name="itemOfQuery">The item of each.</param>
    /// <param name="documents">The rows that are searched.</param>
    /// <param name="documentsOfItem">The right documents of each item.</param>
    /// <param name="partners">For each query, the cosine with its best partner.</param>
    /// <param name="ranks">For each query, that partner's rank.</param>
    /// <param name="impostors">For each query, the nearest documents of other items.</param>
    public SearchedMatches(
        UnitEmbeddings queries,
        IReadOnlyList<int> itemOfQuery,
        UnitEmbeddings documents,
        IReadOnlyList<IReadOnlyList<int>> documentsOfItem,
        double[] partners,
        long[] ranks,
        TopLists impostors)
    {
        this.queries = queries;
        this.itemOfQuery = itemOfQuery;
        this.documents = documents;
        this.documentsOfItem = documentsOfItem;
        this.impostors = impostors;
        standings = new Standing[queries.Rows];
        for (int query = 0; query < standings.Length; query++)
        {
            (int rival, double cosine) = Rival(query);
            standings[query] = new Standing(query, ranks[query], partners[query], rival, cosine);
        }
    }

    /// <summary>The partners that rank worst, the furthest behind first.</summary>
    public IReadOnlyList<MatchExample> Worst() =>
    [
        .. standings.OrderByDescending(one => one.Rank).ThenBy(one => one.Lead).ThenBy(one => one.Query)
            .Take(PairExamples.Listed).Select(Example),
    ];

    /// <summary>The partners with the largest lead.</summary>
    public IReadOnlyList<MatchExample> Best() =>
        [.. standings.OrderByDescending(one => one.Lead).ThenBy(one => one.Query).Take(PairExamples.Listed).Select(Example)];

    // Cosines that float32 cannot tell apart are compared in float64.
    private (int Document, double Cosine) Rival(int query)
    {
        float floor = impostors.Score(query, 0) - 2 * Dot.Uncertainty(queries.Dimensions);
        (int Document, double Cosine) best = (-1, double.NegativeInfinity);
        for (int p = 0; p < impostors.Count(query) && impostors.Score(query, p) >= floor; p++)
        {
            int document = impostors.Index(query, p);
            double cosine = Dot.Float64(queries.Row(query), documents.Row(document));
            if (cosine > best.Cosine || (cosine == best.Cosine && document < best.Document))
                best = (document, cosine);
        }
        return best;
    }

    private MatchExample Example(Standing standing) => new()
    {
        Query = ExampleRow.Of(queries, standing.Query),
        Partner = ExampleRow.Of(documents, Partner(standing.Query)),
        Cosine = standing.Cosine,
        Rank = standing.Rank,
        Rival = ExampleRow.Of(documents, standing.Rival),
        RivalCosine = standing.RivalCosine,
    };

    private int Partner(int query) =>
        documentsOfItem[itemOfQuery[query]].MaxBy(document => Dot.Float64(queries.Row(query), documents.Row(document)));

    /// <summary>A query's partner beside the best of the wrong documents.</summary>
    private readonly record struct Standing(int Query, long Rank, double Cosine, int Rival, double RivalCosine)
    {
        /// <summary>How far the partner is ahead; negative where it is behind.</summary>
        public double Lead => Cosine - RivalCosine;
    }
}
