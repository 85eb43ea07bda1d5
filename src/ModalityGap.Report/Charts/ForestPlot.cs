using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Charts;

/// <summary>A number in a row of a forest plot.</summary>
/// <param name="Estimate">The number; its interval is drawn where there is one.</param>
/// <param name="Mark">The shape.</param>
/// <param name="Look">The colour.</param>
internal sealed record ForestPoint(Estimate Estimate, Mark Mark, string Look);

/// <summary>One number of all rows.</summary>
/// <param name="Heading">What it is.</param>
/// <param name="Rows">The points of each row; none where the number is missing.</param>
internal sealed record ForestPanel(string Heading, IReadOnlyList<IReadOnlyList<ForestPoint>> Rows)
{
    /// <summary>A value to compare with, as a dotted line.</summary>
    public double? Line { get; init; }

    /// <summary>Whether ticks have their sign, as differences have.</summary>
    public bool IsDifference { get; init; }

    /// <summary>The largest value that there can be.</summary>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>The ends of the axis where they are known beforehand; else the numbers'.</summary>
    public (double Low, double High)? Domain { get; init; }

    /// <summary>How ticks are written; else with the decimals that their step needs.</summary>
    public Func<double, string>? Format { get; init; }

    /// <summary>What stands in a row without a number.</summary>
    public string Empty { get; init; } = "not measured";

    /// <summary>What the axis counts in.</summary>
    public string? Unit { get; init; }
}

/// <summary>Numbers with intervals in rows of names, several panels side by side on the same rows.</summary>
internal sealed class ForestPlot(IReadOnlyList<string> names, IReadOnlyList<ForestPanel> panels)
{
    public const double Width = 540;

    /// <summary>The width of a figure that takes the whole page.</summary>
    public const double WholeWidth = 1080;

    /// <summary>What names may take at most in a figure of the usual width.</summary>
    public const double MostNameWidth = 190;

    private const double Right = 16, Gutter = 28, Axis = 26, Heading = 24, UnitRow = 18, Letter = 0.66;

    /// <summary>The width of the figure.</summary>
    public double FrameWidth { get; init; } = Width;

    /// <summary>What names may take.</summary>
    public double NameWidth { get; init; } = MostNameWidth;

    /// <summary>Rows that a band lies behind.</summary>
    public Func<int, bool> IsMarked { get; init; } = _ => false;

    private double Left => LeftOf(names, NameWidth);

    private double RowHeight => Math.Max(names.Count <= 8 ? 26 : names.Count <= 16 ? 21 : 18, panels.Max(panel => panel.Rows.Max(row => 13 * row.Count)));

    /// <summary>Where rows begin to the right of their names.</summary>
    public static double LeftOf(IReadOnlyList<string> names, double most = MostNameWidth) =>
        10 + Math.Clamp(names.Max(name => TextWidth.Of(name, TextWidth.LargestLabel)), 50, most);

    /// <summary>Draws the plot and returns its lower edge.</summary>
    public double Draw(SvgWriter svg, double top)
    {
        double upper = top + Heading, height = names.Count * RowHeight;
        for (int k = 0; k < names.Count; k++)
        {
            double y = upper + (k + 0.5) * RowHeight;
            if (IsMarked(k))
                svg.Rectangle(2, y - RowHeight / 2, FrameWidth - 4, RowHeight, "band");
            svg.Line(Left, y, FrameWidth - Right, y, "grid");
            svg.Label(Left - 10, y + 4, TextWidth.FitMiddle(names[k], Left - 9.9), "label end");
        }
        double wide = (FrameWidth - Left - Right - (panels.Count - 1) * Gutter) / panels.Count;
        for (int p = 0; p < panels.Count; p++)
            DrawPanel(svg, panels[p], Left + p * (wide + Gutter), wide, upper, upper + height);
        return upper + height + Axis + (panels.Any(panel => panel.Unit is not null) ? UnitRow : 0);
    }

    private void DrawPanel(SvgWriter svg, ForestPanel panel, double left, double wide, double top, double bottom)
    {
        Scale x = ScaleOf(panel, left, left + wide);
        svg.Label(left, top - 9, TextWidth.Fit(panel.Heading, wide + Gutter / 2), "heading");
        var rows = new Panel(svg, x, new Scale(0, names.Count, top, bottom));
        if (panel.Line is { } line)
            rows.VerticalLine(line, "reference");
        for (int k = 0; k < names.Count; k++)
            DrawRow(svg, rows, panel, k);
        int about = Ticks(panel, x, wide);
        new Panel(svg, x, new Scale(0, 1, bottom, top)).HorizontalAxis(about, panel.Unit, tick => Label(panel, x, tick, about));
    }

    private static void DrawRow(SvgWriter svg, Panel rows, ForestPanel panel, int row)
    {
        IReadOnlyList<ForestPoint> points = panel.Rows[row];
        if (points.Count == 0 && panel.Empty.Length > 0)
            svg.Label(rows.X.Start + 4, rows.Y[row + 0.5] + 4, panel.Empty, "tick");
        for (int p = 0; p < points.Count; p++)
        {
            ForestPoint point = points[p];
            double level = row + (p + 1.0) / (points.Count + 1);
            if (point.Estimate is { Low: { } low, High: { } high })
                rows.Whisker(low, high, level, point.Look);
            svg.DrawMark(point.Mark, rows.X[point.Estimate.Value], rows.Y[level], 4.2, "fill " + point.Look);
        }
    }

    private static Scale ScaleOf(ForestPanel panel, double start, double end)
    {
        if (panel.Domain is { } domain)
            return new Scale(domain.Low, domain.High, start, end);
        IEnumerable<double> ends = panel.Rows.SelectMany(row => row).SelectMany(point =>
            new[] { point.Estimate.Value, point.Estimate.Low ?? point.Estimate.Value, point.Estimate.High ?? point.Estimate.Value });
        Scale scale = Scale.Over(panel.Line is { } line ? ends.Append(line) : ends, 0.08, start, end);
        // Beyond the largest possible value there is room for the mark, and none for a tick.
        return scale.High > panel.Highest && scale.Low < panel.Highest
            ? scale with { High = panel.Highest + 0.04 * (panel.Highest - scale.Low) }
            : scale;
    }

    // As many ticks as stand beside each other without touching.
    private static int Ticks(ForestPanel panel, Scale x, double wide)
    {
        int about = 5;
        while (about > 1 && Crowded(about))
            about--;
        return about;

        bool Crowded(int ticks)
        {
            IReadOnlyList<double> all = x.Ticks(ticks);
            double letters = all.Max(tick => Label(panel, x, tick, ticks).Length) + 1;
            return all.Count > 1 && letters * Letter * 13 + 6 > wide * (all[1] - all[0]) / (x.High - x.Low);
        }
    }

    private static string Label(ForestPanel panel, Scale x, double tick, int about)
    {
        if (panel.Format is { } format)
            return format(tick);
        string label = x.Label(tick, about);
        return panel.IsDifference && tick > 0 && label.Any(c => c is >= '1' and <= '9') ? "+" + label : label;
    }
}
