using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Charts;

/// <summary>Rows of numbers with intervals, their names at the left, in one column or in several beside each other: a forest plot.</summary>
internal sealed class IntervalRows(SvgWriter svg, IReadOnlyList<string> names)
{
    private const double Gutter = 22, HeadingRow = 20, AxisRow = 22, UnitRow = 18;

    public required double Left { get; init; }

    public required double Right { get; init; }

    public double RowHeight { get; init; } = 24;

    /// <summary>At most so many letters of a name; a longer one breaks after its comma, or is cut.</summary>
    public int LongestName { get; init; } = 40;

    /// <summary>Rows that a band lies behind.</summary>
    public Func<int, bool> IsMarked { get; init; } = _ => false;

    /// <summary>Draws below this height and returns the lower edge.</summary>
    public double Draw(double top, params IReadOnlyList<IntervalColumn> columns)
    {
        double first = top + (columns.Any(column => column.Heading.Length > 0) ? HeadingRow : 0), bottom = first + names.Count * RowHeight;
        double width = (Right - Left - (columns.Count - 1) * Gutter) / columns.Count;
        for (int k = 0; k < names.Count; k++)
        {
            double middle = first + (k + 0.5) * RowHeight;
            if (IsMarked(k))
                svg.Rectangle(4, middle - RowHeight / 2, Right - 4, RowHeight, "band");
            Name(names[k], middle);
        }
        for (int c = 0; c < columns.Count; c++)
        {
            double left = Left + c * (width + Gutter);
            Column(columns[c], left, left + width, first, bottom);
        }
        return bottom + AxisRow + (columns.Any(column => column.Unit is not null) ? UnitRow : 0);
    }

    private void Name(string name, double middle)
    {
        int comma = name.IndexOf(", ", StringComparison.Ordinal);
        if (name.Length <= LongestName || comma < 0)
        {
            svg.Label(Left - 12, middle + 4, Words.Short(name, LongestName), "label end");
            return;
        }
        svg.Label(Left - 12, middle - 3, Words.Short(name[..comma], LongestName), "label end");
        svg.Label(Left - 12, middle + 10, Words.Short(name[(comma + 2)..], LongestName), "label end");
    }

    private void Column(IntervalColumn column, double left, double right, double top, double bottom)
    {
        IEnumerable<double> ends = column.Rows.SelectMany(cells => cells.SelectMany(cell => cell.Ends));
        Scale x = column.Domain is { } domain
            ? new Scale(domain.Low, domain.High, left, right)
            : Scale.Over(column.Reference is { } shown ? ends.Append(shown) : ends, 0.06, left, right);
        var panel = new Panel(svg, x, new Scale(0, names.Count, top, bottom));
        if (column.Heading.Length > 0)
            svg.Label(left, top - 8, column.Heading, "heading");
        if (column.Reference is { } reference)
            panel.VerticalLine(reference, "reference");
        for (int k = 0; k < names.Count; k++)
        {
            IReadOnlyList<IntervalCell> cells = column.Rows[k];
            for (int i = 0; i < cells.Count; i++)
                Cell(panel, cells[i], k + 0.5 + (i - (cells.Count - 1) / 2.0) * 0.36);
        }
        new Panel(svg, x, new Scale(0, 1, bottom, top)).HorizontalAxis(Math.Max(2, (int)((right - left) / 62)), column.Unit, column.Format);
    }

    private void Cell(Panel panel, IntervalCell cell, double level)
    {
        if (cell is { Low: { } low, High: { } high })
            panel.Whisker(low, high, level, cell.Look);
        svg.DrawMark(cell.Mark, panel.X[panel.X.Clamp(cell.Value)], panel.Y[level], 4.2, "fill " + cell.Look);
    }
}
