using ModalityGap.Report.Charts;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Experiments;

/// <summary>Draws a chart.</summary>
internal sealed class ChartFigure
{
    private const double Width = 540, Left = 50, Right = 18, Gutter = 52, Between = 62, Bottom = 44, HeadingLine = 15;

    private static readonly string[] Looks =
        ["first", "second", "match", "strongline", "other", "first dashed", "second dashed", "match dashed", "strongline dashed", "other dashed"];

    private static readonly Mark[] Marks = [Mark.Circle, Mark.Diamond, Mark.Square];

    private readonly Chart chart;
    private readonly List<string> names, coloured;
    private readonly bool single;

    private ChartFigure(Chart chart)
    {
        this.chart = chart;
        names = [.. chart.Panels.SelectMany(panel => panel.Series).Select(series => series.Name).Distinct()];
        coloured = [.. names.Where(name => chart.Panels.SelectMany(panel => panel.Series).First(series => series.Name == name).Kind != SeriesKind.Segments)];
        single = chart.Panels.Count == 1;
    }

    public static Figure Of(Chart chart) => new()
    {
        Name = chart.Name,
        Title = chart.Title,
        Caption = chart.Caption,
        Measure = "",
        Drawing = new ChartFigure(chart).Draw(),
        Data = Numbers(chart),
    };

    private double PanelWidth => single ? Width - Left - Right : (Width - Left - Right - Gutter) / 2;

    private string[] Heading(ChartPanel panel) => TextWidth.Lines(panel.Heading, PanelWidth);

