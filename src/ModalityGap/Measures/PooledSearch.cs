using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// The symptom that people notice first: a query of one modality against a gallery that holds everything of both, itself left out. The
/// right document is always of the other modality, and everything of the query's own stands before it.
/// </summary>
internal sealed class PooledSearch : IMeasure
{
    private const string Caution = "A symptom, not a verdict: with one row per item and modality the right document is always of the other modality, so a filter by "
        + "modality would change this number too. Mixed search with right documents of either kind is the fair test.";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("pooled-hit-at-1", "hit@1 in the pooled gallery", "The share of queries whose partner comes first among all other rows of both modalities.",
            "(1/N) #{i : rank(i) <= 1}", "[0, 1]", Direction.HigherIsBetter),
        Info("pooled-hit-at-10", "hit@10 in the pooled gallery", "The share of queries whose partner is among the first ten rows of both modalities.",
            "(1/N) #{i : rank(i) <= 10}", "[0, 1]", Direction.HigherIsBetter),
        Info("pooled-reciprocal-rank", "MRR in the pooled gallery", "The mean of one over the partner's rank among all other rows of both modalities.",
            "(1/N) Σ 1/rank(i)", "(0, 1]", Direction.HigherIsBetter),
        Info("pooled-mean-rank", "Mean rank in the pooled gallery", "The mean of the partner's rank among all other rows of both modalities.",
            "(1/N) Σ rank(i)", "[1, 2N - 1]", Direction.LowerIsBetter),
        Info("own-modality-share-at-10", "Own modality's share of the first ten", "How much of the first ten is of the query's own modality.",
            "mean over queries of (rows of the own modality among the first 10) / 10", "[0, 1]", Direction.None),
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        CrossEvidence cross = evidence.Cross;
        return
        [
            .. Of(evidence, evidence.Second, evidence.WithinSecond, cross.NearestOfSecond, Ranks(evidence, cross.RanksOfSecond, ofFirst: false)),
            .. Of(evidence, evidence.First, evidence.WithinFirst, cross.NearestOfFirst, Ranks(evidence, cross.RanksOfFirst, ofFirst: true)),
        ];
    }

    private static IEnumerable<Measurement> Of(
        PairEvidence evidence, string modality, WithinEvidence within, TopLists across, long[]? crossRanks)
    {
        if (crossRanks is null)
        {
            yield return Measurement.Without("pooled-hit-at-1", modality, "Items have several rows: mixed search answers this question better.");
            yield break;
        }
        var ranks = new long[evidence.Count];
        var own = new double[evidence.Count];
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = crossRanks[i] + within.AheadOfPartner[i];
            own[i] = OwnShare(within, across, i);
        }
        IReadOnlyList<Estimate> means = Bootstrap.Means(
            [Retrieval.Hits(ranks, 1), Retrieval.Hits(ranks, 10), Array.ConvertAll(ranks, r => 1.0 / r), Array.ConvertAll(ranks, r => (double)r), own],
            evidence.Random.Fork("pooled/" + modality));
        yield return Measurement.Of("pooled-hit-at-1", modality, means[0]);
        yield return Measurement.Of("pooled-hit-at-10", modality, means[1]);
        yield return Measurement.Of("pooled-reciprocal-rank", modality, means[2]);
        yield return Measurement.Of("pooled-mean-rank", modality, means[3]);
        yield return Measurement.Of("own-modality-share-at-10", modality, means[4]);
    }

    private static long[]? Ranks(PairEvidence evidence, long[] ranks, bool ofFirst) =>
        (ofFirst ? evidence.All.First.Rows : evidence.All.Second.Rows) == evidence.Count && evidence.All.IsOneToOne ? ranks : null;

    // Merges the two lists of nearest rows; at equal scores the other modality goes first, so the share is not flattered by ties.
    private static double OwnShare(WithinEvidence within, TopLists across, int i)
    {
        float[] own = [.. within.Nearest(i).Select(entry => entry.Score)];
        int ownTaken = 0, otherTaken = 0;
        int total = Math.Min(across.K, own.Length + across.Count(i));
        while (ownTaken + otherTaken < total)
        {
            bool takeOther = otherTaken < across.Count(i)
                && (ownTaken >= own.Length || across.Score(i, otherTaken) >= own[ownTaken]);
            if (takeOther)
                otherTaken++;
            else
                ownTaken++;
        }
        return (double)ownTaken / total;
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string range, Direction direction) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula,
        Range = range,
        Direction = direction,
        Reading = Caution,
        Reference = "Liang et al. 2022 describe the separation; Li et al., GR-CLIP, arXiv 2507.19054 the search in mixed galleries",
    };
}
