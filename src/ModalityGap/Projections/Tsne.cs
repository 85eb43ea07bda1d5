using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>
/// t-SNE of unit rows in two dimensions (van der Maaten and Hinton, JMLR 2008), exact: neighbours by cosine without approximation, and every
/// row pushed by every other one. It begins from the two principal directions, so nothing is random. It shows who is near whom; distances
/// between clusters, and so the length of a gap, mean nothing in it.
/// </summary>
public static class Tsne
{
    // As scikit-learn: so small that the pulls of neighbours decide.
    private const double StartDeviation = 1e-4;

    /// <summary>Lays out the rows of all modalities in one plane.</summary>
    /// <param name="modalities">Unit rows, n_m x d each; at most <see cref="TsneOptions.MostRows"/> in all.</param>
    /// <param name="options">How; default <see cref="TsneOptions"/> as it is.</param>
    /// <param name="threads">How many threads work at once; 0 for one per core. Never changes a bit.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>For each modality one point per row.</returns>
    /// <exception cref="ArgumentException">An option makes no sense, there are too many rows, or the modalities have different numbers of dimensions.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<IReadOnlyList<MapPoint>> Compute(
        IReadOnlyList<UnitEmbeddings> modalities, TsneOptions? options = null, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(modalities);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfZero(modalities.Count, nameof(modalities));
        MapPoint[] points = Compute(RowStack.Of(modalities), options ?? new TsneOptions(), new WorkContext(threads, null, cancellation));
        return RowStack.Apart(points, modalities);
    }

    /// <summary>Lays out rows.</summary>
    /// <param name="rows">Unit rows, n x d.</param>
    /// <param name="options">How.</param>
    /// <param name="work">How to work.</param>
    internal static MapPoint[] Compute(RowMatrix rows, TsneOptions options, WorkContext work)
    {
        options.Check();
        if (rows.Rows > TsneOptions.MostRows)
            throw new ArgumentException(
                FormattableString.Invariant($"t-SNE lays out at most {TsneOptions.MostRows} rows, for its time grows with their square; there are {rows.Rows}. UMAP takes more."),
                nameof(rows));
        if (rows.Rows == 1)
            return [new MapPoint(0, 0)];
        float[] points = TsneLayout.Optimise(TsneAffinities.Of(rows, options.Perplexity, work), Start(rows, work), options, work);
        return [.. Enumerable.Range(0, rows.Rows).Select(i => new MapPoint(points[2 * i], points[2 * i + 1]))];
    }

    private static float[] Start(RowMatrix rows, WorkContext work)
    {
        MapPoint[] points = PlaneOfRows.Principal(rows, work);
        double deviation = Math.Sqrt(points.Average(point => point.X * point.X)), unit = deviation > 0 ? StartDeviation / deviation : 0;
        var start = new float[2 * rows.Rows];
        for (int i = 0; i < rows.Rows; i++)
            (start[2 * i], start[2 * i + 1]) = ((float)(unit * points[i].X), (float)(unit * points[i].Y));
        return start;
    }
}
