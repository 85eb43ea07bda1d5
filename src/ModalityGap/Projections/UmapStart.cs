using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>
/// Where UMAP begins: each component of the graph in a disc around its own place, laid out along the two directions in which rows differ most
/// from their component's mean. The directions are the same for all components, so that images and texts of one content begin at
/// corresponding places; on noisy CLIP rows layouts from here kept neighbours better than from the graph's eigenvectors.
/// </summary>
internal static class UmapStart
{
    // As umap-learn: coordinates reach from -10 to 10, and a little noise parts rows that coincide.
    private const double Reach = 10, Noise = 1e-4;

    /// <summary>Places the rows, n x 2.</summary>
    /// <param name="graph">Who is whose neighbour.</param>
    /// <param name="rows">The rows, n x d.</param>
    /// <param name="random">Draws the noise.</param>
    /// <param name="work">How to work.</param>
    public static float[] Place(NeighbourGraph graph, RowMatrix rows, RandomStream random, WorkContext work)
    {
        int[][] components = GraphComponents.Of(graph);
        double[][] means = Array.ConvertAll(components, members => Mean(rows, members));
        PlaneOfRows plane = Within(components, means, rows, work);
        ComponentPlace[] discs = ComponentPlaces.Of(means, work);
        double scale = Reach / discs.Max(disc => Math.Max(Math.Abs(disc.X), Math.Abs(disc.Y)) + disc.Radius);
        var start = new float[2 * rows.Rows];
        for (int c = 0; c < components.Length; c++)
        {
            MapPoint middle = plane.Of(means[c]);
            MapPoint[] points = Array.ConvertAll(components[c], i => plane.Of(rows.Row(i)) - middle);
            double furthest = points.Max(point => Math.Sqrt(point.X * point.X + point.Y * point.Y));
            double unit = furthest > 0 ? discs[c].Radius / furthest : 0;
            for (int m = 0; m < points.Length; m++)
            {
                int i = components[c][m];
                start[2 * i] = (float)(scale * (discs[c].X + unit * points[m].X) + Noise * random.NextNearlyNormal());
                start[2 * i + 1] = (float)(scale * (discs[c].Y + unit * points[m].Y) + Noise * random.NextNearlyNormal());
            }
        }
        return start;
    }

    private static double[] Mean(RowMatrix rows, int[] members)
    {
        var mean = new double[rows.Dimensions];
        foreach (int i in members)
            ColumnSums.Add(rows.Row(i), [1.0 / members.Length], mean);
        return mean;
    }

    private static PlaneOfRows Within(int[][] components, double[][] means, RowMatrix rows, WorkContext work)
    {
        int[] component = new int[rows.Rows];
        for (int c = 0; c < components.Length; c++)
            foreach (int i in components[c])
                component[i] = c;
        double[] moment = Float64Product.Symmetric(rows.Rows, rows.Dimensions, (i, target) =>
        {
            ReadOnlySpan<float> row = rows.Row(i);
            double[] mean = means[component[i]];
            for (int k = 0; k < target.Length; k++)
                target[k] = row[k] - mean[k];
        }, work);
        return PlaneOfRows.Of(moment, rows.Dimensions, work);
    }
}
