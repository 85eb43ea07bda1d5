namespace ModalityGap.Tests.SlowTwins;

/// <summary>Linear CKA from whole n x n kernels, in float64.</summary>
internal static class SlowCka
{
    /// <summary>‖·‖ of HKH and HLH, H the centring matrix.</summary>
    public static double Plain(double[][] x, double[][] y)
    {
        double[,] k = Centred(Kernel(x)), l = Centred(Kernel(y));
        return Product(k, l) / Math.Sqrt(Product(k, k) * Product(l, l));
    }

    /// <summary>From HSIC₁ of Song et al., equation 5.</summary>
    public static double Unbiased(double[][] x, double[][] y)
    {
        double[,] k = Hollow(Kernel(x)), l = Hollow(Kernel(y));
        return Hsic(k, l) / Math.Sqrt(Hsic(k, k) * Hsic(l, l));
    }

    private static double Hsic(double[,] k, double[,] l)
    {
        int n = k.GetLength(0);
        double trace = Product(k, l), sumK = 0, sumL = 0, chain = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                sumK += k[i, j];
                sumL += l[i, j];
                for (int m = 0; m < n; m++)
                    chain += k[i, j] * l[j, m];
            }
        return (trace + sumK * sumL / ((n - 1.0) * (n - 2)) - 2.0 / (n - 2) * chain) / (n * (n - 3.0));
    }

    private static double[,] Kernel(double[][] rows)
    {
        int n = rows.Length;
        var kernel = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                kernel[i, j] = rows[i].Zip(rows[j], (a, b) => a * b).Sum();
        return kernel;
    }

    private static double[,] Hollow(double[,] kernel)
    {
        for (int i = 0; i < kernel.GetLength(0); i++)
            kernel[i, i] = 0;
        return kernel;
    }

    private static double[,] Centred(double[,] kernel)
    {
        int n = kernel.GetLength(0);
        double[] rows = new double[n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                rows[i] += kernel[i, j] / n;
        double all = rows.Average();
        var centred = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                centred[i, j] = kernel[i, j] - rows[i] - rows[j] + all;
        return centred;
    }

    private static double Product(double[,] k, double[,] l)
    {
        double sum = 0;
        for (int i = 0; i < k.GetLength(0); i++)
            for (int j = 0; j < k.GetLength(1); j++)
                sum += k[i, j] * l[i, j];
        return sum;
    }
}
