using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Selection;

namespace ModalityGap.Report.Figures;

/// <summary>How many pairs a correction must be fitted on.</summary>
internal static class SampleSizeFigure
{
    private const double Width = 540, Left = 50, Right = 22, Top = 20, PlotHeight = 180, Bottom = 48;

    /// <summary>The figure, or <c>null</c> where sizes were not tried.</summary>
    public static Figure? Of(CorrectionResult result) => result.SampleSizes.Count < 2 || result.SampleSizesOf is not { } id ? null : new Figure
    {
        Name = "sample-sizes",
        Title = Title(result.SampleSizes, Words.FromId(id)),
        Caption = $"Change of the goal against doing nothing, with its paired interval, by the number of items that {Words.FromId(id)} was fitted on.",
        Measure = result.Nested.Search.Shares.Count > 0 ? "mixed-search" : "pooled-hit-at-1",
        Drawing = Draw(result.SampleSizes),
        Data = new DataTable(
            ["Items", "hit@1", "Change"],
            [.. result.SampleSizes.Select(point => (IReadOnlyList<string>)[Numbers.Count(point.Items), Numbers.Of(point.Goal.Value), Numbers.Of(point.Goal.Difference)])]),
    };

    private static string Title(IReadOnlyList<SamplePoint> points, string name)
    {
        double last = points[^1].Goal.Difference.Value;
        SamplePoint enough = points.First(point => point.Goal.Difference.Value >= 0.9 * last);
        return last <= 0
            ? $"{Words.Capital(name)} gains nothing, however many items it is fitted on"
            : $"{Words.Capital(name)} needs {Words.Counted(enough.Items, "item")} for nine tenths of what {Numbers.Count(points[^1].Items)} give";
    }

    private static Drawing Draw(IReadOnlyList<SamplePoint> points)
    {
        var svg = new SvgWriter();
        var x = new Scale(Math.Log10(points[0].Items) - 0.08, Math.Log10(points[^1].Items) + 0.08, Left, Width - Right);
        Scale y = Scale.Over(points.SelectMany(point => new[] { point.Goal.Difference.Low ?? point.Goal.Difference.Value, point.Goal.Difference.High ?? point.Goal.Difference.Value }).Append(0)
            .Select(value => 100 * value), 0.06, Top + PlotHeight, Top);
        var panel = new Panel(svg, x, y);
        panel.VerticalAxis(5, tick => Numbers.SignAlways(tick, "0.#"));
        panel.HorizontalLine(0, "reference");
        panel.Curve(points.Select(point => (Math.Log10(point.Items), 100 * point.Goal.Difference.Value)), "match");
        foreach (SamplePoint point in points)
        {
            double at = Math.Log10(point.Items);
            if (point.Goal.Difference is { Low: { } low, High: { } high })
                panel.Column(at, 100 * low, 100 * high, "match");
            svg.DrawMark(Mark.Circle, x[at], y[100 * point.Goal.Difference.Value], 4, "fill match");
            svg.Line(x[at], Top + PlotHeight, x[at], Top + PlotHeight + 4, "axis");
            svg.Label(x[at], Top + PlotHeight + 16, Numbers.Count(point.Items), "tick middle");
        }
        svg.Line(Left, Top + PlotHeight, Width - Right, Top + PlotHeight, "axis");
        svg.Label((Left + Width - Right) / 2, Top + PlotHeight + 34, "items to fit on; vertical axis: change of hit@1 in points", "label middle");
        return svg.ToDrawing(Width, Top + PlotHeight + Bottom);
    }
}
