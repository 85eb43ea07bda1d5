using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// Search in a gallery that holds one document per item: an embedding of the first modality for a share of the items and of the
/// second for the rest, so that the right document may be of either.
/// </summary>
public sealed record MixedSearchTable
{
    /// <summary>The modality of the queries.</summary>
    public required string Query { get; init; }

    /// <summary>The modality whose share is varied.</summary>
    public required string First { get; init; }

    /// <summary>The other modality of the documents.</summary>
    public required string Second { get; init; }

    /// <summary>Number of items, and of documents in each gallery.</summary>
    public required int Items { get; init; }

    /// <summary>How many random galleries each share was averaged over.</summary>
    public required int Galleries { get; init; }

    /// <summary>Ranking by cosine.</summary>
    public required IReadOnlyList<MixedSearchRow> Raw { get; init; }

    /// <summary>Control: every document of the first modality before every document of the second.</summary>
    public required IReadOnlyList<MixedSearchRow> FirstModalityFirst { get; init; }

    /// <summary>Control: every document of the second modality before every document of the first.</summary>
    public required IReadOnlyList<MixedSearchRow> SecondModalityFirst { get; init; }

    /// <summary>The headline: hit@1 at the share where it is lowest.</summary>
    public required Estimate WorstShareHitAt1 { get; init; }

    /// <summary>The share of the first modality at which hit@1 is lowest.</summary>
    public required double WorstShare { get; init; }

    /// <summary>
    /// What mixing costs: r·hit@1(1) + (1-r)·hit@1(0) - hit@1(r) at the worst r strictly between 0 and 1.
    /// </summary>
    public required Estimate LossFromMixing { get; init; }
}

/// <summary>Mixed search at one share.</summary>
/// <param name="Share">Share r of items whose document is of the first modality.</param>
/// <param name="HitAt1">Share of queries whose own document comes first.</param>
/// <param name="HitAt10">Share of queries whose own document is among the first ten.</param>
/// <param name="MeanReciprocalRank">Mean of 1 / rank.</param>
/// <param name="NdcgAt10">NDCG@10, the ideal taken over all relevant documents.</param>
/// <param name="FirstModalityShareOfTop10">Share of the first modality among the first ten documents.</param>
public sealed record MixedSearchRow(
    double Share,
    Estimate HitAt1,
    Estimate HitAt10,
    Estimate MeanReciprocalRank,
    Estimate NdcgAt10,
    Estimate FirstModalityShareOfTop10);
