namespace ModalityGap.Tests.SlowTwins;

/// <summary>Covariances entry by entry, and what follows from them by Jacobi's method.</summary>
internal static class SlowMoments
{
    public static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(k => rows.Average(row => row[k]))];

    /// <summary>d x d, divisor n - 1.</summary>
    public static double[] Covariance(double[][] x, double[][] y)
    {
        double[] meanX = Mean(x), meanY = Mean(y);
        int d = meanX.Length;
        var covariance = new double[d * d];
        for (int k = 0; k < d; k++)
            for (int l = 0; l < d; l++)
                covariance[k * d + l] = Enumerable.Range(0, x.Length).Sum(i => (x[i][k] - meanX[k]) * (y[i][l] - meanY[l])) / (x.Length - 1);
        return covariance;
    }

    public static double[] Eigenvalues(double[][] rows) =>
        [.. SlowEigen.Of(Covariance(rows, rows), rows[0].Length).Select(pair => Math.Max(0, pair.Value))];

    /// <summary>‖Δ‖² + tr S_x + tr S_y - 2 tr (S_x^½ S_y S_x^½)^½, with the roots of both matrices.</summary>
    public static double SquaredFrechet(double[][] x, double[][] y)
    {
        int d = x[0].Length;
        double[] meanX = Mean(x), meanY = Mean(y), root = Root(Covariance(x, x), d), second = Covariance(y, y);
        double[] inner = Product(Product(root, second, d), root, d);
        double traces = Eigenvalues(x).Sum() + Eigenvalues(y).Sum();
        return meanX.Zip(meanY, (a, b) => (a - b) * (a - b)).Sum() + traces - 2 * SlowEigen.Of(inner, d).Sum(pair => Math.Sqrt(Math.Max(0, pair.Value)));
    }

    private static double[] Root(double[] matrix, int d)
    {
        var root = new double[d * d];
        foreach ((double value, double[] vector) in SlowEigen.Of(matrix, d))
            for (int k = 0; k < d; k++)
                for (int l = 0; l < d; l++)
                    root[k * d + l] += Math.Sqrt(Math.Max(0, value)) * vector[k] * vector[l];
        return root;
    }

    private static double[] Product(double[] a, double[] b, int d)
    {
        var product = new double[d * d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                for (int k = 0; k < d; k++)
                    product[i * d + j] += a[i * d + k] * b[k * d + j];
        return product;
    }
}
