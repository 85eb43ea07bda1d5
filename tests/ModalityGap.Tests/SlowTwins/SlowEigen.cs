namespace ModalityGap.Tests.SlowTwins;

/// <summary>All eigenvectors of a symmetric matrix by the classical Jacobi method: the largest entry off the diagonal goes first.</summary>
internal static class SlowEigen
{
    /// <summary>By descending value; each vector's largest entry is positive.</summary>
    public static (double Value, double[] Vector)[] Of(double[] matrix, int d)
    {
        var a = new double[d, d];
        var vectors = new double[d, d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                (a[i, j], vectors[i, j]) = (matrix[i * d + j], i == j ? 1 : 0);
        for (int round = 0; round < 20 * d * d; round++)
        {
            (int p, int q) = Largest(a, d);
            if (p == q || Math.Abs(a[p, q]) < 1e-14 * Math.Abs(a[0, 0]))
                break;
            Rotate(a, vectors, d, p, q);
        }
        return
        [
            .. Enumerable.Range(0, d).OrderByDescending(k => a[k, k])
                .Select(k => (a[k, k], Signed([.. Enumerable.Range(0, d).Select(i => vectors[i, k])]))),
        ];
    }

    private static (int P, int Q) Largest(double[,] a, int d)
    {
        (int, int) place = (0, 0);
        double largest = 0;
        for (int i = 0; i < d; i++)
            for (int j = i + 1; j < d; j++)
                if (Math.Abs(a[i, j]) > largest)
                    (place, largest) = ((i, j), Math.Abs(a[i, j]));
        return place;
    }

    private static void Rotate(double[,] a, double[,] vectors, int d, int p, int q)
    {
        double angle = 0.5 * Math.Atan2(2 * a[p, q], a[p, p] - a[q, q]), c = Math.Cos(angle), s = Math.Sin(angle);
        for (int k = 0; k < d; k++)
            (a[k, p], a[k, q]) = (c * a[k, p] + s * a[k, q], c * a[k, q] - s * a[k, p]);
        for (int k = 0; k < d; k++)
            (a[p, k], a[q, k]) = (c * a[p, k] + s * a[q, k], c * a[q, k] - s * a[p, k]);
        for (int k = 0; k < d; k++)
            (vectors[k, p], vectors[k, q]) = (c * vectors[k, p] + s * vectors[k, q], c * vectors[k, q] - s * vectors[k, p]);
    }

    private static double[] Signed(double[] vector) =>
        vector.MaxBy(Math.Abs) < 0 ? Array.ConvertAll(vector, value => -value) : vector;
}
