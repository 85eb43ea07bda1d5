using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Explanations;

/// <summary>Measures group by group.</summary>
internal static class GroupSlices
{
    /// <summary>The largest groups are shown, at most so many.</summary>
    public const int Most = 24;

    /// <summary>A group below this size tells nothing.</summary>
    public const int FewestItems = 5;

    /// <summary>The groups of the pairs, the largest first; none where there are fewer than two of a useful size.</summary>
    /// <param name="evidence">What is known of the pairs.</param>
    /// <param name="groups">The group of each item; <c>null</c> where nothing is known.</param>
    public static IReadOnlyList<GroupSlice> Of(PairEvidence evidence, IReadOnlyList<string>? groups)
    {
        if (groups is null)
            return [];
        GroupSlice[] slices =
        [
            .. Enumerable.Range(0, groups.Count).GroupBy(item => groups[item]).Where(group => group.Key.Length > 0 && group.Count() >= FewestItems)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(Most)
                .Select(group => Slice(evidence, group.Key, [.. group])),
        ];
        return slices.Length < 2 ? [] : slices;
    }

    private static GroupSlice Slice(PairEvidence evidence, string name, int[] items)
    {
        PairedEmbeddings pairs = evidence.Pairs.Select(items), all = evidence.All;
        double[] matched = Array.ConvertAll(items, item => evidence.Moments.Matched[item]);
        return new GroupSlice
        {
            Name = name,
            Items = items.Length,
            Gap = GapMeasure.Gap(pairs, evidence.Work),
            MatchedCosine = Jackknife.FromInfluences(matched.Average(), matched, "normal interval of a mean over pairs"),
            RecallFirstToSecond = Recall(items, all.RowsOfFirst, evidence.Cross.RanksOfFirst),
            RecallSecondToFirst = Recall(items, all.RowsOfSecond, evidence.Cross.RanksOfSecond),
        };
    }

    // Rows of one item are not independent: then the items are the units.
    private static Estimate Recall(int[] items, IReadOnlyList<IReadOnlyList<int>> rowsOf, long[] ranks)
    {
        double[] hits = Array.ConvertAll(items, item => rowsOf[item].Average(row => ranks[row] == 1 ? 1.0 : 0.0));
        return items.All(item => rowsOf[item].Count == 1)
            ? Estimate.Share(hits.Average(), items.Length, "queries of the group")
            : Jackknife.FromInfluences(hits.Average(), hits, "normal interval over items of the group").Within(0, 1);
    }
}
