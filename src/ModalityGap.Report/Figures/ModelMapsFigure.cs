using ModalityGap.Comparisons;
using ModalityGap.Projections;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>A small map of each model, each in its own plane: the two clouds and the arrow between their means.</summary>
internal sealed class ModelMapsFigure
{
    private const double Width = 540, Edge = 6, Between = 14, Head = 38;

    private readonly ComparedModels models;
    private readonly ComparisonResult result;
    private readonly PairMap[] maps;
    private readonly int columns;

    private ModelMapsFigure(ComparedModels models, ComparisonResult result, IReadOnlyList<RunPicture> all)
    {
        this.models = models;
        this.result = result;
        maps = [.. models.Order.Select(run => all.First(picture => picture.Run == run.Name).Map)];
        columns = maps.Length <= 4 ? 2 : 3;
    }

    /// <summary>The figure, or <c>null</c> where the comparison came without pictures.</summary>
    public static Figure? Of(ComparedModels models, ComparisonResult result) =>
        result.Pictures is { } all && all.Any(picture => picture.Map.Pairs.Count > 0) ? new ModelMapsFigure(models, result, all).Compose() : null;

    private Figure Compose() => new()
    {
        Name = "model-maps",
        Title = Title(),
        Caption = $"{Sampled()}, each model in the plane of its own first two singular directions (uncentred) and at its own scale: compare "
            + $"shapes, not lengths. "
            + "The arrow joins the two means.",
        Measure = "gap-debiased",
        Drawing = Draw(),
        Data = new DataTable(
            ["Model", "Pair", $"{result.First}, 1st direction", $"{result.First}, 2nd", $"{result.Second}, 1st direction", $"{result.Second}, 2nd"],
            [.. maps.SelectMany((map, m) => map.Pairs.Select((pair, k) => (IReadOnlyList<string>)[
                models.Order[m].Name, Numbers.Count(pair),
                Numbers.Three(map.First[k].X), Numbers.Three(map.First[k].Y), Numbers.Three(map.Second[k].X), Numbers.Three(map.Second[k].Y)]))]),
    };

    private string Title()
    {
        (RunResult Run, Estimate Gap)[] gaps =
            [.. models.Order.Select(run => (run, ComparedModels.Value(run, "gap-debiased").Estimate!)).Where(one =>
                one.Item2 is not null).OrderBy(one => one.Item2.Value)];
        return gaps.Length < 2
            ? "Both modalities of each model"
            : $"{Words.Capital(Words.Short(result.First))} and {Words.Short(result.Second)} lie {Numbers.Three(gaps[0].Gap.Value)} apart in "
                + $"{models.Said(gaps[0].Run.Name)}, "
                + $"{Numbers.Three(gaps[^1].Gap.Value)} in {models.Said(gaps[^1].Run.Name)}";
    }

    private string Sampled() => maps[0].Pairs.Count < maps[0].TotalPairs
        ? $"The same {Words.Counted(maps[0].Pairs.Count, "pair")} of {Numbers.Count(maps[0].TotalPairs)} of every model"
        : $"All {Words.Counted(maps[0].Pairs.Count, "pair")} of every model";

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, Edge, 14, Width - 2 * Edge);
        legend.Mark(Words.Short(result.First), Mark.Circle, "fill first");
        legend.Mark(Words.Short(result.Second), Mark.Diamond, "fill second");
        double wide = (Width - 2 * Edge - (columns - 1) * Between) / columns, tall = 0.72 * wide, top = legend.Bottom + 4;
        string[] names = DistinctNames.Fit([.. models.Order.Select(run => run.Name)], wide);
        for (int m = 0; m < maps.Length; m++)
        {
            double left = Edge + m % columns * (wide + Between), upper = top + m / columns * (tall + Head + 8) + Head;
            svg.Label(left, upper - 22, names[m], "heading");
            svg.Label(left, upper - 7, ComparedModels.Value(models.Order[m], "gap-debiased").Estimate is { } gap
                ? $"gap {Numbers.Three(gap.Value)}" : "gap not measured", "tick");
            svg.Rectangle(left, upper, wide, tall, "frame");
            new SmallMap(maps[m], left + 8, upper + 8, wide - 16, tall - 16).Draw(svg);
        }
        int rows = (maps.Length + columns - 1) / columns;
        return svg.ToDrawing(Width, top + rows * (tall + Head + 8) + 2);
    }

    /// <summary>One map, its longer extent lying horizontally.</summary>
    private sealed class SmallMap
    {
        private readonly PairMap map;
        private readonly bool turned;
        private readonly double perUnit, middleX, middleY;
        private readonly MapPoint middle;

        public SmallMap(PairMap map, double left, double top, double wide, double tall)
        {
            this.map = map;
            (middleX, middleY) = (left + wide / 2, top + tall / 2);
            MapPoint[] all = [.. map.First, .. map.Second, map.FirstCentroid, map.SecondCentroid];
            double across = Extent(all, point => point.X), up = Extent(all, point => point.Y);
            turned = up > across;
            if (turned)
                (across, up) = (up, across);
            middle = new MapPoint((all.Max(p => p.X) + all.Min(p => p.X)) / 2, (all.Max(p => p.Y) + all.Min(p => p.Y)) / 2);
            double fit = Math.Min(wide / Math.Max(across, 1e-12), tall / Math.Max(up, 1e-12));
            perUnit = double.IsFinite(fit) && fit < 1e9 ? fit : 1;
        }

        public void Draw(SvgWriter svg)
        {
            PathData circles = new(), diamonds = new();
            foreach (MapPoint point in map.First)
                circles.Disc(At(point).X, At(point).Y, 1.7);
            foreach (MapPoint point in map.Second)
                diamonds.Diamond(At(point).X, At(point).Y, 2.2);
            svg.Path(circles, "cloud first");
            svg.Path(diamonds, "cloud second");
            DrawArrow(svg, At(map.FirstCentroid), At(map.SecondCentroid));
        }

        private static void DrawArrow(SvgWriter svg, (double X, double Y) from, (double X, double Y) to)
        {
            double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt(dx * dx + dy * dy);
            svg.Circle(from.X, from.Y, 3, "centre");
            if (length < 12)
                return;
            (dx, dy) = (dx / length, dy / length);
            (double X, double Y) foot = (to.X - 8 * dx, to.Y - 8 * dy);
            svg.Line(from.X, from.Y, foot.X, foot.Y, "arrow");
            svg.Path(new PathData().MoveTo(to.X, to.Y).LineTo(foot.X - 4 * dy, foot.Y + 4 * dx).LineTo(foot.X + 4 * dy, foot.Y - 4 * dx).Close(), "arrowhead");
        }

        private (double X, double Y) At(MapPoint point)
        {
            double dx = (point.X - middle.X) * perUnit, dy = (point.Y - middle.Y) * perUnit;
            return turned ? (middleX + dy, middleY + dx) : (middleX + dx, middleY - dy);
        }

        private static double Extent(MapPoint[] points, Func<MapPoint, double> part) => points.Max(part) - points.Min(part);
    }
}
