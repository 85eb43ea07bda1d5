using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>One evaluation of a landscape: a shift, a temperature, and whether the nearest competitors are wanted too.</summary>
/// <param name="Shift">The move along ĝ.</param>
/// <param name="Temperature">τ.</param>
/// <param name="WithNearest">Whether the largest unmatched cosine of every row and column is kept, for recall.</param>
internal readonly record struct LossPoint(ShiftAlongGap Shift, double Temperature, bool WithNearest);

/// <summary>
/// Σ_{j ≠ i} exp((x'_i·y'_j - offset)/τ) for every row and column, at many shifts and temperatures in one pass over X·Yᵀ, in float32 with
/// float64 sums over tiles. The offset is one number per point, chosen so that float32 holds whatever real data bring; a sum that leaves
/// the safe range all the same is recognised by its size and computed again by <see cref="ShiftedLoss"/>.
/// </summary>
internal sealed unsafe class ShiftedLossVisitor : ITileVisitor
{
    private const int QuadRows = 4;

    /// <summary>A value for the diagonal that no exponential and no maximum notices.</summary>
    private const float Inert = -1e30f;

    private readonly DirectionView view;
    private readonly LossPoint[] points;
    private readonly int[] stepOfPoint;
    private readonly ShiftAlongGap[] steps;
    private readonly float[][] rowGain, rowScale;

    public ShiftedLossVisitor(DirectionView view, LossPoint[] points, double[] offsets)
    {
        this.view = view;
        this.points = points;
        Offsets = offsets;
        steps = [.. points.Select(point => point.Shift).Distinct()];
        stepOfPoint = Array.ConvertAll(points, point => Array.IndexOf(steps, point.Shift));
        rowGain = Array.ConvertAll(steps, step => PerRow(i => (float)step.GainOfFirst(view.OnDirectionOfFirst[i]), Inert));
        rowScale = Array.ConvertAll(
            steps, step => PerRow(i => (float)step.ScaleOfFirst(view.SquaresOfFirst[i], view.OnDirectionOfFirst[i]), 1));
        int n = view.Count;
        RowSums = Array.ConvertAll(points, _ => new double[n]);
        ColumnSums = Array.ConvertAll(points, _ => new double[n]);
        RowNearest = Array.ConvertAll(points, point => point.WithNearest ? Filled(n) : []);
        ColumnNearest = Array.ConvertAll(points, point => point.WithNearest ? Filled(n) : []);
    }

    /// <summary>The cosine that is taken off before the exponential, per point.</summary>
    public double[] Offsets { get; }

    /// <summary>Per point and row, the sum over j ≠ i.</summary>
    public double[][] RowSums { get; }

    /// <summary>Per point and column, the sum over i ≠ j.</summary>
    public double[][] ColumnSums { get; }

    /// <summary>Per point and row, the largest unmatched x'_i·y'_j.</summary>
    public float[][] RowNearest { get; }

    /// <summary>Per point and column, the largest unmatched x'_i·y'_j.</summary>
    public float[][] ColumnNearest { get; }

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    private static float[] Filled(int n)
    {
        var values = new float[n];
        Array.Fill(values, float.NegativeInfinity);
        return values;
    }

    // Padded to whole tiles, with values that make rows without an embedding inert.
    private float[] PerRow(Func<int, float> value, float padding)
    {
        int n = view.Count;
        var values = new float[(n + TileSweep.TileRows - 1) / TileSweep.TileRows * TileSweep.TileRows];
        for (int i = 0; i < values.Length; i++)
            values[i] = i < n ? value(i) : padding;
        return values;
    }

    private sealed class Strip : StripVisitor
    {
        private readonly ShiftedLossVisitor owner;
        private readonly int firstColumn;
        private readonly int columns;
        private readonly float[][] scale, gain;
        private readonly double[][] columnSums;
        private readonly float[][] columnNearest, rowSums, rowNearest;
        private readonly float[] tileColumnSums = new float[Tile.Stride];

        public Strip(ShiftedLossVisitor owner, int firstColumn, int columns)
        {
            this.owner = owner;
            this.firstColumn = firstColumn;
            this.columns = columns;
            DirectionView view = owner.view;
            scale = Array.ConvertAll(owner.steps, step => PerColumn(
                j => (float)step.ScaleOfSecond(view.SquaresOfSecond[j], view.OnDirectionOfSecond[j]), 0));
            gain = Array.ConvertAll(owner.steps, step => PerColumn(
                j => (float)(step.GainOfSecond(view.OnDirectionOfSecond[j])
                    * step.ScaleOfSecond(view.SquaresOfSecond[j], view.OnDirectionOfSecond[j])), Inert));
            columnSums = Array.ConvertAll(owner.points, _ => new double[Tile.Stride]);
            columnNearest = Array.ConvertAll(owner.points, point => point.WithNearest ? Filled(Tile.Stride) : []);
            rowSums = Array.ConvertAll(owner.points, _ => new float[TileSweep.TileRows]);
            rowNearest = Array.ConvertAll(owner.points, point => point.WithNearest ? new float[TileSweep.TileRows] : []);
        }

