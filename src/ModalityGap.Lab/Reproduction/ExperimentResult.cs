using ModalityGap.Report.Experiments;

namespace ModalityGap.Lab.Reproduction;

/// <summary>What a finished experiment leaves behind.</summary>
public sealed record ExperimentResult
{
    /// <summary>The version of this record's JSON form; raised when a reader of the old form would break.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of the JSON form.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>The experiment's id.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>How thoroughly it was run.</summary>
    public required Effort Effort { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>Everything else that changes its numbers, the feature files among it.</summary>
    public required IReadOnlyList<Setting> Settings { get; init; }

    /// <summary>Seconds that it took, without parts that were finished before.</summary>
    public required double Seconds { get; init; }

    /// <summary>On what it ran.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>How its claims came out.</summary>
    public required IReadOnlyList<ClaimOutcome> Claims { get; init; }

    /// <summary>Tables of numbers.</summary>
    public required IReadOnlyList<ResultTable> Tables { get; init; }

    /// <summary>Figures, as data.</summary>
    public required IReadOnlyList<Chart> Charts { get; init; }

    /// <summary>What else is to be said.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>On what an experiment ran.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Architecture">The processor's architecture.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Threads">How many threads worked.</param>
public sealed record RunEnvironment(string System, string Architecture, string Runtime, int Threads);

/// <summary>A claim beside what came out.</summary>
public sealed record ClaimOutcome
{
    /// <summary>The claim's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is said.</summary>
    public required string Where { get; init; }

    /// <summary>What is said, in our words.</summary>
    public required string Claim { get; init; }

    /// <summary>The experiment that settles it, if any.</summary>
    public string? Experiment { get; init; }

    /// <summary>The numbers that are printed with it.</summary>
    public required IReadOnlyList<PublishedNumber> Published { get; init; }

    /// <summary>Our numbers.</summary>
    public required IReadOnlyList<OwnNumber> Ours { get; init; }

    /// <summary>Where it stands.</summary>
    public required ClaimStatus Status { get; init; }

    /// <summary>What was seen; where numbers differ, who is wrong; or what is needed.</summary>
    public required string Remark { get; init; }
}

/// <summary>A table of an experiment; cells are text, numbers in the form that a program reads.</summary>
/// <param name="Id">The stem of its csv file.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Heads of the columns.</param>
/// <param name="Rows">The cells.</param>
public sealed record ResultTable(string Id, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>All claims and where they stand.</summary>
public sealed record ClaimOverview
{
    /// <summary>The version of the JSON form.</summary>
    public int SchemaVersion { get; init; } = ExperimentResult.CurrentSchemaVersion;

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>The claims, in the order of the paper.</summary>
    public required IReadOnlyList<ClaimOutcome> Claims { get; init; }
}
