using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>What a candidate did to searches among items that it was not fitted on.</summary>
public sealed record CandidateResult
{
    /// <summary>Its name on the command line, such as <c>mean-removal+score-standardisation</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it does, as an order without a full stop.</summary>
    public required string Description { get; init; }

    /// <summary>The values of its parameters, by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Whether it is never recommended, for it does as much to the rows but nothing that could help.</summary>
    public required bool IsPlacebo { get; init; }

    /// <summary>Why there are no numbers, where these items could not teach it.</summary>
    public string? Missing { get; init; }

    /// <summary>Its numbers.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>The goal of the whole procedure less the candidate's, with a paired interval: whether hindsight would have done better.</summary>
    public Estimate? ProcedureAhead { get; init; }
}

/// <summary>Searches with a correction, compared with the same searches without.</summary>
public sealed record SearchResult
{
    /// <summary>What the choice is made by: hit@1 in mixed search at its worst share; in the pooled gallery, both ways averaged, where shares cannot be measured.</summary>
    public required ComparedEstimate Goal { get; init; }

    /// <summary>NDCG@10 in mixed search at the share where it is lowest.</summary>
    public ComparedEstimate? WorstNdcgAt10 { get; init; }

    /// <summary>r·hit@1(1) + (1-r)·hit@1(0) - hit@1(r) at the worst share r between 0 and 1.</summary>
    public ComparedEstimate? LossFromMixing { get; init; }

    /// <summary>Mixed search by the share of the first modality; none where nothing asks for documents of both modalities.</summary>
    public required IReadOnlyList<ShareResult> Shares { get; init; }

    /// <summary>Searches in an index of one modality.</summary>
    public required IReadOnlyList<PlainResult> Plain { get; init; }

    /// <summary>Whether R@1 or R@10 of one of these searches is lower than without the correction beyond doubt.</summary>
    public required bool LosesPlainRecall { get; init; }
}

/// <summary>A number and how it differs from the one without a correction.</summary>
/// <param name="Value">The number.</param>
/// <param name="Difference">The number less the one without a correction, with a paired interval.</param>
public sealed record ComparedEstimate(Estimate Value, Estimate Difference);

/// <summary>Mixed search at one share.</summary>
/// <param name="Share">Share of items whose document is of the first modality.</param>
/// <param name="HitAt1">Share of queries whose own document comes first.</param>
/// <param name="NdcgAt10">1/log2(1 + rank) of the own document where it is among the first ten, else 0; the mean.</param>
public sealed record ShareResult(double Share, Estimate HitAt1, Estimate NdcgAt10);

/// <summary>Search in an index of one modality.</summary>
/// <param name="Query">The modality that asks.</param>
/// <param name="Documents">The modality that is found.</param>
/// <param name="RecallAt1">Share of queries whose own document comes first.</param>
/// <param name="RecallAt10">Share of queries whose own document is among the first ten.</param>
/// <param name="PooledHitAt1">The same as R@1 when the index holds the query's own modality as well; a symptom, where shares cannot be measured.</param>
public sealed record PlainResult(
    string Query, string Documents, ComparedEstimate RecallAt1, ComparedEstimate RecallAt10, ComparedEstimate? PooledHitAt1);

/// <summary>What putting one modality before the other does without any correction: what a correction must beat.</summary>
/// <param name="Label">The filter in words.</param>
/// <param name="Goal">The number that the choice is made by.</param>
/// <param name="WorstNdcgAt10">NDCG@10 in mixed search at the share where it is lowest.</param>
/// <param name="Shares">Mixed search by share.</param>
/// <param name="ProcedureAhead">The goal of the whole procedure less the filter's, with a paired interval.</param>
public sealed record FilterResult(
    string Label, ComparedEstimate Goal, ComparedEstimate? WorstNdcgAt10, IReadOnlyList<ShareResult> Shares, Estimate ProcedureAhead);

/// <summary>The whole procedure, judged by items that took no part in the choice.</summary>
/// <param name="Picks">What was picked in each outer training part.</param>
/// <param name="Search">What those picks did on the outer folds.</param>
/// <param name="BeatsDoingNothing">Whether the goal's paired interval lies above zero.</param>
public sealed record NestedResult(IReadOnlyList<string> Picks, SearchResult Search, bool BeatsDoingNothing);

/// <summary>How the goal grows with the number of items that a correction is fitted on.</summary>
/// <param name="Items">How many items, of each outer training part.</param>
/// <param name="Goal">The number that the choice is made by.</param>
public sealed record SamplePoint(int Items, ComparedEstimate Goal);
