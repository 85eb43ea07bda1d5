using ModalityGap.Embeddings;
using ModalityGap.Explanations;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>Examples by sorting every list.</summary>
internal static class SlowExamples
{
    public static PairExamples Of(PairedEmbeddings pairs) => new()
    {
        Searches = [Search(pairs, ofFirst: true), Search(pairs, ofFirst: false)],
        Impostors = Impostors(pairs),
    };

    private static SearchExamples Search(PairedEmbeddings pairs, bool ofFirst)
    {
        MatchExample[] matches = Matches(pairs, ofFirst);
        return new SearchExamples
        {
            Query = (ofFirst ? pairs.First : pairs.Second).Modality.Name,
            Document = (ofFirst ? pairs.Second : pairs.First).Modality.Name,
            Worst = [.. matches.OrderByDescending(one => one.Rank).ThenBy(one => one.Cosine - one.RivalCosine).Take(8)],
            Best = [.. matches.OrderByDescending(one => one.Cosine - one.RivalCosine).Take(8)],
            Hubs = Hubs(pairs.OneToOne(), ofFirst),
        };
    }

    private static MatchExample[] Matches(PairedEmbeddings pairs, bool ofFirst)
    {
        (UnitEmbeddings queries, UnitEmbeddings documents) = ofFirst ? (pairs.First, pairs.Second) : (pairs.Second, pairs.First);
        (IReadOnlyList<int> itemOfQuery, IReadOnlyList<int> itemOfDocument) = ofFirst ? (pairs.FirstItems, pairs.SecondItems) : (pairs.SecondItems, pairs.FirstItems);
        long[] ranks = SlowSearch.Ranks(pairs, ofFirst);
        return
        [
            .. Enumerable.Range(0, queries.Rows).Select(q =>
            {
                int[] sorted = [.. Enumerable.Range(0, documents.Rows).OrderByDescending(j => SlowCosines.Of(queries.Row(q), documents.Row(j))).ThenBy(j => j)];
                int partner = sorted.First(j => itemOfDocument[j] == itemOfQuery[q]), rival = sorted.First(j => itemOfDocument[j] != itemOfQuery[q]);
                return new MatchExample
                {
                    Query = Named(q),
                    Partner = Named(partner),
                    Cosine = SlowCosines.Of(queries.Row(q), documents.Row(partner)),
                    Rank = ranks[q],
                    Rival = Named(rival),
                    RivalCosine = SlowCosines.Of(queries.Row(q), documents.Row(rival)),
                };
            }),
        ];
    }

    private static HubExample[] Hubs(PairedEmbeddings pairs, bool ofFirst)
    {
        double[,] cosines = ofFirst ? SlowCosines.TableInFloat32(pairs.First, pairs.Second) : SlowCosines.TableInFloat32(pairs.Second, pairs.First);
        (UnitEmbeddings queries, UnitEmbeddings documents) = ofFirst ? (pairs.First, pairs.Second) : (pairs.Second, pairs.First);
        int n = pairs.Items;
        if (n <= 10)
            return [];
        List<(int Query, int Document)> shown = [];
        for (int q = 0; q < n; q++)
            foreach (int document in Enumerable.Range(0, n).OrderByDescending(j => cosines[q, j]).ThenBy(j => j).Take(10))
                shown.Add((q, document));
        return
        [
            .. shown.GroupBy(entry => entry.Document).Where(group => group.Count() > 10)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(8).Select(group => new HubExample
                {
                    Document = Named(documents.Names.PositionOf(group.Key)),
                    Lists = group.Count(),
                    Queries =
                    [
                        .. group.Select(entry => entry.Query).Where(q => q != group.Key)
                            .OrderByDescending(q => cosines[q, group.Key]).ThenBy(q => q).Take(3).Select(q => Named(queries.Names.PositionOf(q))),
                    ],
                }),
        ];
    }

    private static List<ImpostorExample> Impostors(PairedEmbeddings pairs)
    {
        double[,] cosines = SlowCosines.TableInFloat32(pairs.First, pairs.Second);
        MatchExample[] first = Matches(pairs, ofFirst: true), second = Matches(pairs, ofFirst: false);
        List<(int I, int J)> kept = [];
        foreach ((int i, int j) in
            from i in Enumerable.Range(0, pairs.First.Rows)
            from j in Enumerable.Range(0, pairs.Second.Rows)
            where pairs.FirstItems[i] != pairs.SecondItems[j]
            orderby cosines[i, j] descending, i, j
            select (i, j))
            if (kept.Count < 8 && !kept.Exists(pair => pair.I == i || pair.J == j))
                kept.Add((i, j));
        return
        [
            .. kept.Select(pair => new ImpostorExample
            {
                First = Named(pair.I),
                Second = Named(pair.J),
                Cosine = SlowCosines.Of(pairs.First.Row(pair.I), pairs.Second.Row(pair.J)),
                FirstPartnerCosine = first[pair.I].Cosine,
                FirstPartnerRank = first[pair.I].Rank,
                SecondPartnerCosine = second[pair.J].Cosine,
                SecondPartnerRank = second[pair.J].Rank,
            }),
        ];
    }

    private static ExampleRow Named(int row) => new(row, null, null, null);
}
