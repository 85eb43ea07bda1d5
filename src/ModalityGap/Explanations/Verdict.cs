namespace ModalityGap.Explanations;

/// <summary>What the numbers say, in words; the same text in the terminal and in the report.</summary>
public sealed record Verdict
{
    /// <summary><c>closed</c>, <c>low</c>, <c>moderate</c> or <c>severe</c>.</summary>
    public required string Band { get; init; }

    /// <summary>Where the bands come from.</summary>
    public required string BandReference { get; init; }

    /// <summary>One sentence: how far apart the modalities are.</summary>
    public required string Headline { get; init; }

    /// <summary>What follows, one finding a sentence, most important first.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }
}
