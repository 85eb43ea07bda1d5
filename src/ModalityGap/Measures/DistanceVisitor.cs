using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// Sums per row and per column of functions of the distance D = sqrt(2 - 2s) between unit rows: the distance itself, the kernel exp(-2 D²) of
/// uniformity, and Gaussian kernels exp(-D²/(2σ²)) at σ = ½, 1 and 2 times the median distance. The Gaussians share one exponential: the
/// narrower two are fourth powers of the wider ones. A symmetric sweep counts each pair once.
/// </summary>
internal sealed class DistanceVisitor : ITileVisitor
{
    /// <summary>-4 log2 e: exp(-2 D²) = exp(-4 (1 - s)).</summary>
    private const float Uniformity = -4 * 1.442695041f;

    private readonly float widest;

    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="median">The median distance m, above 0.</param>
    public DistanceVisitor(int rows, int columns, double median)
    {
        // exp(-D²/(2 (2m)²)) = exp(-(1 - s)/(4m²)).
        widest = (float)(-1 / (4 * median * median * Math.Log(2)));
        RowSums = NewSums(rows);
        ColumnSums = NewSums(columns);
    }

    /// <summary>For each kernel, Σ_j per row i.</summary>
    public double[][] RowSums { get; }

    /// <summary>For each kernel, Σ_i per column j.</summary>
    public double[][] ColumnSums { get; }

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    private static double[][] NewSums(int count) => [.. Enumerable.Range(0, DistanceKernels.Count).Select(_ => new double[count])];

    private sealed unsafe class Strip(DistanceVisitor owner, int firstColumn, int columns) : StripVisitor
    {
        private readonly float[] rowSums = new float[DistanceKernels.Count * TileSweep.TileRows];
        private readonly float[] tileSums = new float[DistanceKernels.Count * Tile.Stride];
        private readonly double[] columnSums = new double[DistanceKernels.Count * Tile.Stride];

        public override void Visit(in Tile tile)
        {
            Array.Clear(tileSums);
            fixed (float* ofColumns = tileSums)
            fixed (float* ofRows = rowSums)
            {
                for (int r = 0; r < tile.Rows; r++)
                    VisitRow(tile.Row(r), tile.FirstCounted(r), tile.Columns, owner.widest, ofColumns, ofRows + r * DistanceKernels.Count);
            }
            for (int c = 0; c < tileSums.Length; c++)
                columnSums[c] += tileSums[c];
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void VisitRow(float* row, int from, int to, float widest, float* ofColumns, float* ofRow)
        {
            Vector512<float> distance = default, uniformity = default, narrow = default, middle = default, wide = default;
            for (int c = from & ~(Lanes.Count - 1); c < to; c += Lanes.Count)
            {
                Vector512<float> apart = Vector512.MaxNative(Vector512<float>.One - Vector512.Load(row + c), Vector512<float>.Zero);
                Vector512<float> d = Vector512.Sqrt(apart + apart);
                Vector512<float> u = Lanes.Exp2(apart * Vector512.Create(Uniformity));
                Vector512<float> w = Lanes.Exp2(apart * Vector512.Create(widest));
                Vector512<float> m = w * w * (w * w);
                Vector512<float> n = m * m * (m * m);
                if (c < from || c + Lanes.Count > to)
                {
                    Vector512<float> counted = Lanes.Between(from - c, to - c);
                    (d, u, w, m, n) = (d & counted, u & counted, w & counted, m & counted, n & counted);
                }
                distance += Add(d, ofColumns + DistanceKernels.Distance * Tile.Stride + c);
                uniformity += Add(u, ofColumns + DistanceKernels.Uniformity * Tile.Stride + c);
                narrow += Add(n, ofColumns + DistanceKernels.HalfMedian * Tile.Stride + c);
                middle += Add(m, ofColumns + DistanceKernels.Median * Tile.Stride + c);
                wide += Add(w, ofColumns + DistanceKernels.TwiceMedian * Tile.Stride + c);
            }
            ofRow[DistanceKernels.Distance] = Lanes.Sum(distance);
            ofRow[DistanceKernels.Uniformity] = Lanes.Sum(uniformity);
            ofRow[DistanceKernels.HalfMedian] = Lanes.Sum(narrow);
            ofRow[DistanceKernels.Median] = Lanes.Sum(middle);
            ofRow[DistanceKernels.TwiceMedian] = Lanes.Sum(wide);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Add(Vector512<float> values, float* target)
        {
            (Vector512.Load(target) + values).Store(target);
            return values;
        }

        public override void Fold(in Tile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
                for (int kernel = 0; kernel < DistanceKernels.Count; kernel++)
                    owner.RowSums[kernel][tile.FirstRow + r] += rowSums[r * DistanceKernels.Count + kernel];
        }

        public override void Close()
        {
            for (int kernel = 0; kernel < DistanceKernels.Count; kernel++)
                for (int c = 0; c < columns; c++)
                    owner.ColumnSums[kernel][firstColumn + c] = columnSums[kernel * Tile.Stride + c];
        }
    }
}

/// <summary>The functions of the distance that <see cref="DistanceVisitor"/> sums, by their place.</summary>
internal static class DistanceKernels
{
    public const int Distance = 0;

    public const int Uniformity = 1;

    public const int HalfMedian = 2;

    public const int Median = 3;

    public const int TwiceMedian = 4;

    public const int Count = 5;

    /// <summary>The value at the squared distance D², in float64.</summary>
    public static double Value(int kernel, double squaredDistance, double median) => kernel switch
    {
        Distance => Math.Sqrt(squaredDistance),
        Uniformity => Math.Exp(-2 * squaredDistance),
        HalfMedian => Math.Exp(-squaredDistance / (2 * (median / 2) * (median / 2))),
        Median => Math.Exp(-squaredDistance / (2 * median * median)),
        TwiceMedian => Math.Exp(-squaredDistance / (8 * median * median)),
        _ => throw new ArgumentOutOfRangeException(nameof(kernel)),
    };
}
