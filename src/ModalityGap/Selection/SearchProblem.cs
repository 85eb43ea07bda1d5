using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Selection;

/// <summary>A search that a correction is to make better: items with one document in each of two modalities, and rows that ask for them.</summary>
/// <param name="First">Documents of the first modality; row i belongs to item i.</param>
/// <param name="Second">Documents of the second modality.</param>
/// <param name="Asking">
/// A row per item that asks for either of its documents: of a third modality, or another row of one of the two. <c>null</c> where there is
/// none; then a query has no document of its own modality to find.
/// </param>
internal sealed record SearchProblem(UnitEmbeddings First, UnitEmbeddings Second, UnitEmbeddings? Asking)
{
    /// <summary>Number of items.</summary>
    public int Items => First.Rows;

    /// <summary>A third modality asks.</summary>
    public static SearchProblem Across(UnitEmbeddings asking, PairedEmbeddings documents)
    {
        PairedEmbeddings single = documents.OneToOne();
        return new SearchProblem(single.First, single.Second, asking);
    }

    /// <summary>
    /// The second row of an item asks, its first rows are the documents; of the items that have a second row in the modality which has most
    /// of them. With one row per item nothing asks.
    /// </summary>
    /// <param name="pairs">Rows of two modalities.</param>
    /// <param name="query">The modality that shall ask; default the one with more items of several rows.</param>
    public static SearchProblem Within(PairedEmbeddings pairs, Modality? query = null)
    {
        int[] first = Several(pairs.RowsOfFirst), second = Several(pairs.RowsOfSecond);
        bool ofFirst = query is { } name ? name == pairs.First.Modality : first.Length > second.Length;
        int[] items = ofFirst ? first : second;
        if (items.Length < 2)
        {
            PairedEmbeddings single = pairs.OneToOne();
            return new SearchProblem(single.First, single.Second, null);
        }
        (UnitEmbeddings rows, IReadOnlyList<IReadOnlyList<int>> rowsOf) = ofFirst ? (pairs.First, pairs.RowsOfFirst) : (pairs.Second, pairs.RowsOfSecond);
        return new SearchProblem(
            pairs.First.Select([.. items.Select(item => pairs.RowsOfFirst[item][0])]),
            pairs.Second.Select([.. items.Select(item => pairs.RowsOfSecond[item][0])]),
            rows.Select([.. items.Select(item => rowsOf[item][1])]));
    }

    /// <summary>Whether the queries are of neither modality of the documents.</summary>
    public bool AsksAcross => Asking is not null && Asking.Modality != First.Modality && Asking.Modality != Second.Modality;

    /// <summary>These items.</summary>
    public SearchProblem Select(IReadOnlyList<int> items) => new(First.Select(items), Second.Select(items), Asking?.Select(items));

    /// <summary>What corrections of rows learn from.</summary>
    public CorrectionSample Sample(long seed, WorkContext work)
    {
        (int, int)[] pairs = [.. Enumerable.Range(0, Items).Select(item => (item, item))];
        return new CorrectionSample(First, Second, pairs, Asking is null ? [] : [Asking]) { Work = work, Seed = seed };
    }

    /// <summary>What corrections of scores learn from, after one of rows.</summary>
    /// <exception cref="EmbeddingDataException">Nothing asks for documents of both modalities.</exception>
    public ScoreSample Scores(FittedCorrection rows, WorkContext work)
    {
        if (Asking is null)
            throw new EmbeddingDataException(
                First.Provenance.Source,
                "no rows ask for documents of both modalities.",
                "Scores of both can be compared only by queries that match documents of both: give a second text per item, or a third modality.");
        int[] own = [.. Enumerable.Range(0, Items)];
        return new ScoreSample(
            rows.Apply(RowRole.Queries(Asking.Modality), Asking, work),
            rows.Apply(RowRole.Documents(First.Modality), First, work),
            rows.Apply(RowRole.Documents(Second.Modality), Second, work),
            own,
            own)
        {
            Work = work,
        };
    }

    private static int[] Several(IReadOnlyList<IReadOnlyList<int>> rowsByItem) =>
        [.. Enumerable.Range(0, rowsByItem.Count).Where(item => rowsByItem[item].Count > 1)];
}
