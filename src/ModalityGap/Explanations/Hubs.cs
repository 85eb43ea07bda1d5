using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Explanations;

/// <summary>The documents that stand in more lists of nearest neighbours than others.</summary>
internal static class Hubs
{
    private const int MostQueries = 3;

    /// <param name="queries">One row per item.</param>
    /// <param name="documents">One row per item.</param>
    /// <param name="lists">For each query, the nearest documents, its partner included.</param>
    public static IReadOnlyList<HubExample> Of(UnitEmbeddings queries, UnitEmbeddings documents, TopLists lists)
    {
        if (documents.Rows <= lists.K)
            return [];
        double[] counts = Hubness.Occurrences(lists, documents.Rows);
        return
        [
            .. Enumerable.Range(0, counts.Length).Where(document => counts[document] > lists.K)
                .OrderByDescending(document => counts[document]).ThenBy(document => document).Take(PairExamples.Listed)
                .Select(document => new HubExample
                {
                    Document = ExampleRow.Of(documents, document),
                    Lists = (int)counts[document],
                    Queries = [.. NearestQueries(document, lists, queries.Rows).Select(query => ExampleRow.Of(queries, query))],
                }),
        ];
    }

    private static IEnumerable<int> NearestQueries(int document, TopLists lists, int queries)
    {
        List<(float Score, int Query)> found = [];
        for (int query = 0; query < queries; query++)
            for (int p = 0; p < lists.Count(query); p++)
                if (query != document && lists.Index(query, p) == document)
                    found.Add((lists.Score(query, p), query));
        return found.OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Query).Take(MostQueries).Select(entry => entry.Query);
    }
}
