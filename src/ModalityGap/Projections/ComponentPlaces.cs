using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>A disc for each component of a graph, in the plane in which the components' means differ most.</summary>
internal static class ComponentPlaces
{
    // Components whose means coincide in the plane would share a centre; on a small circle they do not.
    private const double Circle = 0.05;

    /// <summary>Places the components: one around the origin, two on a line, more by the first two principal directions of their means.</summary>
    /// <param name="means">The mean row of each component.</param>
    /// <param name="work">How to work.</param>
    public static ComponentPlace[] Of(double[][] means, WorkContext work)
    {
        int count = means.Length;
        if (count == 1)
            return [new ComponentPlace(0, 0, 1)];
        if (count == 2)
            return [new ComponentPlace(-1, 0, 0.5), new ComponentPlace(1, 0, 0.5)];
        MapPoint[] points = InPlane(means, work);
        double reach = points.Max(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y)));
        for (int c = 0; c < count; c++)
        {
            double turn = 2 * Math.PI * c / count, scale = reach > 0 ? 1 / reach : 0;
            points[c] = new MapPoint(points[c].X * scale + Circle * Math.Cos(turn), points[c].Y * scale + Circle * Math.Sin(turn));
        }
        return [.. points.Select((point, c) => new ComponentPlace(point.X, point.Y, Nearest(points, c) / 2))];
    }

    private static MapPoint[] InPlane(double[][] means, WorkContext work)
    {
        int d = means[0].Length;
        double[] all = [.. Enumerable.Range(0, d).Select(k => means.Average(mean => mean[k]))];
        double[][] centred = Array.ConvertAll(means, mean => Array.ConvertAll([.. Enumerable.Range(0, d)], k => mean[k] - all[k]));
        double[] moment = Float64Product.Symmetric(means.Length, d, (c, row) => centred[c].CopyTo(row), work);
        PlaneOfRows plane = PlaneOfRows.Of(moment, d, work);
        return Array.ConvertAll(centred, plane.Of);
    }

    private static double Nearest(MapPoint[] points, int c)
    {
        double nearest = double.PositiveInfinity;
        for (int other = 0; other < points.Length; other++)
            if (other != c)
                nearest = Math.Min(nearest, (points[c] - points[other]).Length);
        return nearest;
    }
}

/// <summary>A disc in the plane.</summary>
internal readonly record struct ComponentPlace(double X, double Y, double Radius);
