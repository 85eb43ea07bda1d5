using ModalityGap.Embeddings;

namespace ModalityGap.Projections;

/// <summary>Lays pairs out in a plane of the embedding space; the means of all rows come along.</summary>
internal static class LinearLayout
{
    /// <summary>Places the rows that are shown.</summary>
    /// <param name="id">The layout's id.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="shown">The pairs that are shown.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="origin">What lies at its origin, d values; <c>null</c> for 0.</param>
    public static MapLayout Of(string id, PairedEmbeddings pairs, int[] shown, PlaneOfRows plane, double[]? origin)
    {
        MapPoint zero = origin is null ? default : plane.Of(origin);
        return new MapLayout
        {
            Id = id,
            First = Place(pairs.First),
            Second = Place(pairs.Second),
            FirstCentroid = Centroid(pairs.First),
            SecondCentroid = Centroid(pairs.Second),
            Origin = new MapPoint(0, 0) - zero,
            Shares = plane.Shares,
        };

        MapPoint[] Place(UnitEmbeddings rows) => Array.ConvertAll(shown, i => plane.Of(rows.Row(i)) - zero);

        MapPoint Centroid(UnitEmbeddings rows)
        {
            double x = 0, y = 0;
            for (int i = 0; i < rows.Rows; i++)
            {
                MapPoint point = plane.Of(rows.Row(i)) - zero;
                x += point.X / rows.Rows;
                y += point.Y / rows.Rows;
            }
            return new MapPoint(x, y);
        }
    }
}
