using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// The inverse of a d x d matrix by Gauss and Jordan's elimination with partial pivoting. A panel of columns is eliminated at a time; what that
/// does to the other columns is one product, on <see cref="Float64Product"/>, whose order does not depend on threads.
/// </summary>
internal static class MatrixInverse
{
    private const int PanelWidth = 128;

    /// <summary>A⁻¹, or <c>null</c> where a pivot is zero or not finite.</summary>
    /// <param name="matrix">Row-major; left as it is.</param>
    /// <param name="d">d.</param>
    /// <param name="work">How to work.</param>
    public static double[]? Of(double[] matrix, int d, WorkContext work)
    {
        double[] a = [.. matrix];
        var pivots = new int[d];
        for (int first = 0; first < d; first += PanelWidth)
        {
            int width = Math.Min(PanelWidth, d - first);
            work.Cancellation.ThrowIfCancellationRequested();
            if (!ReducePanel(a, d, first, width, pivots))
                return null;
            if (width < d)
                UpdateOthers(a, d, first, width, work);
        }
        // Exchanged rows of A are exchanged columns of its inverse, undone from the last to the first.
        for (int k = d - 1; k >= 0; k--)
            if (pivots[k] != k)
                for (int i = 0; i < d; i++)
                    (a[i * d + k], a[i * d + pivots[k]]) = (a[i * d + pivots[k]], a[i * d + k]);
        return a;
    }

    // In place: the panel's columns become those of the transformation T that turned them into columns of the identity.
    private static bool ReducePanel(double[] a, int d, int first, int width, int[] pivots)
    {
        for (int k = first; k < first + width; k++)
        {
            pivots[k] = LargestBelow(a, d, k);
            Swap(a.AsSpan(k * d, d), a.AsSpan(pivots[k] * d, d));
            Span<double> pivotRow = a.AsSpan(k * d + first, width);
            double pivot = pivotRow[k - first];
            if (pivot == 0 || !double.IsFinite(pivot))
                return false;
            pivotRow[k - first] = 1;
            foreach (ref double value in pivotRow)
                value /= pivot;
            for (int i = 0; i < d; i++)
                if (i != k)
                    Eliminate(a.AsSpan(i * d + first, width), pivotRow, k - first);
        }
        return true;
    }

    // T is the identity but for the panel's columns: T A = (A without the panel's rows) + T_panel A_panel.
    private static void UpdateOthers(double[] a, int d, int first, int width, WorkContext work)
    {
        double[] rows = a.AsSpan(first * d, width * d).ToArray();
        double[] product = Float64Product.Run(
            width,
            d,
            d,
            (k, target) =>
            {
                for (int i = 0; i < d; i++)
                    target[i] = a[i * d + first + k];
            },
            (k, target) => rows.AsSpan(k * d, d).CopyTo(target),
            work);
        for (int i = 0; i < d; i++)
        {
            bool ofPanel = i >= first && i < first + width;
            for (int j = 0; j < d; j++)
                if (j < first || j >= first + width)
                    a[i * d + j] = ofPanel ? product[i * d + j] : a[i * d + j] + product[i * d + j];
        }
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
