using ModalityGap.Measures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Charts;

/// <summary>Cosines of matched, unmatched and within-modality pairs in one row for each name, all on one axis.</summary>
internal sealed class CosineRows
{
    /// <summary>How much higher the tallest row may be than the flattest on one vertical scale; beyond it the flattest would be a line.</summary>
    private const double LargestRatio = 4;

    private const double Width = ForestPlot.Width, Right = 14, Gap = 8, Bottom = 44;

    private readonly IReadOnlyList<string> names;
    private readonly CosineHistograms[] histograms;
    private readonly int low, high, merged;

    /// <param name="names">What the rows are called, short enough for the figure.</param>
    /// <param name="histograms">The cosines of each row; at least one holds a pair.</param>
    /// <param name="merged">How many bins become one, where a page must stay small; <c>null</c> for one, or two with more than ten rows.</param>
    public CosineRows(IReadOnlyList<string> names, IReadOnlyList<CosineHistograms> histograms, int? merged = null)
    {
        this.names = names;
        this.histograms = [.. histograms];
        this.merged = merged ?? (histograms.Count > 10 ? 2 : 1);
        int bins = histograms[0].Bins;
        int[] used = [.. Enumerable.Range(0, bins).Where(bin => histograms.Any(one => Kinds(one).Any(kind => kind[bin] > 0)))];
        low = Math.Max(0, used[0] - 1) / this.merged;
        high = Math.Min(bins - 1, used[^1] + 1) / this.merged;
        double[] peaks = [.. this.histograms.Select(Peak).Where(peak => peak > 0)];
        SharesHeight = peaks.Max() <= LargestRatio * peaks.Min();
    }

    /// <summary>Whether all rows have one vertical scale; else each is as high as its own peak.</summary>
    public bool SharesHeight { get; }

    private double Left => ForestPlot.LeftOf(names);

    private double Edge => 2.0 * merged / histograms[0].Bins;

    private double RowHeight => histograms.Length <= 6 ? 58 : histograms.Length <= 14 ? 46 : 36;

    /// <summary>The drawing.</summary>
    /// <param name="within">What the pairs within the first and the second modality are called.</param>
    public Drawing Draw((string First, string Second) within)
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, 10, 14, Width - 24);
        legend.Area("matched pairs", "area match");
        legend.Area("unmatched pairs", "area other");
        legend.Line(within.First, "first");
        legend.Line(within.Second, "second dashed");
        double top = legend.Bottom + 10, height = histograms.Length * (RowHeight + Gap);
        var x = new Scale(-1 + low * Edge, -1 + (high + 1) * Edge, Left, Width - Right);
        var frame = new Panel(svg, x, new Scale(0, 1, top + height, top));
        frame.VerticalLine(0, "reference");
        double tallest = histograms.Max(Peak);
        for (int k = 0; k < histograms.Length; k++)
        {
            double foot = top + (k + 1) * (RowHeight + Gap), peak = SharesHeight ? tallest : Peak(histograms[k]);
            svg.Line(Left, foot, Width - Right, foot, "grid");
            svg.Label(Left - 10, foot - 6, names[k], "label end");
            if (peak > 0)
                DrawRow(svg, new Panel(svg, x, new Scale(0, peak, foot, foot - RowHeight)), histograms[k]);
        }
        frame.HorizontalAxis(6, "cosine");
        return svg.ToDrawing(Width, top + height + Bottom);
    }

    /// <summary>The counts that were drawn, of bins that hold any.</summary>
    public IEnumerable<IReadOnlyList<string>> Table(int row)
    {
        IReadOnlyList<long>[] kinds = Kinds(histograms[row]);
        for (int bin = low; bin <= high; bin++)
            if (kinds.Any(kind => Count(kind, bin) > 0))
                yield return
                [
                    Numbers.Two(-1 + bin * Edge), Numbers.Two(-1 + (bin + 1) * Edge), .. kinds.Select(kind => Numbers.Count(Count(kind, bin))),
                ];
    }

    private void DrawRow(SvgWriter svg, Panel panel, CosineHistograms one)
    {
        foreach ((IReadOnlyList<long> counts, string area, string curve) in (ReadOnlySpan<(IReadOnlyList<long>, string, string)>)
            [
                (one.Unmatched, "area other", "other"), (one.Matched, "area match", "match"), (one.WithinFirst, "", "first"),
                (one.WithinSecond, "", "second dashed"),
            ])
        {
            (double X, double Y)[] steps = [.. Steps(panel, counts)];
            if (steps.Length == 0)
                continue;
            if (area.Length > 0)
                svg.Path(new PathData().Through(steps).Close(), area);
            svg.Path(new PathData().Through(steps), "curve thin " + curve);
        }
    }

    // From the foot of the first bin that holds a pair to that of the last.
    private IEnumerable<(double X, double Y)> Steps(Panel panel, IReadOnlyList<long> counts)
    {
        double total = counts.Sum() * Edge, before = 0;
        for (int bin = low; bin <= high + 1; bin++)
        {
            double density = bin > high || total == 0 ? 0 : Count(counts, bin) / total, at = panel.X[-1 + bin * Edge];
            if (density == 0 && before == 0)
                continue;
            if (density != before)
            {
                yield return (at, panel.Y[before]);
                yield return (at, panel.Y[density]);
            }
            before = density;
        }
    }

    private double Peak(CosineHistograms one) => Kinds(one).Max(kind =>
    {
        long total = kind.Sum();
        return total == 0 ? 0 : Enumerable.Range(low, high - low + 1).Max(bin => Count(kind, bin)) / (total * Edge);
    });

    private long Count(IReadOnlyList<long> counts, int bin) =>
        Enumerable.Range(bin * merged, merged).Sum(one => one < counts.Count ? counts[one] : 0);

    private static IReadOnlyList<long>[] Kinds(CosineHistograms one) => [one.Matched, one.Unmatched, one.WithinFirst, one.WithinSecond];
}
