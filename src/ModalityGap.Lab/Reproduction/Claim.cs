namespace ModalityGap.Lab.Reproduction;

/// <summary>One thing that the paper, or a later work, says: a figure, a table, a theorem, a sentence.</summary>
public sealed record Claim
{
    /// <summary>Its id, kebab-case and stable.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is said.</summary>
    public required string Where { get; init; }

    /// <summary>What is said, in our words.</summary>
    public required string Says { get; init; }

    /// <summary>The numbers that are printed with it.</summary>
    public required IReadOnlyList<PublishedNumber> Published { get; init; }

    /// <summary>The experiment that settles it; <c>null</c> where none can.</summary>
    public string? Experiment { get; init; }

    /// <summary>What has to be brought before it can be tried; <c>null</c> where an experiment settles it.</summary>
    public string? Needs { get; init; }
}

/// <summary>A number as it was printed.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number.</param>
/// <param name="ReadOff">Whether it was read off a figure, which is good to about 0.02.</param>
public sealed record PublishedNumber(string Name, double Value, bool ReadOff = false);

/// <summary>The list of claims as a file.</summary>
internal sealed record ClaimFile
{
    public required IReadOnlyList<Claim> Claims { get; init; }
}