    private double PanelHeight => single ? 250 : chart.Panels.Any(panel => panel.Plane) ? PanelWidth : 150;

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        double above = (chart.Panels.Select(panel => Heading(panel).Length).DefaultIfEmpty(1).Max() - 1) * HeadingLine;
        double top = DrawLegend(svg) + 26 + above, row = PanelHeight + Between + above;
        for (int k = 0; k < chart.Panels.Count; k++)
            DrawPanel(svg, chart.Panels[k], Left + k % 2 * (PanelWidth + Gutter), top + k / 2 * row);
        return svg.ToDrawing(Width, top + (chart.Panels.Count + 1) / 2 * row - Between - above + Bottom);
    }

    private double DrawLegend(SvgWriter svg)
    {
        var legend = new Legend(svg, Left, 14, Width - Left - Right);
        foreach (string name in names)
        {
            ChartSeries series = chart.Panels.SelectMany(panel => panel.Series).First(one => one.Name == name);
            if (series.Kind is SeriesKind.Line or SeriesKind.Dashed or SeriesKind.Segments)
                legend.Line(name, Look(series));
            else
                legend.Mark(name, MarkOf(series), "fill " + Colour(series));
        }
        return legend.Bottom;
    }

    private void DrawPanel(SvgWriter svg, ChartPanel panel, double left, double top)
    {
        ChartAxis across = new(panel.LogAcross), up = new(panel.LogUp);
        (double X, double Y)[] all = [.. panel.Series.SelectMany(series => Ends(series, across, up))];
        Scale x = Scale.Over(all.Select(point => point.X), 0.03, left, left + PanelWidth);
        Scale y = Scale.Over(all.Select(point => point.Y), 0.06, top + PanelHeight, top);
        if (panel.Plane)
            (x, y) = OneScale(x, y);
        var axes = new Panel(svg, x, y);
        string[] heading = Heading(panel);
        for (int line = 0; line < heading.Length; line++)
            axes.Heading(heading[line], (heading.Length - 1 - line) * HeadingLine);
        if (panel.Plane)
            svg.Label(left + PanelWidth / 2, top + PanelHeight + 18, panel.Across, "label middle");
        else
        {
            axes.VerticalAxis(up.Ticks(y, 4), up.Label);
            axes.HorizontalAxis(across.Ticks(x, single ? 8 : 5), panel.Across, across.Label);
        }
        foreach (double place in (panel.Marked ?? []).Where(across.Shows))
            axes.VerticalLine(across[place], "reference");
        foreach (double level in (panel.Levels ?? []).Where(up.Shows))
            axes.HorizontalLine(up[level], "reference");
        foreach (ChartSeries series in panel.Series)
            DrawSeries(svg, axes, series, across, up);
    }

    private void DrawSeries(SvgWriter svg, Panel axes, ChartSeries series, ChartAxis across, ChartAxis up)
    {
        (double X, double Y)[] points = [.. Points(series, across, up)];
        if (series.Kind == SeriesKind.Segments)
        {
            PathData lines = new();
            for (int k = 0; k + 1 < points.Length; k += 2)
                lines.MoveTo(axes.X[points[k].X], axes.Y[points[k].Y]).LineTo(axes.X[points[k + 1].X], axes.Y[points[k + 1].Y]);
            svg.Path(lines, "pairs");
            return;
        }
        if (series.Kind is SeriesKind.Line or SeriesKind.Dashed)
        {
            axes.Curve(points, Look(series));
            return;
        }
        if (series is { Low: { } low, High: { } high })
            for (int k = 0; k < series.X.Count; k++)
                if (across.Shows(series.X[k]) && up.Shows(low[k]) && up.Shows(high[k]))
                    axes.Column(across[series.X[k]], up[low[k]], up[high[k]], Colour(series));
        PathData marks = new();
        foreach ((double x, double y) in points)
            marks.Add(MarkOf(series), axes.X[x], axes.Y[y], series.Kind == SeriesKind.Cloud ? 2.2 : 3.6);
        svg.Path(marks, (series.Kind == SeriesKind.Cloud ? "cloud fill " : "fill ") + Colour(series));
    }

    private static IEnumerable<(double X, double Y)> Points(ChartSeries series, ChartAxis across, ChartAxis up) =>
        series.X.Zip(series.Y).Where(point => across.Shows(point.First) && up.Shows(point.Second)).Select(point => (across[point.First], up[point.Second]));

    private static IEnumerable<(double X, double Y)> Ends(ChartSeries series, ChartAxis across, ChartAxis up)
    {
        IEnumerable<(double X, double Y)> points = Points(series, across, up);
        foreach (IReadOnlyList<double> ends in new[] { series.Low, series.High }.OfType<IReadOnlyList<double>>())
            points = points.Concat(Points(series with { Y = ends }, across, up));
        return points;
    }

    private static (Scale X, Scale Y) OneScale(Scale x, Scale y)
    {
        double half = Math.Max((x.High - x.Low) / Math.Abs(x.End - x.Start), (y.High - y.Low) / Math.Abs(y.End - y.Start)) / 2;
        return (Around(x, half), Around(y, half));
    }

    private static Scale Around(Scale scale, double half)
    {
        double middle = (scale.Low + scale.High) / 2, reach = half * Math.Abs(scale.End - scale.Start);
        return scale with { Low = middle - reach, High = middle + reach };
    }

    // Thin lines between points have a look of their own and take no colour.
    private int Index(ChartSeries series) => coloured.IndexOf(series.Name);

    private string Look(ChartSeries series) => series.Kind switch
    {
        SeriesKind.Segments => "pairs",
        SeriesKind.Dashed => Colour(series) + " dashed",
        _ => Looks[Index(series) % Looks.Length],
    };

    private string Colour(ChartSeries series) => Looks[Index(series) % (Looks.Length / 2)];

    private Mark MarkOf(ChartSeries series) => Marks[Index(series) % Marks.Length];

    // Clouds are for the eye; every other number is in the table.
    private static DataTable Numbers(Chart chart) => new(
        ["Series", "Panel", "x", "y", "interval"],
        [
            .. from panel in chart.Panels
               from series in panel.Series
               where series.Kind is not (SeriesKind.Cloud or SeriesKind.Segments)
               from k in Enumerable.Range(0, series.X.Count)
               select (IReadOnlyList<string>)[
                   series.Name, panel.Heading, Report.Numbers.Exact(series.X[k]), Report.Numbers.Exact(series.Y[k]),
                   series is { Low: { } low, High: { } high } ? $"[{Report.Numbers.Exact(low[k])}, {Report.Numbers.Exact(high[k])}]" : ""],
        ]);
}
