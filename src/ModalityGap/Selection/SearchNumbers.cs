using ModalityGap.Measures;

namespace ModalityGap.Selection;

/// <summary>The numbers of an outcome, with their resamples.</summary>
internal sealed class SearchNumbers
{
    private SearchNumbers(SearchOutcome outcome, Resamples resamples)
    {
        if (outcome.Mixed is { } mixed)
        {
            HitAt1 = [.. mixed.HitAt1.Select(resamples.Mean)];
            NdcgAt10 = [.. mixed.Ndcg.Select(resamples.Mean)];
        }
        Plain = [.. outcome.Plain.Select(search => new PlainNumbers(
            search.Query,
            search.Documents,
            resamples.Mean(Retrieval.Hits(search.Ranks, 1)),
            resamples.Mean(Retrieval.Hits(search.Ranks, 10)),
            search.Pooled is null ? null : resamples.Mean(Retrieval.Hits(search.Pooled, 1))))];
        Goal = HitAt1.Count > 0 ? Replicated.Lowest(HitAt1) : Replicated.Sum([.. Plain.Select(search => (1.0 / Plain.Count, search.Pooled!))]);
    }

    /// <summary>What the choice is made by: hit@1 in mixed search at the share where it is lowest; without mixed search, hit@1 in the pooled gallery.</summary>
    public Replicated Goal { get; }

    /// <summary>hit@1 in mixed search by share; none without it.</summary>
    public IReadOnlyList<Replicated> HitAt1 { get; } = [];

    /// <summary>NDCG@10 in mixed search by share.</summary>
    public IReadOnlyList<Replicated> NdcgAt10 { get; } = [];

    /// <summary>Search in an index of one modality.</summary>
    public IReadOnlyList<PlainNumbers> Plain { get; }

    /// <summary>What mixing costs at the worst inner share r: r·hit@1(1) + (1-r)·hit@1(0) - hit@1(r).</summary>
    public Replicated? Loss => HitAt1.Count == 0 ? null : Replicated.Highest(
        [.. Enumerable.Range(1, HitAt1.Count - 2).Select(k => Replicated.Sum(
            (MixedSearch.Shares[k], HitAt1[^1]), (1 - MixedSearch.Shares[k], HitAt1[0]), (-1, HitAt1[k])))]);

    public static SearchNumbers Of(SearchOutcome outcome, Resamples resamples) => new(outcome, resamples);

    /// <summary>Whether any plain search finds less than before beyond doubt.</summary>
    public bool LosesPlainRecall(SearchNumbers raw) => Plain.Zip(raw.Plain).Any(pair =>
        pair.First.RecallAt1.Less(pair.Second.RecallAt1).Estimate().High < 0 || pair.First.RecallAt10.Less(pair.Second.RecallAt10).Estimate().High < 0);
}

/// <summary>The numbers of a search in an index of one modality.</summary>
internal sealed record PlainNumbers(string Query, string Documents, Replicated RecallAt1, Replicated RecallAt10, Replicated? Pooled);
