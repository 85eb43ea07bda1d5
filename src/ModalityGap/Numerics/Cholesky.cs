namespace ModalityGap.Numerics;

/// <summary>
/// Solves A w = b for a symmetric positive definite d x d matrix, A = L Lᵀ (Golub and Van Loan, Matrix Computations, 4.2). Rows of L are built by dot
/// products in fixed lanes, so the bits do not depend on the processor.
/// </summary>
internal static class Cholesky
{
    /// <summary>The solution, or <c>null</c> where the matrix is not positive definite.</summary>
    /// <param name="matrix">Row-major, d x d; its lower triangle is overwritten by L.</param>
    /// <param name="right">b, d values.</param>
    public static double[]? Solve(double[] matrix, double[] right)
    {
        int d = right.Length;
        for (int i = 0; i < d; i++)
        {
            Span<double> row = matrix.AsSpan(i * d, d);
            for (int j = 0; j < i; j++)
                row[j] = (row[j] - Dot.Float64(row[..j], matrix.AsSpan(j * d, j))) / matrix[j * d + j];
            double pivot = row[i] - Dot.Float64(row[..i], row[..i]);
            if (!(pivot > 0))
                return null;
            row[i] = Math.Sqrt(pivot);
        }
        double[] solution = [.. right];
        for (int i = 0; i < d; i++)
            solution[i] = (solution[i] - Dot.Float64(matrix.AsSpan(i * d, i), solution.AsSpan(0, i))) / matrix[i * d + i];
        for (int i = d - 1; i >= 0; i--)
        {
            solution[i] /= matrix[i * d + i];
            for (int j = 0; j < i; j++)
                solution[j] -= solution[i] * matrix[i * d + j];
        }
        return solution;
    }
}
