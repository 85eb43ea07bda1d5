namespace ModalityGap.Numerics;

/// <summary>Products of float64 matrices that are held whole, row-major, on <see cref="Float64Product"/>.</summary>
internal static class MatrixProduct
{
    /// <summary>A B, m x p.</summary>
    /// <param name="a">m x n.</param>
    /// <param name="b">n x p.</param>
    /// <param name="n">The dimension that is summed over.</param>
    /// <param name="work">How to work.</param>
    public static double[] Of(double[] a, double[] b, int n, WorkContext work)
    {
        int m = a.Length / n, p = b.Length / n;
        return Float64Product.Run(n, m, p, (k, target) => Column(a, n, k, target), (k, target) => b.AsSpan(k * p, p).CopyTo(target), work);
    }

    /// <summary>A Bᵀ, m x p.</summary>
    /// <param name="a">m x n.</param>
    /// <param name="b">p x n.</param>
    /// <param name="n">The dimension that is summed over.</param>
    /// <param name="work">How to work.</param>
    public static double[] WithTransposed(double[] a, double[] b, int n, WorkContext work) =>
        Float64Product.Run(n, a.Length / n, b.Length / n, (k, target) => Column(a, n, k, target), (k, target) => Column(b, n, k, target), work);

    private static void Column(double[] matrix, int columns, int k, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = matrix[i * columns + k];
    }
}
