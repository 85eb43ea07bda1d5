namespace ModalityGap.Measures;

/// <summary>What a number is: the one source of <c>modgap explain</c>, the documentation and the report.</summary>
public sealed record MeasureInfo
{
    /// <summary>Stable kebab-case id, such as <c>relative-modality-gap</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The literature's name, such as "Relative modality gap (RMG)".</summary>
    public required string Name { get; init; }

    /// <summary>One sentence that says what it is.</summary>
    public required string Definition { get; init; }

    /// <summary>The formula in plain text; x, y are unit rows of the two modalities.</summary>
    public required string Formula { get; init; }

    /// <summary>The values that it can take, such as "[0, 2]".</summary>
    public required string Range { get; init; }

    /// <summary>Which way is better, if any.</summary>
    public Direction Direction { get; init; } = Direction.None;

    /// <summary>How to read a value: what is large, what it does not say.</summary>
    public required string Reading { get; init; }

    /// <summary>Where it was defined.</summary>
    public required string Reference { get; init; }
}

/// <summary>Which way a measure is better.</summary>
public enum Direction
{
    /// <summary>Neither: it describes.</summary>
    None,

    /// <summary>Larger is better.</summary>
    HigherIsBetter,

    /// <summary>Smaller is better.</summary>
    LowerIsBetter,
}