        public override void Visit(in Tile tile)
        {
            SetDiagonal(tile, Inert);
            for (int p = 0; p < owner.points.Length; p++)
            {
                int step = owner.stepOfPoint[p];
                Array.Clear(tileColumnSums);
                fixed (float* columnScale = scale[step], columnGain = gain[step], sums = tileColumnSums)
                fixed (float* nearest = columnNearest[p], scales = owner.rowScale[step], gains = owner.rowGain[step])
                {
                    double perCosine = Math.Log2(Math.E) / owner.points[p].Temperature;
                    var context = new PointContext(
                        columnScale, columnGain, sums, nearest, (float)perCosine, (float)(-owner.Offsets[p] * perCosine));
                    for (int r = 0; r < tile.Rows; r += QuadRows)
                    {
                        float* s = tile.Row(r);
                        int i = tile.FirstRow + r;
                        if (owner.points[p].WithNearest)
                            QuadWithNearest(s, gains + i, scales + i, tile.Columns, context, r, p);
                        else
                            Quad(s, gains + i, scales + i, tile.Columns, context, r, p);
                    }
                }
                double[] total = columnSums[p];
                for (int c = 0; c < tile.Columns; c++)
                    total[c] += tileColumnSums[c];
            }
        }

        private void SetDiagonal(in Tile tile, float value)
        {
            int from = Math.Max(tile.FirstRow, tile.FirstColumn);
            int to = Math.Min(tile.FirstRow + tile.Rows, tile.FirstColumn + tile.Columns);
            for (int i = from; i < to; i++)
                tile.Row(i - tile.FirstRow)[i - tile.FirstColumn] = value;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Quad(float* s, float* gains, float* scales, int columns, in PointContext context, int r, int p)
        {
            Vector512<float> gain0 = Vector512.Create(gains[0]), gain1 = Vector512.Create(gains[1]);
            Vector512<float> gain2 = Vector512.Create(gains[2]), gain3 = Vector512.Create(gains[3]);
            var slope = context.PerCosine;
            Vector512<float> slope0 = Vector512.Create(scales[0] * slope), slope1 = Vector512.Create(scales[1] * slope);
            Vector512<float> slope2 = Vector512.Create(scales[2] * slope), slope3 = Vector512.Create(scales[3] * slope);
            var offset = Vector512.Create(context.Offset);
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int c = 0; c < columns; c += Lanes.Count)
            {
                Vector512<float> v = Vector512.Load(context.ColumnScale + c), w = Vector512.Load(context.ColumnGain + c);
                Vector512<float> e0 = Term(s + c, gain0, slope0, v, w, offset);
                Vector512<float> e1 = Term(s + Tile.Stride + c, gain1, slope1, v, w, offset);
                Vector512<float> e2 = Term(s + 2 * Tile.Stride + c, gain2, slope2, v, w, offset);
                Vector512<float> e3 = Term(s + 3 * Tile.Stride + c, gain3, slope3, v, w, offset);
                sum0 += e0;
                sum1 += e1;
                sum2 += e2;
                sum3 += e3;
                (Vector512.Load(context.ColumnSums + c) + ((e0 + e1) + (e2 + e3))).Store(context.ColumnSums + c);
            }
            Keep(rowSums[p], r, Lanes.Sum(sum0), Lanes.Sum(sum1), Lanes.Sum(sum2), Lanes.Sum(sum3));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void QuadWithNearest(float* s, float* gains, float* scales, int columns, in PointContext context, int r, int p)
        {
            Vector512<float> gain0 = Vector512.Create(gains[0]), gain1 = Vector512.Create(gains[1]);
            Vector512<float> gain2 = Vector512.Create(gains[2]), gain3 = Vector512.Create(gains[3]);
            Vector512<float> scale0 = Vector512.Create(scales[0]), scale1 = Vector512.Create(scales[1]);
            Vector512<float> scale2 = Vector512.Create(scales[2]), scale3 = Vector512.Create(scales[3]);
            Vector512<float> slope = Vector512.Create(context.PerCosine), offset = Vector512.Create(context.Offset);
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            Vector512<float> top0 = Vector512.Create(float.NegativeInfinity), top1 = top0, top2 = top0, top3 = top0;
            for (int c = 0; c < columns; c += Lanes.Count)
            {
                Vector512<float> v = Vector512.Load(context.ColumnScale + c), w = Vector512.Load(context.ColumnGain + c);
                Vector512<float> t0 = Cosine(s + c, gain0, scale0, v, w);
                Vector512<float> t1 = Cosine(s + Tile.Stride + c, gain1, scale1, v, w);
                Vector512<float> t2 = Cosine(s + 2 * Tile.Stride + c, gain2, scale2, v, w);
                Vector512<float> t3 = Cosine(s + 3 * Tile.Stride + c, gain3, scale3, v, w);
                top0 = Vector512.MaxNative(top0, t0);
                top1 = Vector512.MaxNative(top1, t1);
                top2 = Vector512.MaxNative(top2, t2);
                top3 = Vector512.MaxNative(top3, t3);
                Vector512<float> top = Vector512.MaxNative(Vector512.MaxNative(t0, t1), Vector512.MaxNative(t2, t3));
                Vector512.MaxNative(Vector512.Load(context.ColumnNearest + c), top).Store(context.ColumnNearest + c);
                Vector512<float> e0 = Lanes.Exp2(Vector512.FusedMultiplyAdd(t0, slope, offset));
                Vector512<float> e1 = Lanes.Exp2(Vector512.FusedMultiplyAdd(t1, slope, offset));
                Vector512<float> e2 = Lanes.Exp2(Vector512.FusedMultiplyAdd(t2, slope, offset));
                Vector512<float> e3 = Lanes.Exp2(Vector512.FusedMultiplyAdd(t3, slope, offset));
                sum0 += e0;
                sum1 += e1;
                sum2 += e2;
                sum3 += e3;
                (Vector512.Load(context.ColumnSums + c) + ((e0 + e1) + (e2 + e3))).Store(context.ColumnSums + c);
            }
            Keep(rowSums[p], r, Lanes.Sum(sum0), Lanes.Sum(sum1), Lanes.Sum(sum2), Lanes.Sum(sum3));
            Keep(rowNearest[p], r, Lanes.Max(top0), Lanes.Max(top1), Lanes.Max(top2), Lanes.Max(top3));
        }

        // (x·y + gain_i + gain_j) · scale_j, then · scale_i: the large parts cancel inside fused operations.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Cosine(
            float* s, Vector512<float> gain, Vector512<float> scale, Vector512<float> columnScale, Vector512<float> columnGain) =>
            Vector512.FusedMultiplyAdd(Vector512.Load(s), columnScale, Vector512.FusedMultiplyAdd(gain, columnScale, columnGain)) * scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Term(
            float* s,
            Vector512<float> gain,
            Vector512<float> slope,
            Vector512<float> columnScale,
            Vector512<float> columnGain,
            Vector512<float> offset)
        {
            Vector512<float> unscaled = Vector512.FusedMultiplyAdd(
                Vector512.Load(s), columnScale, Vector512.FusedMultiplyAdd(gain, columnScale, columnGain));
            return Lanes.Exp2(Vector512.FusedMultiplyAdd(unscaled, slope, offset));
        }

