namespace ModalityGap.Numerics;

/// <summary>
/// The orthogonal matrix nearest to a d x d matrix M: with M = U S Vᵀ it is U Vᵀ, the W that maximises tr(WᵀM). Newton's iteration
/// X ← ½(ζX + X⁻ᵀ/ζ), scaled (Higham, Functions of Matrices, ch. 8), which gives it to full precision even where M is nearly singular; a
/// product of eigenvectors of MᵀM would lose half of the digits.
/// </summary>
internal static class PolarFactor
{
    private const int MostSteps = 60;

    /// <summary>
    /// UVᵀ of M + 2^-30 ‖M‖ I: where M has no rank and says nothing, W is as near to the identity as it can be, so the answer is one and
    /// the same whatever the signs and the order of singular vectors. Of M = 0 it is the identity.
    /// </summary>
    /// <param name="matrix">Row-major, d x d; left as it is.</param>
    /// <param name="d">d.</param>
    /// <param name="work">How to work.</param>
    /// <exception cref="ArithmeticException">The iteration did not converge.</exception>
    public static double[] Of(double[] matrix, int d, WorkContext work)
    {
        double size = Math.Sqrt(Dot.Float64(matrix, matrix));
        if (!double.IsFinite(size))
            throw new ArithmeticException("A matrix with values that are no finite numbers has no polar factor.");
        // Identity and M may cancel: then a slightly different weight of the identity does as well.
        foreach (double weight in (double[])[1, 1.5, 2.25, -1])
        {
            double[] x = [.. matrix];
            for (int k = 0; k < d; k++)
                x[k * d + k] += size == 0 ? 1 : weight * Math.ScaleB(size, -30);
            if (Iterate(x, d, work) is { } polar)
                return polar;
        }
        throw new ArithmeticException("The polar factor of a matrix did not converge.");
    }

    private static double[]? Iterate(double[] x, int d, WorkContext work)
    {
        bool scaled = true;
        for (int step = 0; step < MostSteps; step++)
        {
            if (MatrixInverse.Of(x, d, work) is not { } inverse)
                return null;
            // The scale balances the largest and the smallest singular value; near the end it would only disturb.
            double scale = scaled ? Math.Sqrt(Math.Sqrt(OneNorm(inverse, d) * RowNorm(inverse, d) / (OneNorm(x, d) * RowNorm(x, d)))) : 1;
            double moved = 0, size = 0;
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++)
                {
                    double next = 0.5 * (scale * x[i * d + j] + inverse[j * d + i] / scale), apart = next - x[i * d + j];
                    moved += apart * apart;
                    size += next * next;
                    x[i * d + j] = next;
                }
            if (!double.IsFinite(size))
                return null;
            scaled &= moved > 1e-2 * size;
            // Convergence is quadratic: after a move of 1e-9 the next is below rounding.
            if (moved <= 1e-18 * size)
                return x;
        }
        return null;
    }

    private static double OneNorm(double[] matrix, int d)
    {
        var sums = new double[d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                sums[j] += Math.Abs(matrix[i * d + j]);
        return sums.Max();
    }

    private static double RowNorm(double[] matrix, int d)
    {
        double largest = 0;
        for (int i = 0; i < d; i++)
        {
            double sum = 0;
            foreach (double value in matrix.AsSpan(i * d, d))
                sum += Math.Abs(value);
            largest = Math.Max(largest, sum);
        }
        return largest;
    }
}
