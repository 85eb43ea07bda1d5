using ModalityGap.Measures;

namespace ModalityGap.Selection;

/// <summary>What held-out queries found, query by query.</summary>
/// <param name="Mixed">Mixed search by score; <c>null</c> where nothing asks for documents of both modalities.</param>
/// <param name="FirstBefore">The same with all documents of the first modality before all of the second; only where nothing is corrected.</param>
/// <param name="SecondBefore">The same the other way round.</param>
/// <param name="Plain">Searches in an index of one modality.</param>
internal sealed record SearchOutcome(
    MixedHits? Mixed, MixedHits? FirstBefore, MixedHits? SecondBefore, IReadOnlyList<PlainSearch> Plain)
{
    /// <summary>The queries of both.</summary>
    public static SearchOutcome Join(SearchOutcome a, SearchOutcome b) => new(
        Join(a.Mixed, b.Mixed),
        Join(a.FirstBefore, b.FirstBefore),
        Join(a.SecondBefore, b.SecondBefore),
        [.. a.Plain.Zip(b.Plain, PlainSearch.Join)]);

    private static MixedHits? Join(MixedHits? a, MixedHits? b) => a is null || b is null ? null : MixedHits.Join(a, b);
}

/// <summary>A search in an index of one modality, and its symptom in one that holds the query's own modality as well.</summary>
/// <param name="Query">The modality that asks.</param>
/// <param name="Documents">The modality that is found.</param>
/// <param name="Ranks">The rank of each query's document.</param>
/// <param name="Pooled">Its rank among all other rows of both modalities; <c>null</c> where mixed search can be measured.</param>
internal sealed record PlainSearch(string Query, string Documents, long[] Ranks, long[]? Pooled)
{
    public static PlainSearch Join(PlainSearch a, PlainSearch b) => a with
    {
        Ranks = [.. a.Ranks, .. b.Ranks],
        Pooled = a.Pooled is null || b.Pooled is null ? null : [.. a.Pooled, .. b.Pooled],
    };
}
