using ModalityGap.Projections;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>
/// Both modalities in a plane, partners joined by lines, and the arrow between the two means. Both axes have the same scale, so the arrow's
/// length can be compared with the clouds; the longer extent lies horizontally.
/// </summary>
internal sealed class MapFigure
{
    private const double Width = 540, Margin = 16, Lowest = 210, Tallest = 430, Top = 34, Foot = 34;

    private readonly PairResult pair;
    private readonly PairMap map;
    private readonly PairNames names;
    private readonly int[] shown;
    private readonly bool turned;
    private readonly bool named;

    private MapFigure(PairResult pair, int mostPairs)
    {
        this.pair = pair;
        map = pair.Map;
        names = new PairNames(pair);
        shown = Sample(map.Pairs.Count, mostPairs);
        named = mostPairs >= ReportFigures.MostPairs && (map.FirstNames ?? map.SecondNames) is not null;
        turned = Extent(point => point.Y) > Extent(point => point.X);
    }

    /// <summary>The figure, or <c>null</c> where there is no pair to show.</summary>
    /// <param name="pair">The pair of modalities.</param>
    /// <param name="mostPairs">At most so many pairs are drawn; their names come along where the page has room for a full map.</param>
    /// <param name="pictures">Pictures of rows, if any, for the map that moves.</param>
    public static Figure? Of(PairResult pair, int mostPairs, RowPictures? pictures) =>
        pair.Map.Pairs.Count == 0 ? null : new MapFigure(pair, mostPairs).Compose(pictures);

    private Figure Compose(RowPictures? pictures) => new()
    {
        Name = "map",
        Title = Title(),
        Caption = Caption(),
        Measure = "gap",
        Drawing = Draw(),
        Live = MapData.Of(pair, pictures),
        Data = new DataTable(
            ["Pair", $"{names.First}, 1st direction", $"{names.First}, 2nd", $"{names.Second}, 1st direction", $"{names.Second}, 2nd"],
            [.. shown.Select(k => (IReadOnlyList<string>)[
                Numbers.Count(map.Pairs[k]),
                Numbers.Three(map.First[k].X), Numbers.Three(map.First[k].Y),
                Numbers.Three(map.Second[k].X), Numbers.Three(map.Second[k].Y)])]),
    };

    private string Title()
    {
        string gap = names.Value("gap") is { } length ? $" lie {Numbers.Three(length)} apart" : " seen in the plane that holds most of them";
        return pair.Verdict.Band == "closed"
            ? $"{Words.Capital(pair.First)} and {pair.Second} share one region"
            : $"{Words.Capital(pair.First)} and {pair.Second}{gap}: {Separation()}";
    }

    // What the picture shows, counted on the points that it shows.
    private string Separation()
    {
        int own = shown.Count(k => Distance(map.First[k], map.FirstCentroid) < Distance(map.First[k], map.SecondCentroid))
            + shown.Count(k => Distance(map.Second[k], map.SecondCentroid) < Distance(map.Second[k], map.FirstCentroid));
        double share = own / (2.0 * shown.Length);
        return share switch
        {
            1 => "two clouds that do not mix",
            >= 0.95 => "two clouds that hardly mix",
            >= 0.75 => "two clouds that overlap",
            _ => "two clouds that mix",
        };
    }

    private string Caption()
    {
        string sampled = shown.Length < map.TotalPairs
            ? $"{Words.Counted(shown.Length, "pair")} of {Numbers.Count(map.TotalPairs)} are drawn"
            : $"All {Words.Counted(shown.Length, "pair")} are drawn";
        double inPlane = Distance(map.FirstCentroid, map.SecondCentroid);
        string arrow = names.Value("gap") is { } length
            ? $"the arrow joins the two means and has length {Numbers.Three(inPlane)} here, {Numbers.Three(length)} in all dimensions"
            : $"the arrow joins the two means and has length {Numbers.Three(inPlane)} here";
        double share = map.Shares.Sum();
        return $"{sampled}, each joined to its partner, in the plane of the first two singular directions (uncentred), which carries "
            + $"{Numbers.Percent(share)} of the squared length; {arrow}." + (named ? " Point at a mark to read which row it is." : "");
    }

    private Drawing Draw()
    {
        (double across, double up) = turned ? (Extent(p => p.Y), Extent(p => p.X)) : (Extent(p => p.X), Extent(p => p.Y));
        double inner = Width - 2 * Margin;
        double height = Math.Clamp(inner * up / Math.Max(across, 1e-12) + 24, Lowest, Tallest);
        double perUnit = Math.Min(inner / Math.Max(across, 1e-12), (height - 24) / Math.Max(up, 1e-12));
        if (!double.IsFinite(perUnit) || perUnit > 1e9)
            perUnit = 1;
        MapPoint middle = Middle();
        (double X, double Y) At(MapPoint point)
        {
            double dx = (point.X - middle.X) * perUnit, dy = (point.Y - middle.Y) * perUnit;
            return turned ? (Width / 2 + dy, Top + height / 2 + dx) : (Width / 2 + dx, Top + height / 2 - dy);
        }

        var svg = new SvgWriter();
        DrawLegend(svg);
        DrawPoints(svg, At);
        DrawArrow(svg, At(map.FirstCentroid), At(map.SecondCentroid));
        DrawRuler(svg, perUnit, Top + height + 18);
        DrawNames(svg, At);
        return svg.ToDrawing(Width, Top + height + Foot);
    }

