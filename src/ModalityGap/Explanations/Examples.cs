using ModalityGap.Embeddings;
using ModalityGap.Measures;

namespace ModalityGap.Explanations;

/// <summary>Picks the rows to look at from what the sweep over X·Yᵀ kept.</summary>
internal static class Examples
{
    public static PairExamples Compute(PairEvidence evidence)
    {
        PairedEmbeddings all = evidence.All, pairs = evidence.Pairs;
        CrossEvidence cross = evidence.Cross;
        var first = new SearchedMatches(
            all.First, all.FirstItems, all.Second, all.RowsOfSecond, cross.PartnersOfFirst, cross.RanksOfFirst, cross.ImpostorsOfFirst);
        var second = new SearchedMatches(
            all.Second, all.SecondItems, all.First, all.RowsOfFirst, cross.PartnersOfSecond, cross.RanksOfSecond, cross.ImpostorsOfSecond);
        return new PairExamples
        {
            Searches =
            [
                Search(evidence.First, evidence.Second, first, Hubs.Of(pairs.First, pairs.Second, cross.NearestOfFirst)),
                Search(evidence.Second, evidence.First, second, Hubs.Of(pairs.Second, pairs.First, cross.NearestOfSecond)),
            ],
            Impostors = Impostors.Of(all, cross),
        };
    }

    private static SearchExamples Search(string query, string document, SearchedMatches matches, IReadOnlyList<HubExample> hubs) => new()
    {
        Query = query,
        Document = document,
        Worst = matches.Worst(),
        Best = matches.Best(),
        Hubs = hubs,
    };
}
