using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>Draws pairs in the plane of the first two principal directions of the stacked rows [X; Y], their common mean at the origin.</summary>
internal static class PcaMap
{
    // A smaller share of the moment than this is what rounding leaves of rows that are all the same.
    private const double Rounding = 1e-12;

    /// <summary>Places the pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="shown">The pairs that are shown.</param>
    /// <param name="moment">(Σ x_i x_iᵀ + Σ y_i y_iᵀ) / n, uncentred, d x d.</param>
    /// <param name="work">How to work.</param>
    public static MapLayout Compute(PairedEmbeddings pairs, int[] shown, double[] moment, WorkContext work)
    {
        int n = pairs.Items, d = pairs.Dimensions;
        double[] mean = new double[d], factors = new double[n], centred = new double[moment.Length];
        Array.Fill(factors, 0.5 / n);
        ColumnSums.Add(pairs.First.Values, factors, mean);
        ColumnSums.Add(pairs.Second.Values, factors, mean);
        for (int k = 0; k < d; k++)
            for (int l = 0; l < d; l++)
                centred[k * d + l] = moment[k * d + l] - 2 * mean[k] * mean[l];
        if (Trace(centred, d) < Rounding * Trace(moment, d))
            Array.Clear(centred);
        return LinearLayout.Of(MapLayout.Pca, pairs, shown, PlaneOfRows.Of(centred, d, work), mean);
    }

    private static double Trace(double[] matrix, int d)
    {
        double trace = 0;
        for (int k = 0; k < d; k++)
            trace += matrix[k * d + k];
        return trace;
    }
}