    private void DrawLegend(SvgWriter svg)
    {
        var legend = new Legend(svg, Margin, 16, Width - 2 * Margin);
        legend.Mark(names.First, Mark.Circle, "fill first");
        legend.Mark(names.Second, Mark.Diamond, "fill second");
        legend.Line("partners", "pairs");
    }

    private void DrawPoints(SvgWriter svg, Func<MapPoint, (double X, double Y)> at)
    {
        PathData lines = new(), circles = new(), diamonds = new();
        double radius = shown.Length > 300 ? 2.2 : 3;
        foreach (int k in shown)
        {
            (double x1, double y1) = at(map.First[k]);
            (double x2, double y2) = at(map.Second[k]);
            lines.MoveTo(x1, y1).LineTo(x2, y2);
            circles.Add(Mark.Circle, x1, y1, radius);
            diamonds.Add(Mark.Diamond, x2, y2, radius);
        }
        svg.Path(lines, "pairs");
        svg.Path(circles, "cloud first");
        svg.Path(diamonds, "cloud second");
    }

    // Last, so that nothing lies over them.
    private void DrawNames(SvgWriter svg, Func<MapPoint, (double X, double Y)> at)
    {
        if (!named)
            return;
        using (svg.Group("spots"))
            foreach (int k in shown)
            {
                Spot(svg, at(map.First[k]), names.First, map.FirstNames?[k]);
                Spot(svg, at(map.Second[k]), names.Second, map.SecondNames?[k]);
            }
    }

    private static void Spot(SvgWriter svg, (double X, double Y) place, string modality, string? name)
    {
        if (name is not null)
            svg.Spot(place.X, place.Y, 5, $"{modality}: {name}");
    }

    private void DrawArrow(SvgWriter svg, (double X, double Y) from, (double X, double Y) to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt(dx * dx + dy * dy);
        if (length < 12)
            return;
        (dx, dy) = (dx / length, dy / length);
        (double X, double Y) foot = (to.X - 11 * dx, to.Y - 11 * dy);
        svg.Line(from.X, from.Y, foot.X, foot.Y, "halo");
        svg.Line(from.X, from.Y, foot.X, foot.Y, "arrow");
        svg.Path(
            new PathData().MoveTo(to.X, to.Y).LineTo(foot.X - 5 * dy, foot.Y + 5 * dx).LineTo(foot.X + 5 * dy, foot.Y - 5 * dx).Close(),
            "arrowhead");
        svg.Circle(from.X, from.Y, 4, "centre");
        string text = names.Value("gap") is { } gap ? $"gap {Numbers.Three(gap)}" : "gap";
        double middleX = (from.X + to.X) / 2, middleY = (from.Y + to.Y) / 2;
        bool flat = Math.Abs(dx) > Math.Abs(dy);
        svg.Label(flat ? middleX : middleX + 10, flat ? middleY - 9 : middleY + 4, text, flat ? "strong middle" : "strong");
    }

    private static void DrawRuler(SvgWriter svg, double perUnit, double y)
    {
        double length = new Scale(0, 120 / perUnit, 0, 120).Ticks(2)[1];
        svg.Line(Margin, y, Margin + length * perUnit, y, "axis");
        svg.Line(Margin, y - 4, Margin, y + 4, "axis");
        svg.Line(Margin + length * perUnit, y - 4, Margin + length * perUnit, y + 4, "axis");
        svg.Label(Margin + length * perUnit + 8, y + 4, $"{length.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} on both axes", "tick");
    }

    private IEnumerable<MapPoint> Points =>
        shown.Select(k => map.First[k]).Concat(shown.Select(k => map.Second[k])).Append(map.FirstCentroid).Append(map.SecondCentroid);

    private double Extent(Func<MapPoint, double> part) => Points.Max(part) - Points.Min(part);

    private MapPoint Middle() => new(
        (Points.Max(p => p.X) + Points.Min(p => p.X)) / 2, (Points.Max(p => p.Y) + Points.Min(p => p.Y)) / 2);

    private static double Distance(MapPoint a, MapPoint b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    // The pairs of a map are a random sample already: evenly spaced ones are one too.
    private static int[] Sample(int available, int most) =>
        available <= most ? [.. Enumerable.Range(0, available)] : [.. Enumerable.Range(0, most).Select(k => (int)((long)k * available / most))];
}
