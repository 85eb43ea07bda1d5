namespace ModalityGap.Report.Experiments;

/// <summary>A figure of an experiment as data: panels of series, drawn by the report's own writer.</summary>
public sealed record Chart
{
    /// <summary>What it shows, in kebab-case: the stem of a file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The finding, in words.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it.</summary>
    public required string Caption { get; init; }

    /// <summary>Panels, drawn two a row; a single one takes the whole width.</summary>
    public required IReadOnlyList<ChartPanel> Panels { get; init; }
}

/// <summary>A rectangle with two axes.</summary>
public sealed record ChartPanel
{
    /// <summary>What the vertical axis shows, above the panel.</summary>
    public required string Heading { get; init; }

    /// <summary>What the horizontal axis shows, below the panel.</summary>
    public required string Across { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic; values that are not positive are left out.</summary>
    public bool LogAcross { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; values that are not positive are left out.</summary>
    public bool LogUp { get; init; }

    /// <summary>Whether both axes have one scale and no ticks: a plane whose lengths, if anything, can be compared.</summary>
    public bool Plane { get; init; }

    /// <summary>Dotted vertical lines at these places; <c>null</c> for none.</summary>
    public IReadOnlyList<double>? Marked { get; init; }

    /// <summary>Dotted horizontal lines at these levels; <c>null</c> for none.</summary>
    public IReadOnlyList<double>? Levels { get; init; }

    /// <summary>What is drawn, the last one on top.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }
}
