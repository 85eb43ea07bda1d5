using ModalityGap.Corrections;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>Affine chains and rows after them in float64, entry by entry.</summary>
internal static class SlowCorrections
{
    public static double[] Apply(RowTransform transform, double[] row)
    {
        foreach (AffineStep step in transform.Steps)
            row = Samples.Rows.Unit(Affine(step, row));
        return row;
    }

    private static double[] Affine(AffineStep step, double[] row)
    {
        var result = new double[step.Outputs];
        for (int j = 0; j < step.Outputs; j++)
        {
            for (int k = 0; k < step.Inputs; k++)
            {
                double centred = row[k] - (step.Centre.IsEmpty ? 0 : step.Centre[k]);
                double weight = step.Kind switch
                {
                    "matrix" => step.Matrix[j * step.Inputs + k],
                    "identity" => j == k ? 1 : 0,
                    "number" => j == k ? step.Scale[0] : 0,
                    _ => j == k ? step.Scale[k] : 0,
                };
                result[j] += weight * centred;
            }
            result[j] += step.Offset.IsEmpty ? 0 : step.Offset[j];
        }
        return result;
    }

    /// <summary>f(S + ρ λ̄ I) by Jacobi's eigenvectors.</summary>
    public static double[] OfCovariance(double[][] rows, double ridge, Func<double, double> f)
    {
        int d = rows[0].Length;
        double[] covariance = SlowMoments.Covariance(rows, rows), result = new double[d * d];
        double floor = ridge * Enumerable.Range(0, d).Sum(k => covariance[k * d + k]) / d;
        foreach ((double value, double[] vector) in SlowEigen.Of(covariance, d))
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++)
                    result[i * d + j] += f(Math.Max(0, value) + floor) * vector[i] * vector[j];
        return result;
    }

    public static double[] Product(double[] a, double[] b, int n)
    {
        int m = a.Length / n, p = b.Length / n;
        var product = new double[m * p];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < p; j++)
                for (int k = 0; k < n; k++)
                    product[i * p + j] += a[i * n + k] * b[k * p + j];
        return product;
    }

    public static double[] Transposed(double[] a, int columns)
    {
        int rows = a.Length / columns;
        return [.. Enumerable.Range(0, a.Length).Select(at => a[at % rows * columns + at / rows])];
    }

    public static double[] Identity(int d) => [.. Enumerable.Range(0, d * d).Select(k => k / d == k % d ? 1.0 : 0)];

    /// <summary>A matrix of a step, which is stored in float32.</summary>
    public static double[] Matrix(AffineStep step) => Array.ConvertAll(step.Matrix.ToArray(), value => (double)value);
}
