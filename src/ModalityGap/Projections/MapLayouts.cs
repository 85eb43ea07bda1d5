using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>
/// Further layouts of the pairs that a map shows. The linear ones look at all rows; UMAP and t-SNE see the shown rows only, and so take the
/// same time for a million pairs as for a thousand.
/// </summary>
internal static class MapLayouts
{
    /// <summary>Adds layouts to a map, each of its kind once, and says of all how far their neighbours can be trusted.</summary>
    /// <param name="map">The map of singular directions.</param>
    /// <param name="kinds">What is wanted; the singular directions are there already.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="moment">(Σ x_i x_iᵀ + Σ y_i y_iᵀ) / n, uncentred, d x d.</param>
    /// <param name="random">Everything random.</param>
    /// <param name="work">How to work.</param>
    public static PairMap AddTo(
        PairMap map, IReadOnlyList<MapKind> kinds, PairedEmbeddings pairs, double[] moment, RandomStream random, WorkContext work)
    {
        int[] shown = [.. map.Pairs];
        RowMatrix rows = RowStack.Of([pairs.First, pairs.Second], [shown, shown]);
        MapLayout[] layouts = [.. kinds.Where(kind => kind != MapKind.Svd).Distinct().Select(Compute)];
        return map with { Layouts = layouts.Length > 0 ? layouts : null, Trustworthiness = Judge(map.First, map.Second) };

        MapLayout Compute(MapKind kind)
        {
            MapLayout layout = kind switch
            {
                MapKind.Pca => PcaMap.Compute(pairs, shown, moment, work),
                MapKind.Tsne => Placed(MapLayout.Tsne, Tsne.Compute(rows, new TsneOptions(), work)),
                _ => Placed(MapLayout.Umap, Umap.Compute(rows, new UmapOptions(), random.Fork("umap"), work)),
            };
            return layout with { Trustworthiness = Judge(layout.First, layout.Second) };
        }

        Estimate? Judge(IReadOnlyList<MapPoint> first, IReadOnlyList<MapPoint> second) => Trustworthiness.Of(rows, [.. first, .. second], work);
    }

    private static MapLayout Placed(string id, MapPoint[] points)
    {
        MapPoint[] first = points[..(points.Length / 2)], second = points[(points.Length / 2)..];
        return new MapLayout
        {
            Id = id,
            First = first,
            Second = second,
            FirstCentroid = Mean(first),
            SecondCentroid = Mean(second),
        };
    }

    private static MapPoint Mean(MapPoint[] points) => new(points.Average(point => point.X), points.Average(point => point.Y));
}
