namespace ModalityGap.Report.Experiments;

/// <summary>A report of experiments: what was claimed, what came out, and the figures.</summary>
public sealed record ExperimentReport
{
    /// <summary>The page's title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about, in one or two sentences.</summary>
    public required string Lead { get; init; }

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>The overview above all sections.</summary>
    public required ExperimentTable Overview { get; init; }

    /// <summary>One section an experiment.</summary>
    public required IReadOnlyList<ExperimentSection> Sections { get; init; }
}

/// <summary>One experiment on the page.</summary>
public sealed record ExperimentSection
{
    /// <summary>Its id, also the page's anchor.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Settings, seed, duration, in words.</summary>
    public required string How { get; init; }

    /// <summary>What else is to be said, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The claims beside what came out; shown open.</summary>
    public required ExperimentTable Claims { get; init; }

    /// <summary>The figures.</summary>
    public required IReadOnlyList<Chart> Charts { get; init; }

    /// <summary>Tables of numbers, folded.</summary>
    public required IReadOnlyList<ExperimentTable> Tables { get; init; }
}

/// <summary>A table of text.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Heads of the columns.</param>
/// <param name="Rows">The cells; the first of a row names it.</param>
public sealed record ExperimentTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
