using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>A figure with what stands around it on the page.</summary>
internal sealed record Figure
{
    /// <summary>What it shows, in kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>The finding, in words.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it.</summary>
    public required string Caption { get; init; }

    /// <summary>The id of the definition behind its question mark.</summary>
    public required string Measure { get; init; }

    /// <summary>The drawing.</summary>
    public required Drawing Drawing { get; init; }

    /// <summary>The numbers that were drawn.</summary>
    public required DataTable Data { get; init; }

    /// <summary>Whether it takes the whole width of the page.</summary>
    public bool IsWide { get; init; }

    /// <summary>What the page's script needs to make the drawing move, as JSON; <c>null</c> for a drawing that stays as it is.</summary>
    public string? Live { get; init; }

    /// <summary>Which part of the script moves it: <c>map</c> or <c>threshold</c>.</summary>
    public string LiveKind { get; init; } = "map";

    /// <summary>The figure as a file.</summary>
    public ReportFigure ToReportFigure() => new(Name, Title, Caption, Drawing.Document(Title, Caption));
}
