using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Charts;

/// <summary>Names of series beside a sample of their look, in rows that fit the width.</summary>
internal sealed class Legend(SvgWriter svg, double left, double top, double width)
{
    // Text cannot be measured here: this is a generous width of a letter at the figures' size.
    private const double Letter = 7.6, Row = 18, Sample = 20;

    private double used;
    private double y = top;

    /// <summary>The lower edge of what was written so far.</summary>
    public double Bottom => y + 6;

    public void Line(string text, string look) => Entry(text, (at, level) => svg.Line(at, level, at + Sample - 4, level, "curve " + look));

    public void Area(string text, string look) => Entry(text, (at, level) => svg.Rectangle(at, level - 5, Sample - 6, 10, look));

    public void Mark(string text, Mark mark, string look) => Entry(text, (at, level) => svg.DrawMark(mark, at + 7, level, 4.5, look));

    private void Entry(string text, Action<double, double> sample)
    {
        double needed = Sample + text.Length * Letter + 16;
        if (used > 0 && used + needed > width + 16)
        {
            used = 0;
            y += Row;
        }
        sample(left + used, y - 4);
        svg.Label(left + used + Sample, y, text, "label");
        used += needed;
    }
}
