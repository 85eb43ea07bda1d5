using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// Σ_k a_ki b_kj over many k in float64: for second moments (d x d from n rows) and for products of d x d matrices, whose small eigenvalues
/// drown in the rounding of float32. Each entry is accumulated in ascending k by one lane within chunks, and chunk by chunk: threads and
/// vector widths do not change a bit.
/// </summary>
internal static unsafe class Float64Product
{
    private const int ChunkLength = 256;

    private const int PanelRows = 4;

    private const int PanelColumns = 16;

    /// <summary>Writes the values of one k.</summary>
    public delegate void FillRow(int k, Span<double> target);

    /// <summary>The m x p sum over n values of k, row-major.</summary>
    public static double[] Run(int n, int m, int p, FillRow left, FillRow right, WorkContext work) =>
        Run(n, m, p, left, right, symmetric: false, work);

    /// <summary>Σ_k a_ki a_kj, d x d; half of it is computed, the other half mirrored.</summary>
    public static double[] Symmetric(int n, int d, FillRow rows, WorkContext work)
    {
        double[] sum = Run(n, d, d, rows, rows, symmetric: true, work);
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++)
                sum[(long)i * d + j] = sum[(long)j * d + i];
        return sum;
    }

    private static double[] Run(int n, int m, int p, FillRow left, FillRow right, bool symmetric, WorkContext work)
    {
        int leftPanels = (m + PanelRows - 1) / PanelRows, rightPanels = (p + PanelColumns - 1) / PanelColumns;
        long leftSize = (long)leftPanels * PanelRows * ChunkLength, rightSize = (long)rightPanels * PanelColumns * ChunkLength;
        var sum = new double[(long)m * p];
        var packed = (double*)NativeMemory.AlignedAlloc((nuint)((leftSize + rightSize) * sizeof(double)), 64);
        try
        {
            for (int first = 0; first < n; first += ChunkLength)
            {
                int depth = Math.Min(ChunkLength, n - first), start = first;
                work.ForEach(depth, k =>
                {
                    double[] row = ArrayPool<double>.Shared.Rent(Math.Max(m, p));
                    left(start + k, row.AsSpan(0, m));
                    Pack(row, k, depth, m, PanelRows, packed);
                    if (!symmetric)
                        right(start + k, row.AsSpan(0, p));
                    Pack(row, k, depth, p, PanelColumns, packed + leftSize);
                    ArrayPool<double>.Shared.Return(row);
                });
                work.ForEach(rightPanels, panel =>
                    AddPanel(packed, packed + leftSize + (long)panel * PanelColumns * depth, panel * PanelColumns, depth, m, p, symmetric, sum));
            }
        }
        finally
        {
            NativeMemory.AlignedFree(packed);
        }
        return sum;
    }

    // Within a panel the values of one k lie side by side; what is beyond the last column is zero.
    private static void Pack(double[] row, int k, int depth, int count, int width, double* packed)
    {
        for (int panel = 0; panel * width < count; panel++)
        {
            var target = new Span<double>(packed + ((long)panel * depth + k) * width, width);
            int filled = Math.Min(width, count - panel * width);
            row.AsSpan(panel * width, filled).CopyTo(target);
            target[filled..].Clear();
        }
    }

    private static void AddPanel(double* left, double* right, int column, int depth, int m, int p, bool symmetric, double[] sum)
    {
        double* tile = stackalloc double[PanelRows * PanelColumns];
        int columns = Math.Min(PanelColumns, p - column), lastRow = symmetric ? Math.Min(m, column + columns) : m;
        for (int row = 0; row < lastRow; row += PanelRows)
        {
            Multiply(left + (long)row * depth, right, depth, tile);
            for (int r = 0; r < PanelRows && row + r < m; r++)
                for (int c = 0; c < columns; c++)
                    sum[(long)(row + r) * p + column + c] += tile[r * PanelColumns + c];
        }
    }

    // Only named locals stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(double* left, double* right, int depth, double* result)
    {
        Vector512<double> c0a = default, c0b = default, c1a = default, c1b = default;
        Vector512<double> c2a = default, c2b = default, c3a = default, c3b = default;
        for (int k = 0; k < depth; k++)
        {
            Vector512<double> ya = Vector512.Load(right), yb = Vector512.Load(right + 8);
            Vector512<double> x = Vector512.Create(left[0]);
            c0a = Vector512.MultiplyAddEstimate(x, ya, c0a);
            c0b = Vector512.MultiplyAddEstimate(x, yb, c0b);
            x = Vector512.Create(left[1]);
            c1a = Vector512.MultiplyAddEstimate(x, ya, c1a);
            c1b = Vector512.MultiplyAddEstimate(x, yb, c1b);
            x = Vector512.Create(left[2]);
            c2a = Vector512.MultiplyAddEstimate(x, ya, c2a);
            c2b = Vector512.MultiplyAddEstimate(x, yb, c2b);
            x = Vector512.Create(left[3]);
            c3a = Vector512.MultiplyAddEstimate(x, ya, c3a);
            c3b = Vector512.MultiplyAddEstimate(x, yb, c3b);
            left += PanelRows;
            right += PanelColumns;
        }
        c0a.Store(result);
        c0b.Store(result + 8);
        c1a.Store(result + 16);
        c1b.Store(result + 24);
        c2a.Store(result + 32);
        c2b.Store(result + 40);
        c3a.Store(result + 48);
        c3b.Store(result + 56);
    }
}
