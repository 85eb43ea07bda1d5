using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The cosine above which two rows may be called a match, for several rates of false alarms.</summary>
public sealed record ThresholdTable
{
    /// <summary>The share of true matches among the pairs that are scored, which precision depends on.</summary>
    public required double Prevalence { get; init; }

    /// <summary>Where the prevalence comes from, in words.</summary>
    public required string PrevalenceSource { get; init; }

    /// <summary>One row per rule, the advised one first.</summary>
    public required IReadOnlyList<ThresholdRow> Rows { get; init; }

    /// <summary>What every other threshold would do; <c>null</c> in results of versions that did not count it.</summary>
    public ThresholdCurve? Curve { get; init; }

    /// <summary>What to keep in mind when using the table.</summary>
    public required string Note { get; init; }
}

/// <summary>One threshold and what it does.</summary>
/// <param name="Rule"><c>false-positive-rate</c> or <c>equal-error</c>.</param>
/// <param name="FalsePositiveRate">Share of unmatched pairs at or above the threshold.</param>
/// <param name="Cosine">The threshold.</param>
/// <param name="Recall">Share of matched pairs at or above the threshold.</param>
/// <param name="Precision">Share of true matches among the pairs at or above the threshold, at the table's prevalence.</param>
public sealed record ThresholdRow(
    string Rule, Estimate FalsePositiveRate, Estimate Cosine, Estimate Recall, Estimate Precision);
