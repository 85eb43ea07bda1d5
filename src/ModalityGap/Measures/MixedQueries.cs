using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Queries and the documents of both modalities for mixed search: row i of each belongs to item i.</summary>
/// <param name="Query">What the queries are, in words.</param>
/// <param name="Queries">One row per item.</param>
/// <param name="First">The items' documents of the first modality.</param>
/// <param name="Second">The items' documents of the second modality.</param>
internal sealed record MixedQueries(string Query, RowMatrix Queries, RowMatrix First, RowMatrix Second)
{
    /// <summary>Which items these are, where some of the pairs' items have no query.</summary>
    public IReadOnlyList<int>? Items { get; init; }

    /// <summary>
    /// With several rows per item: the second row of an item asks, its first rows are the documents. <c>null</c> where no modality has
    /// several rows of at least two items, for then a query could only find itself.
    /// </summary>
    public static MixedQueries? Within(PairedEmbeddings pairs)
    {
        (bool OfSecond, int[] Items)[] candidates = [(true, WithSeveral(pairs.RowsOfSecond)), (false, WithSeveral(pairs.RowsOfFirst))];
        (bool ofSecond, int[] items) = candidates.MaxBy(candidate => candidate.Items.Length);
        if (items.Length < 2)
            return null;
        UnitEmbeddings asking = ofSecond ? pairs.Second : pairs.First;
        IReadOnlyList<IReadOnlyList<int>> rows = ofSecond ? pairs.RowsOfSecond : pairs.RowsOfFirst;
        return new MixedQueries(
            $"{asking.Modality}, another one of the item",
            Matrix(asking.Select([.. items.Select(item => rows[item][1])])),
            Matrix(pairs.First.Select([.. items.Select(item => pairs.RowsOfFirst[item][0])])),
            Matrix(pairs.Second.Select([.. items.Select(item => pairs.RowsOfSecond[item][0])])))
        {
            Items = items,
        };
    }

    /// <summary>A third modality asks for documents of the other two.</summary>
    /// <param name="asking">The third modality, one row per item.</param>
    /// <param name="pairs">The other two.</param>
    public static MixedQueries Across(UnitEmbeddings asking, PairedEmbeddings pairs) =>
        new(asking.Modality.Name, Matrix(asking), Matrix(pairs.First), Matrix(pairs.Second));

    /// <summary>Ranks every query in all galleries.</summary>
    public MixedSearch.Arms Evaluate(RandomStream random, WorkContext work) =>
        MixedSearch.Evaluate(Queries, First, Second, random, work);

    /// <summary>The table with intervals.</summary>
    public MixedSearchTable Tabulate(PairedEmbeddings pairs, RandomStream random, WorkContext work) => MixedSearch.Tabulate(
        Evaluate(random.Fork("galleries"), work), Query, pairs.First.Modality.Name, pairs.Second.Modality.Name, random.Fork("resamples"));

    private static int[] WithSeveral(IReadOnlyList<IReadOnlyList<int>> rowsByItem) =>
        [.. Enumerable.Range(0, rowsByItem.Count).Where(item => rowsByItem[item].Count > 1)];

    private static RowMatrix Matrix(UnitEmbeddings rows) => new(rows.Values, rows.Rows, rows.Dimensions);
}