        private static void Keep(float[] target, int r, float a, float b, float c, float d)
        {
            target[r] = a;
            target[r + 1] = b;
            target[r + 2] = c;
            target[r + 3] = d;
        }

        public override void Fold(in Tile tile)
        {
            for (int p = 0; p < rowSums.Length; p++)
            {
                double[] sums = owner.RowSums[p];
                for (int r = 0; r < tile.Rows; r++)
                    sums[tile.FirstRow + r] += rowSums[p][r];
                if (!owner.points[p].WithNearest)
                    continue;
                float[] nearest = owner.RowNearest[p];
                for (int r = 0; r < tile.Rows; r++)
                    nearest[tile.FirstRow + r] = MathF.Max(nearest[tile.FirstRow + r], rowNearest[p][r]);
            }
        }

        public override void Close()
        {
            for (int p = 0; p < columnSums.Length; p++)
            {
                Array.Copy(columnSums[p], 0, owner.ColumnSums[p], firstColumn, columns);
                if (owner.points[p].WithNearest)
                    Array.Copy(columnNearest[p], 0, owner.ColumnNearest[p], firstColumn, columns);
            }
        }

        private float[] PerColumn(Func<int, float> value, float padding)
        {
            var values = new float[Tile.Stride];
            for (int c = 0; c < values.Length; c++)
                values[c] = c < columns ? value(firstColumn + c) : padding;
            return values;
        }
    }

    private readonly struct PointContext(
        float* columnScale, float* columnGain, float* columnSums, float* columnNearest, float perCosine, float offset)
    {
        public readonly float* ColumnScale = columnScale;
        public readonly float* ColumnGain = columnGain;
        public readonly float* ColumnSums = columnSums;
        public readonly float* ColumnNearest = columnNearest;
        public readonly float PerCosine = perCosine;
        public readonly float Offset = offset;
    }
}
