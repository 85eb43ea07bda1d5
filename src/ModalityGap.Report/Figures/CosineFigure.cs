using ModalityGap.Measures;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>The cosines of matched, unmatched and within-modality pairs on one scale, with the thresholds.</summary>
internal sealed class CosineFigure
{
    private const double Width = 540, Left = 40, Right = 14, PlotHeight = 220, Bottom = 44, LabelRow = 15;

    private readonly PairResult pair;
    private readonly PairNames names;
    private readonly IReadOnlyList<Series> series;

    private CosineFigure(PairResult pair)
    {
        this.pair = pair;
        names = new PairNames(pair);
        CosineHistograms all = pair.Histograms;
        series =
        [
            new("unmatched", "unmatched pairs", all.Unmatched, names.Value("unmatched-cosine-mean"), "area other", "other"),
            new("matched", "matched pairs", all.Matched, names.Value("matched-cosine-mean"), "area match", "match"),
            new($"{pair.First}, within", $"two {names.First} rows", all.WithinFirst, names.Value($"cosine-mean/{pair.First}"), "", "first"),
            new($"{pair.Second}, within", $"two {names.Second} rows", all.WithinSecond, names.Value($"cosine-mean/{pair.Second}"), "", "second dashed"),
        ];
    }

    private sealed record Series(string Name, string Label, IReadOnlyList<long> Counts, double? Mean, string Area, string Curve)
    {
        public long Total { get; } = Counts.Sum();

        /// <summary>Probability density in a bin.</summary>
        public double Density(int bin) => Total == 0 ? 0 : Counts[bin] * Counts.Count / (2.0 * Total);

        public string Entry => Mean is { } mean ? $"{Label}, mean {Numbers.Two(mean)}" : Label;
    }

    /// <summary>The figure, or <c>null</c> where nothing was counted.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="isLive">Whether a reader can drag a threshold over it.</param>
    public static Figure? Of(PairResult pair, bool isLive = true)
    {
        var figure = new CosineFigure(pair);
        return figure.series.All(one => one.Total == 0) ? null : figure.Compose(isLive);
    }

    private Figure Compose(bool isLive)
    {
        Drawing drawing = Draw(out Panel panel);
        return new Figure
        {
            Name = "cosines",
            Title = Title(),
            Caption = "Density of the cosines of all pairs of rows; areas are equal, so a curve says how cosines spread, not how many there are. "
                + "Vertical lines are the thresholds of the table.",
            Measure = "threshold",
            Drawing = drawing,
            Data = Table(),
            Live = isLive ? ThresholdData.Of(pair.Thresholds, panel.X, panel.Y) : null,
            LiveKind = "threshold",
        };
    }

    private string Title()
    {
        if (names.Value("matched-cosine-mean") is not { } matched || names.Value("unmatched-cosine-mean") is not { } unmatched)
            return "How cosines spread, by kind of pair";
        string start = $"Matched pairs score {Numbers.Two(matched)} on average, unmatched pairs {Numbers.Two(unmatched)}";
        if (names.Value($"cosine-mean/{pair.First}") is not { } first || names.Value($"cosine-mean/{pair.Second}") is not { } second)
            return start;
        string within = $"any two {pair.First} rows {Numbers.Two(first)} and any two {pair.Second} rows {Numbers.Two(second)}";
        return matched < Math.Min(first, second) ? $"{start}; {within}: more than a match" : $"{start}; {within}";
    }

    private Drawing Draw(out Panel panel)
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, Left, 14, Width - Left - Right);
        foreach (Series one in series.Where(one => one.Total > 0).OrderBy(one => one.Name != "matched"))
        {
            if (one.Area.Length > 0)
                legend.Area(one.Entry, one.Area);
            else
                legend.Line(one.Entry, one.Curve);
        }
        ThresholdRow[] thresholds = [.. pair.Thresholds.Rows.OrderBy(row => row.Cosine.Value)];
        double top = legend.Bottom + 8 + thresholds.Length * LabelRow;
        (int low, int high) = Domain();
        double edge = 2.0 / pair.Histograms.Bins;
        var x = new Scale(-1 + low * edge, -1 + (high + 1) * edge, Left, Width - Right);
        double highest = series.Max(one => Enumerable.Range(low, high - low + 1).Max(one.Density));
        var y = new Scale(0, 1.05 * highest, top + PlotHeight, top);
        panel = new Panel(svg, x, y);
        panel.VerticalAxis(4);
        foreach (Series one in series.Where(one => one.Total > 0))
        {
            if (one.Area.Length > 0)
                svg.Path(new PathData().Through(Steps(one, panel, low, high, closed: true)).Close(), one.Area);
            svg.Path(new PathData().Through(Steps(one, panel, low, high, closed: false)), "curve thin " + one.Curve);
        }
        DrawThresholds(svg, panel, thresholds, legend.Bottom + 16);
        panel.HorizontalAxis(7, "cosine");
        return svg.ToDrawing(Width, top + PlotHeight + Bottom);
    }

    // The labels stand above the plot, one below the other from the lowest threshold, so that none is crossed by another's line.
    private static void DrawThresholds(SvgWriter svg, Panel panel, ThresholdRow[] thresholds, double firstRow)
    {
        double row = firstRow;
        foreach (ThresholdRow threshold in thresholds)
        {
            double at = panel.X[panel.X.Clamp(threshold.Cosine.Value)];
            bool advised = threshold.Rule != "equal-error";
            svg.Line(at, row - 9, at, panel.Y.Start, advised ? "threshold" : "threshold faint");
            string rule = advised ? $"{Numbers.RuledPercent(threshold.FalsePositiveRate.Value)} false positives" : "equal error";
            bool fits = at + 170 < Width;
            svg.Label(fits ? at + 5 : at - 5, row, $"{rule}: {Numbers.Three(threshold.Cosine.Value)}", fits ? "tick" : "tick end");
            row += LabelRow;
        }
    }

    private static IEnumerable<(double X, double Y)> Steps(Series one, Panel panel, int low, int high, bool closed)
    {
        double edge = 2.0 / one.Counts.Count;
        double before = 0;
        if (closed)
            yield return (panel.X[-1 + low * edge], panel.Y[0]);
        for (int bin = low; bin <= high; bin++)
        {
            double density = one.Density(bin), at = panel.X[-1 + bin * edge];
            // Outside of its own values a curve would only draw the axis again.
            if (density > 0 || before > 0)
            {
                yield return (at, panel.Y[before]);
                yield return (at, panel.Y[density]);
            }
            before = density;
        }
        yield return (panel.X[-1 + (high + 1) * edge], panel.Y[before]);
        if (closed)
            yield return (panel.X[-1 + (high + 1) * edge], panel.Y[0]);
    }

    private (int Low, int High) Domain()
    {
        int[] used = [.. Enumerable.Range(0, pair.Histograms.Bins).Where(bin => series.Any(one => one.Total > 0 && one.Counts[bin] > 0))];
        return (Math.Max(0, used[0] - 1), Math.Min(pair.Histograms.Bins - 1, used[^1] + 1));
    }

    private DataTable Table()
    {
        (int low, int high) = Domain();
        double edge = 2.0 / pair.Histograms.Bins;
        return new DataTable(
            ["Cosine from", "to", .. series.Select(one => one.Name)],
            [.. Enumerable.Range(low, high - low + 1).Select(bin => (IReadOnlyList<string>)[
                Numbers.Two(-1 + bin * edge), Numbers.Two(-1 + (bin + 1) * edge), .. series.Select(one => Numbers.Count(one.Counts[bin]))])]);
    }
}
