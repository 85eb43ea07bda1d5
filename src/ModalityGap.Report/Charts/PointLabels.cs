using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Charts;

/// <summary>
/// Puts a text beside each point so that no text lies on another, on a mark or beyond the frame: the nearest free place on rings around the point, with
/// a thin line to it where it is not beside the mark.
/// </summary>
internal sealed class PointLabels(double left, double top, double right, double bottom)
{
    private const double Reach = 7, Height = 15, Mark = 6;

    private static readonly double[] Rings = [0, 10, 20, 32, 46, 62, 80, 100, 124, 150, 180, 220];

    /// <summary>A text's rectangle.</summary>
    internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }

    /// <summary>The places of the texts, in the order of the points; <c>null</c> where one found none within reach.</summary>
    /// <param name="points">The points, in pixels.</param>
    /// <param name="widths">How wide each text is.</param>
    /// <param name="farthest">How far from its mark a text may stand.</param>
    public Box[]? Place(IReadOnlyList<(double X, double Y)> points, IReadOnlyList<double> widths, double farthest)
    {
        Box[] marks = [.. points.Select(point => new Box(point.X - Mark, point.Y - Mark, point.X + Mark, point.Y + Mark))];
        var places = new Box[points.Count];
        List<Box> taken = [.. marks];
        // Those in the thick of it first: the others have more places to go.
        foreach (int k in Enumerable.Range(0, points.Count).OrderByDescending(k => marks.Count(mark => Near(marks[k], mark))))
        {
            if (Free(points[k], widths[k], taken, farthest) is not { } place)
                return null;
            places[k] = place;
            taken.Add(place);
        }
        return places;
    }

    /// <summary>Draws the texts, and lines to those that stand apart.</summary>
    public static void Draw(SvgWriter svg, IReadOnlyList<(double X, double Y)> points, Box[] places, IReadOnlyList<string> texts)
    {
        for (int k = 0; k < places.Length; k++)
        {
            double x = Math.Clamp(points[k].X, places[k].Left, places[k].Right), y = Math.Clamp(points[k].Y, places[k].Top, places[k].Bottom);
            if (Math.Abs(x - points[k].X) > Reach + 3 || Math.Abs(y - points[k].Y) > Reach + 3)
                svg.Line(points[k].X, points[k].Y, x, y, "leader");
        }
        for (int k = 0; k < places.Length; k++)
            svg.Label((places[k].Left + places[k].Right) / 2, places[k].Bottom - 4, texts[k], "named middle");
    }

    private Box? Free((double X, double Y) point, double width, List<Box> taken, double farthest)
    {
        foreach (double ring in Rings.Where(ring => ring <= farthest))
            foreach ((double dx, double dy) in Directions(ring == 0 ? 8 : 16))
            {
                double x = point.X + dx * (Reach + ring + width / 2), y = point.Y + dy * (Reach + ring + Height / 2);
                var box = new Box(x - width / 2, y - Height / 2, x + width / 2, y + Height / 2);
                if (box.Left >= left && box.Right <= right && box.Top >= top && box.Bottom <= bottom && !taken.Exists(box.Meets))
                    return box;
            }
        return null;
    }

    // Right above first: the point's own intervals leave the diagonals free.
    private static IEnumerable<(double X, double Y)> Directions(int count) => Enumerable.Range(0, count).Select(k =>
    {
        double angle = -Math.PI / 4 + 2 * Math.PI * k / count;
        return (Math.Cos(angle), Math.Sin(angle));
    });

    private static bool Near(Box a, Box b) => Math.Abs(a.Left - b.Left) < 50 && Math.Abs(a.Top - b.Top) < 30;
}
