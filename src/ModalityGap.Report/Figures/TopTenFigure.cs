using ModalityGap.Measures;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>Which modality fills the first ten documents, by its share of the index: "why does my search return only text?"</summary>
internal sealed class TopTenFigure
{
    private const double Width = 540, Left = 50, Right = 14, PlotHeight = 200, Bottom = 48;

    private readonly MixedSearchTable table;

    private TopTenFigure(MixedSearchTable table) => this.table = table;

    /// <summary>The figure, or <c>null</c> where no share between the ends was tried.</summary>
    public static Figure? Of(MixedSearchTable table) =>
        table.Raw.Any(row => row.Share is > 0 and < 1) ? new TopTenFigure(table).Compose() : null;

    private Figure Compose() => new()
    {
        Name = "top-ten",
        Title = Title(),
        Caption = $"Share of {table.First} among the first ten documents, with its interval, by their share of the index. On the dotted line a search has no preference.",
        Measure = "mixed-search",
        Drawing = Draw(),
        Data = new DataTable(
            [$"Share of {table.First} in the index", $"Share of {table.First} among the first ten"],
            [.. table.Raw.Select(row => (IReadOnlyList<string>)[Numbers.Percent(row.Share), Numbers.Percent(row.FirstModalityShareOfTop10)])]),
    };

    private string Title()
    {
        MixedSearchRow middle = table.Raw.Where(row => row.Share is > 0 and < 1).MinBy(row => Math.Abs(row.Share - 0.5))!;
        double shown = middle.FirstModalityShareOfTop10.Value;
        string start = $"Where {Numbers.Percent(middle.Share)} of the index are {table.First}, {Numbers.Percent(shown)} of the first ten are";
        return shown < 0.5 * middle.Share ? $"{start}: a search shows mostly {table.Second}"
            : shown > 0.5 + 0.5 * middle.Share ? $"{start}: a search shows mostly {table.First}"
            : start;
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        const double top = 20;
        var panel = new Panel(svg, new Scale(-0.03, 1.03, Left, Width - Right), new Scale(0, 1, top + PlotHeight, top));
        panel.VerticalAxis(4, Numbers.Percent);
        svg.Line(panel.X[0], panel.Y[0], panel.X[1], panel.Y[1], "reference");
        panel.Curve(table.Raw.Select(row => (row.Share, row.FirstModalityShareOfTop10.Value)), "strongline");
        foreach (MixedSearchRow row in table.Raw)
        {
            if (row.FirstModalityShareOfTop10 is { Low: { } low, High: { } high })
                panel.Column(row.Share, low, high, "strongline");
            svg.DrawMark(Mark.Square, panel.X[row.Share], panel.Y[panel.Y.Clamp(row.FirstModalityShareOfTop10.Value)], 3.8, "fill strongline");
        }
        panel.HorizontalAxis(4, $"share of {Words.Short(table.First)} in the index; vertical axis: among the first ten", Numbers.Percent);
        return svg.ToDrawing(Width, top + PlotHeight + Bottom);
    }
}
