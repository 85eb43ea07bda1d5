using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>Turns numbers with resamples into results with intervals.</summary>
internal static class SearchResults
{
    public static SearchResult Of(SearchNumbers numbers, SearchNumbers raw) => new()
    {
        Goal = Compare(numbers.Goal, raw.Goal),
        WorstNdcgAt10 = WorstNdcg(numbers, raw),
        LossFromMixing = numbers.Loss is { } loss ? Compare(loss, raw.Loss!) : null,
        Shares = Shares(numbers),
        Plain = [.. numbers.Plain.Zip(raw.Plain, (after, before) => new PlainResult(
            after.Query,
            after.Documents,
            Compare(after.RecallAt1, before.RecallAt1),
            Compare(after.RecallAt10, before.RecallAt10),
            after.Pooled is null ? null : Compare(after.Pooled, before.Pooled!)))],
        LosesPlainRecall = numbers.LosesPlainRecall(raw),
    };

    /// <summary>The filters, from what doing nothing found.</summary>
    public static IReadOnlyList<FilterResult> Filters(NestedOutcome outcome, SearchProblem problem)
    {
        SearchOutcome raw = outcome.Outcomes[0]!;
        SearchNumbers numbers = outcome.Numbers[0]!;
        string first = problem.First.Modality.Name, second = problem.Second.Modality.Name;
        if (raw.FirstBefore is { } firstBefore && raw.SecondBefore is { } secondBefore)
            return [Ordered(first, second, firstBefore), Ordered(second, first, secondBefore)];
        // The other modality alone: the symptom is gone, and with it every document of the query's own.
        Replicated across = Replicated.Sum([.. numbers.Plain.Select(search => (1.0 / numbers.Plain.Count, search.RecallAt1))]);
        return [new FilterResult("only the modality that the query is not of", Compare(across, numbers.Goal), null, [], Ahead(across))];

        FilterResult Ordered(string before, string after, MixedHits hits)
        {
            SearchNumbers ordered = SearchNumbers.Of(new SearchOutcome(hits, null, null, []), outcome.Resamples);
            return new FilterResult(
                $"every {before} before every {after}", Compare(ordered.Goal, numbers.Goal), WorstNdcg(ordered, numbers), Shares(ordered), Ahead(ordered.Goal));
        }

        Estimate Ahead(Replicated goal) => outcome.Nested.Goal.Less(goal).Estimate();
    }

    public static ComparedEstimate Compare(Replicated value, Replicated before) => new(value.Estimate(), value.Less(before).Estimate());

    private static ComparedEstimate? WorstNdcg(SearchNumbers numbers, SearchNumbers raw) =>
        numbers.NdcgAt10.Count == 0 ? null : Compare(Replicated.Lowest(numbers.NdcgAt10), Replicated.Lowest(raw.NdcgAt10));

    private static ShareResult[] Shares(SearchNumbers numbers) =>
        [.. numbers.HitAt1.Select((hit, k) => new ShareResult(MixedSearch.Shares[k], hit.Estimate(), numbers.NdcgAt10[k].Estimate()))];
}
