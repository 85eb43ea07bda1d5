using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>What a correction did to pairs that it was not fitted on.</summary>
public sealed record CorrectionTrial
{
    /// <summary>The correction's id, such as <c>mean-removal</c>.</summary>
    public required string Correction { get; init; }

    /// <summary>The correction in words.</summary>
    public required string Description { get; init; }

    /// <summary>How it was judged, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>One row per number, before and after.</summary>
    public required IReadOnlyList<TrialRow> Rows { get; init; }
}

/// <summary>One number before and after a correction, on the same held-out queries.</summary>
/// <param name="Id">The id of the measure.</param>
/// <param name="Subject">What of the pair it is about, as in <see cref="Measures.Measurement"/>.</param>
/// <param name="Label">The same in words, such as "R@1, image to text".</param>
/// <param name="Kind"><c>gain</c> for what the correction is meant to improve, <c>harm</c> for what it should leave alone, <c>gap</c> for the gap itself.</param>
/// <param name="Before">Without the correction.</param>
/// <param name="After">With it.</param>
/// <param name="Difference">After minus before, with a paired interval.</param>
public sealed record TrialRow(
    string Id, string? Subject, string Label, string Kind, Estimate Before, Estimate After, Estimate Difference);

/// <summary>The one action that the evidence supports.</summary>
public sealed record Recommendation
{
    /// <summary><c>do-nothing</c>, or the id of a correction.</summary>
    public required string Action { get; init; }

    /// <summary>The action in one sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>What it gains, measured on held-out pairs, in one sentence.</summary>
    public required string Gain { get; init; }

    /// <summary>What it costs, measured on held-out pairs, in one sentence.</summary>
    public required string Harm { get; init; }

    /// <summary>When the answer would be another one, in one sentence.</summary>
    public required string Condition { get; init; }

    /// <summary>Lines of Python with NumPy that do it, ready to paste.</summary>
    public required string Snippet { get; init; }
}
