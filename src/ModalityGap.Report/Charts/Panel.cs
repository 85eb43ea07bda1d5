using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Charts;

/// <summary>A rectangle with two axes, in which curves are drawn.</summary>
internal sealed class Panel(SvgWriter svg, Scale x, Scale y)
{
    public Scale X => x;

    public Scale Y => y;

    private double Left => Math.Min(x.Start, x.End);

    private double Right => Math.Max(x.Start, x.End);

    private double Top => Math.Min(y.Start, y.End);

    private double Bottom => Math.Max(y.Start, y.End);

    public void VerticalAxis(int about, Func<double, string>? format = null)
    {
        foreach (double tick in y.Ticks(about))
        {
            svg.Line(Left, y[tick], Right, y[tick], "grid");
            svg.Label(Left - 6, y[tick] + 4, format?.Invoke(tick) ?? y.Label(tick, about), "tick end");
        }
    }

    public void HorizontalAxis(int about, string? name = null, Func<double, string>? format = null)
    {
        svg.Line(Left, Bottom, Right, Bottom, "axis");
        foreach (double tick in x.Ticks(about))
        {
            svg.Line(x[tick], Bottom, x[tick], Bottom + 4, "axis");
            svg.Label(x[tick], Bottom + 16, format?.Invoke(tick) ?? x.Label(tick, about), "tick middle");
        }
        if (name is not null)
            svg.Label((Left + Right) / 2, Bottom + 32, name, "label middle");
    }

    public void Heading(string text, double above = 0) => svg.Label(Left, Top - 8 - above, text, "heading");

    public void VerticalLine(double at, string look)
    {
        if (x.Holds(at))
            svg.Line(x[at], Top, x[at], Bottom, look);
    }

    public void HorizontalLine(double at, string look)
    {
        if (y.Holds(at))
            svg.Line(Left, y[at], Right, y[at], look);
    }

    public void Curve(IEnumerable<(double X, double Y)> points, string look) =>
        svg.Path(new PathData().Through(points.Select(point => (x[point.X], y[y.Clamp(point.Y)]))), "curve " + look);

    /// <summary>The values of a row and its name, for panels whose rows are names.</summary>
    public void RowName(double level, string name) => svg.Label(Left - 8, y[level] + 4, name, "label end");

    /// <summary>The horizontal interval of a point.</summary>
    public void Whisker(double low, double high, double at, string look)
    {
        double left = x[x.Clamp(low)], right = x[x.Clamp(high)], level = y[y.Clamp(at)];
        svg.Line(left, level, right, level, "whisker " + look);
    }

    /// <summary>The vertical interval of a point.</summary>
    public void Column(double at, double low, double high, string look) =>
        svg.Line(x[at], y[y.Clamp(low)], x[at], y[y.Clamp(high)], "whisker " + look);
}
