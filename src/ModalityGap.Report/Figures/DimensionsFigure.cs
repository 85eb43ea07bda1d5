using ModalityGap.Explanations;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>The coordinates that carry most of the gap: a bar for each share and the cumulative line.</summary>
internal static class DimensionsFigure
{
    private const double Width = 540, Left = 46, Right = 14, Top = 34, PlotHeight = 200, Bottom = 46;

    /// <summary>The figure, or <c>null</c> where there is no gap to share.</summary>
    public static Figure? Of(PairResult pair, int? dimensions) => pair.TopDimensions.Count == 0 ? null : new Figure
    {
        Name = "dimensions",
        Title = Title(pair.TopDimensions, dimensions),
        Caption = "Share of the squared gap by coordinate, largest first, and their running sum. Coordinates are numbered from 0.",
        Measure = "top-dimension-share",
        Drawing = Draw(pair.TopDimensions),
        Data = new DataTable(
            ["Dimension", $"Mean of {pair.First}", $"Mean of {pair.Second}", "Share of the squared gap", "Running sum"],
            [.. pair.TopDimensions.Select(one => (IReadOnlyList<string>)[
                one.Dimension.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Numbers.Three(one.FirstMean), Numbers.Three(one.SecondMean),
                Numbers.Percent(one.ShareOfSquaredGap), Numbers.Percent(one.Cumulative)])]),
    };

    private static string Title(IReadOnlyList<DimensionShare> shares, int? dimensions)
    {
        int half = shares.TakeWhile(one => one.Cumulative < 0.5).Count() + 1;
        string of = dimensions is { } all ? $" of {Numbers.Count(all)}" : "";
        if (half <= shares.Count)
        {
            string verb = half == 1 ? "dimension carries" : "dimensions carry";
            return $"{Words.Capital(Words.Spelled(half))}{of} {verb} {Numbers.Percent(shares[half - 1].Cumulative)} of the squared gap";
        }
        return $"The gap is spread out: the top {shares.Count}{of} dimensions carry {Numbers.Percent(shares[^1].Cumulative)} of it";
    }

    private static Drawing Draw(IReadOnlyList<DimensionShare> shares)
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, Left, 14, Width - Left - Right);
        legend.Area("share of one dimension", "fill bar");
        legend.Line("running sum", "match");
        var x = new Scale(0, shares.Count, Left, Width - Right);
        var y = new Scale(0, 1, Top + PlotHeight, Top);
        var panel = new Panel(svg, x, y);
        panel.VerticalAxis(5, Numbers.Percent);
        double bar = x[1] - x[0];
        PathData dots = new();
        for (int k = 0; k < shares.Count; k++)
        {
            double height = y[0] - y[shares[k].ShareOfSquaredGap];
            svg.Rectangle(x[k] + 0.14 * bar, y[0] - height, 0.72 * bar, height, "fill bar");
            svg.Label(x[k + 0.5], Top + PlotHeight + 16, shares[k].Dimension.ToString(System.Globalization.CultureInfo.InvariantCulture), "tick small middle");
            dots.Disc(x[k + 0.5], y[y.Clamp(shares[k].Cumulative)], 2.4);
        }
        panel.Curve(shares.Select((one, k) => (k + 0.5, one.Cumulative)), "match");
        svg.Path(dots, "fill match");
        svg.Line(Left, y[0], Width - Right, y[0], "axis");
        svg.Label((Left + Width - Right) / 2, Top + PlotHeight + 36, "dimension", "label middle");
        return svg.ToDrawing(Width, Top + PlotHeight + Bottom);
    }
}
