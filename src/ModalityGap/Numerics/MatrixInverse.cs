using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>The inverse of a d x d matrix by Gauss and Jordan's elimination with partial pivoting; no sums, so no order to keep.</summary>
internal static class MatrixInverse
{
    /// <summary>A⁻¹, or <c>null</c> where a pivot is zero or not finite.</summary>
    /// <param name="matrix">Row-major; left as it is.</param>
    /// <param name="d">d.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[]? Of(double[] matrix, int d, CancellationToken cancellation)
    {
        double[] a = [.. matrix];
        var pivots = new int[d];
        for (int k = 0; k < d; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            pivots[k] = LargestBelow(a, d, k);
            Swap(a.AsSpan(k * d, d), a.AsSpan(pivots[k] * d, d));
            Span<double> pivotRow = a.AsSpan(k * d, d);
            double pivot = pivotRow[k];
            if (pivot == 0 || !double.IsFinite(pivot))
                return null;
            pivotRow[k] = 1;
            foreach (ref double value in pivotRow)
                value /= pivot;
            for (int i = 0; i < d; i++)
                if (i != k)
                    Eliminate(a.AsSpan(i * d, d), pivotRow, k);
        }
        // Exchanged rows of A are exchanged columns of its inverse, undone from the last to the first.
        for (int k = d - 1; k >= 0; k--)
            if (pivots[k] != k)
                for (int i = 0; i < d; i++)
                    (a[i * d + k], a[i * d + pivots[k]]) = (a[i * d + pivots[k]], a[i * d + k]);
        return a;
    }

    private static int LargestBelow(double[] a, int d, int k)
    {
        int largest = k;
        for (int i = k + 1; i < d; i++)
            if (Math.Abs(a[i * d + k]) > Math.Abs(a[largest * d + k]))
                largest = i;
        return largest;
    }

    private static void Swap(Span<double> a, Span<double> b)
    {
        if (a == b)
            return;
        for (int k = 0; k < a.Length; k++)
            (a[k], b[k]) = (b[k], a[k]);
    }

    private static void Eliminate(Span<double> row, ReadOnlySpan<double> pivotRow, int k)
    {
        double factor = row[k];
        if (factor == 0)
            return;
        row[k] = 0;
        int j = 0;
        for (; j <= row.Length - 8; j += 8)
            (Vector512.Create<double>(row.Slice(j, 8)) - factor * Vector512.Create(pivotRow.Slice(j, 8))).CopyTo(row.Slice(j, 8));
        for (; j < row.Length; j++)
            row[j] -= factor * pivotRow[j];
    }
}
