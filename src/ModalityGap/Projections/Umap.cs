using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>
/// UMAP of unit rows by cosine in two dimensions (McInnes, Healy and Melville, arXiv:1802.03426), from exact neighbours; the same bits for the
/// same seed on any number of threads. It shows who is near whom; distances between clusters, and so the length of a gap, mean nothing in it.
/// </summary>
public static class Umap
{
    /// <summary>Lays out the rows of all modalities in one plane.</summary>
    /// <param name="modalities">Unit rows, n_m x d each.</param>
    /// <param name="options">How; default <see cref="UmapOptions"/> as it is.</param>
    /// <param name="random">Everything random; default a stream of seed 20220303.</param>
    /// <param name="threads">How many threads work at once; 0 for one per core. Never changes a bit.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>For each modality one point per row.</returns>
    /// <exception cref="ArgumentException">An option makes no sense, or the modalities have different numbers of dimensions.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<IReadOnlyList<MapPoint>> Compute(
        IReadOnlyList<UnitEmbeddings> modalities,
        UmapOptions? options = null,
        RandomStream? random = null,
        int threads = 0,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(modalities);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfZero(modalities.Count, nameof(modalities));
        var work = new WorkContext(threads, null, cancellation);
        MapPoint[] points = Compute(RowStack.Of(modalities), options ?? new UmapOptions(), random ?? new RandomStream(20220303), work);
        return RowStack.Apart(points, modalities);
    }

    /// <summary>Lays out rows.</summary>
    /// <param name="rows">Unit rows, n x d.</param>
    /// <param name="options">How.</param>
    /// <param name="random">Everything random.</param>
    /// <param name="work">How to work.</param>
    internal static MapPoint[] Compute(RowMatrix rows, UmapOptions options, RandomStream random, WorkContext work)
    {
        options.Check();
        if (rows.Rows == 1)
            return [new MapPoint(0, 0)];
        NearestNeighbours neighbours = NearestNeighbours.Find(rows, options.Neighbours - 1, work);
        NeighbourGraph graph = FuzzySimplicialSet.Of(neighbours, work);
        float[] start = UmapStart.Place(graph, rows, random.Fork("start"), work);
        float[] points = UmapLayout.Optimise(graph, start, options, random.Fork("layout"), work);
        return [.. Enumerable.Range(0, rows.Rows).Select(i => new MapPoint(points[2 * i], points[2 * i + 1]))];
    }
}
