using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>The rows of a trial: each number before, after, and the difference with a paired interval.</summary>
internal static class TrialRows
{
    public const string Gain = "gain", Harm = "harm", Gap = "gap";

    public static IReadOnlyList<TrialRow> Compare(
        string first, string second, HeldOutScores before, HeldOutScores after, RandomStream random)
    {
        string forth = $"{first}-to-{second}", back = $"{second}-to-{first}";
        List<TrialRow> rows = [];
        if (before.Mixed is { } mixed && after.Mixed is { } mixedAfter)
        {
            int worst = MixedSearch.WorstShare(mixed);
            string share = $"{Math.Round(100 * MixedSearch.Shares[worst])} % {first}";
            Add("mixed-search", "hit-at-1", $"hit@1 in mixed search, {share}", Gain, mixed.HitAt1[worst], mixedAfter.HitAt1[worst]);
            Add("mixed-search", "loss-from-mixing", "hit@1 lost by mixing", Gain, MixedSearch.LossFromMixing(mixed), MixedSearch.LossFromMixing(mixedAfter));
        }
        AddHits("pooled-hit-at-1", second, $"hit@1 in the pooled gallery, {second} queries", Gain, before.PooledOfSecond, after.PooledOfSecond, 1);
        AddHits("pooled-hit-at-1", first, $"hit@1 in the pooled gallery, {first} queries", Gain, before.PooledOfFirst, after.PooledOfFirst, 1);
        AddHits("recall-at-1", forth, $"R@1, {first} to {second}", Harm, before.RanksOfFirst, after.RanksOfFirst, 1);
        AddHits("recall-at-1", back, $"R@1, {second} to {first}", Harm, before.RanksOfSecond, after.RanksOfSecond, 1);
        AddHits("recall-at-10", forth, $"R@10, {first} to {second}", Harm, before.RanksOfFirst, after.RanksOfFirst, 10);
        AddHits("recall-at-10", back, $"R@10, {second} to {first}", Harm, before.RanksOfSecond, after.RanksOfSecond, 10);
        Estimate gapBefore = before.Gap(), gapAfter = after.Gap();
        rows.Add(new TrialRow("gap-debiased", null, "gap, debiased", Gap, gapBefore, gapAfter, Estimate.Exact(
            gapAfter.Value - gapBefore.Value, "difference of the two estimates", gapAfter.Count)));
        return rows;

        void AddHits(string id, string subject, string label, string kind, long[]? ranksBefore, long[]? ranksAfter, int depth)
        {
            if (ranksBefore is not null && ranksAfter is not null)
                Add(id, subject, label, kind, Retrieval.Hits(ranksBefore, depth), Retrieval.Hits(ranksAfter, depth));
        }

        void Add(string id, string subject, string label, string kind, double[] valuesBefore, double[] valuesAfter)
        {
            double[] difference = [.. valuesAfter.Zip(valuesBefore, (after, before) => after - before)];
            IReadOnlyList<Estimate> means = Bootstrap.Means([valuesBefore, valuesAfter, difference], random.Fork($"trial/{id}/{subject}"));
            rows.Add(new TrialRow(id, subject, label, kind, means[0], means[1], means[2]));
        }
    }
}
