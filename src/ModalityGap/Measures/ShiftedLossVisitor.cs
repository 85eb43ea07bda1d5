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
    private readonly LossPlan plan;
    private readonly float[][] rowGain, rowScale;

    public ShiftedLossVisitor(DirectionView view, LossPoint[] points)
    {
        this.view = view;
        this.points = points;
        plan = LossPlan.Of(view, points);
        rowGain = Array.ConvertAll(plan.Steps, step => PerRow(i => (float)step.Shift.GainOfFirst(view.OnDirectionOfFirst[i]), Inert));
        rowScale = Array.ConvertAll(
            plan.Steps, step => PerRow(i => (float)step.Shift.ScaleOfFirst(view.SquaresOfFirst[i], view.OnDirectionOfFirst[i]), 1));
        int n = view.Count;
        RowSums = Array.ConvertAll(points, _ => new double[n]);
        ColumnSums = Array.ConvertAll(points, _ => new double[n]);
        RowNearest = Array.ConvertAll(points, point => point.WithNearest ? Filled(n) : []);
        ColumnNearest = Array.ConvertAll(points, point => point.WithNearest ? Filled(n) : []);
    }

    /// <summary>The cosine that is taken off before the exponential, per point.</summary>
    public double[] Offsets => plan.Offsets;

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
        private readonly float[][] columnNearest, rowSums, rowNearest, tileSums;
        private readonly float[] cosines = new float[QuadRows * Tile.Stride];

        public Strip(ShiftedLossVisitor owner, int firstColumn, int columns)
        {
            this.owner = owner;
            this.firstColumn = firstColumn;
            this.columns = columns;
            DirectionView view = owner.view;
            scale = Array.ConvertAll(owner.plan.Steps, step => PerColumn(
                j => (float)step.Shift.ScaleOfSecond(view.SquaresOfSecond[j], view.OnDirectionOfSecond[j]), 0));
            gain = Array.ConvertAll(owner.plan.Steps, step => PerColumn(
                j => (float)(step.Shift.GainOfSecond(view.OnDirectionOfSecond[j])
                    * step.Shift.ScaleOfSecond(view.SquaresOfSecond[j], view.OnDirectionOfSecond[j])), Inert));
            columnSums = Array.ConvertAll(owner.points, _ => new double[Tile.Stride]);
            tileSums = Array.ConvertAll(owner.points, _ => new float[Tile.Stride]);
            columnNearest = Array.ConvertAll(owner.points, point => point.WithNearest ? Filled(Tile.Stride) : []);
            rowSums = Array.ConvertAll(owner.points, _ => new float[TileSweep.TileRows]);
            rowNearest = Array.ConvertAll(owner.points, point => point.WithNearest ? new float[TileSweep.TileRows] : []);
        }

        public override void Visit(in Tile tile)
        {
            SetDiagonal(tile, Inert);
            for (int step = 0; step < owner.plan.Steps.Length; step++)
                VisitStep(tile, step);
        }

        // All temperatures of a step use the same cosines, four rows at a time.
        private void VisitStep(in Tile tile, int step)
        {
            LossStep plan = owner.plan.Steps[step];
            foreach (int point in plan.Points)
                Array.Clear(tileSums[point]);
            fixed (float* columnScale = scale[step], columnGain = gain[step], scales = owner.rowScale[step], gains = owner.rowGain[step])
            fixed (float* t = cosines)
            {
                for (int r = 0; r < tile.Rows; r += QuadRows)
                {
                    int i = tile.FirstRow + r;
                    Cosines(tile.Row(r), t, gains + i, scales + i, columnScale, columnGain, tile.Columns);
                    foreach (int point in plan.Nearest)
                        Nearest(t, point, tile.Columns, r);
                    foreach (LossTerm term in plan.Terms)
                    {
                        if (term.Power == 1)
                            Exponentials(t, term, tile.Columns, r);
                        else
                            ExponentialsAndPowers(t, term, tile.Columns, r);
                    }
                }
            }
            foreach (int point in plan.Points)
            {
                double[] total = columnSums[point];
                float[] part = tileSums[point];
                for (int c = 0; c < tile.Columns; c++)
                    total[c] += part[c];
            }
        }

        private static void SetDiagonal(in Tile tile, float value)
        {
            int from = Math.Max(tile.FirstRow, tile.FirstColumn);
            int to = Math.Min(tile.FirstRow + tile.Rows, tile.FirstColumn + tile.Columns);
            for (int i = from; i < to; i++)
                tile.Row(i - tile.FirstRow)[i - tile.FirstColumn] = value;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Cosines(float* s, float* t, float* gains, float* scales, float* columnScale, float* columnGain, int columns)
        {
            Vector512<float> gain0 = Vector512.Create(gains[0]), gain1 = Vector512.Create(gains[1]);
            Vector512<float> gain2 = Vector512.Create(gains[2]), gain3 = Vector512.Create(gains[3]);
            Vector512<float> scale0 = Vector512.Create(scales[0]), scale1 = Vector512.Create(scales[1]);
            Vector512<float> scale2 = Vector512.Create(scales[2]), scale3 = Vector512.Create(scales[3]);
            for (int c = 0; c < columns; c += Lanes.Count)
            {
                Vector512<float> v = Vector512.Load(columnScale + c), w = Vector512.Load(columnGain + c);
                Cosine(s + c, gain0, scale0, v, w).Store(t + c);
                Cosine(s + Tile.Stride + c, gain1, scale1, v, w).Store(t + Tile.Stride + c);
                Cosine(s + 2 * Tile.Stride + c, gain2, scale2, v, w).Store(t + 2 * Tile.Stride + c);
                Cosine(s + 3 * Tile.Stride + c, gain3, scale3, v, w).Store(t + 3 * Tile.Stride + c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Nearest(float* t, int point, int columns, int r)
        {
            Vector512<float> top0 = Vector512.Create(float.NegativeInfinity), top1 = top0, top2 = top0, top3 = top0;
            fixed (float* nearest = columnNearest[point])
            {
                for (int c = 0; c < columns; c += Lanes.Count)
                {
                    Vector512<float> t0 = Vector512.Load(t + c), t1 = Vector512.Load(t + Tile.Stride + c);
                    Vector512<float> t2 = Vector512.Load(t + 2 * Tile.Stride + c), t3 = Vector512.Load(t + 3 * Tile.Stride + c);
                    top0 = Vector512.MaxNative(top0, t0);
                    top1 = Vector512.MaxNative(top1, t1);
                    top2 = Vector512.MaxNative(top2, t2);
                    top3 = Vector512.MaxNative(top3, t3);
                    Vector512<float> top = Vector512.MaxNative(Vector512.MaxNative(t0, t1), Vector512.MaxNative(t2, t3));
                    Vector512.MaxNative(Vector512.Load(nearest + c), top).Store(nearest + c);
                }
            }
            Keep(rowNearest[point], r, Lanes.Max(top0), Lanes.Max(top1), Lanes.Max(top2), Lanes.Max(top3));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Exponentials(float* t, in LossTerm term, int columns, int r)
        {
            Vector512<float> slope = Vector512.Create(term.PerCosine), offset = Vector512.Create(term.Offset);
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            fixed (float* sums = tileSums[term.Point])
            {
                for (int c = 0; c < columns; c += Lanes.Count)
                {
                    Vector512<float> e0 = Term(t + c, slope, offset), e1 = Term(t + Tile.Stride + c, slope, offset);
                    Vector512<float> e2 = Term(t + 2 * Tile.Stride + c, slope, offset), e3 = Term(t + 3 * Tile.Stride + c, slope, offset);
                    sum0 += e0;
                    sum1 += e1;
                    sum2 += e2;
                    sum3 += e3;
                    (Vector512.Load(sums + c) + ((e0 + e1) + (e2 + e3))).Store(sums + c);
                }
            }
            Keep(rowSums[term.Point], r, Lanes.Sum(sum0), Lanes.Sum(sum1), Lanes.Sum(sum2), Lanes.Sum(sum3));
        }

        // The same, and a second temperature that is a half or a tenth of the first: exp(a/(τ/k)) = exp(a/τ)^k.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void ExponentialsAndPowers(float* t, in LossTerm term, int columns, int r)
        {
            Vector512<float> slope = Vector512.Create(term.PerCosine), offset = Vector512.Create(term.Offset);
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            Vector512<float> power0 = default, power1 = default, power2 = default, power3 = default;
            bool isTen = term.Power == 10;
            fixed (float* sums = tileSums[term.Point], powers = tileSums[term.PowerPoint])
            {
                for (int c = 0; c < columns; c += Lanes.Count)
                {
                    Vector512<float> e0 = Term(t + c, slope, offset), e1 = Term(t + Tile.Stride + c, slope, offset);
                    Vector512<float> e2 = Term(t + 2 * Tile.Stride + c, slope, offset), e3 = Term(t + 3 * Tile.Stride + c, slope, offset);
                    sum0 += e0;
                    sum1 += e1;
                    sum2 += e2;
                    sum3 += e3;
                    (Vector512.Load(sums + c) + ((e0 + e1) + (e2 + e3))).Store(sums + c);
                    if (isTen)
                    {
                        e0 = Fifth(e0);
                        e1 = Fifth(e1);
                        e2 = Fifth(e2);
                        e3 = Fifth(e3);
                    }
                    e0 *= e0;
                    e1 *= e1;
                    e2 *= e2;
                    e3 *= e3;
                    power0 += e0;
                    power1 += e1;
                    power2 += e2;
                    power3 += e3;
                    (Vector512.Load(powers + c) + ((e0 + e1) + (e2 + e3))).Store(powers + c);
                }
            }
            Keep(rowSums[term.Point], r, Lanes.Sum(sum0), Lanes.Sum(sum1), Lanes.Sum(sum2), Lanes.Sum(sum3));
            Keep(rowSums[term.PowerPoint], r, Lanes.Sum(power0), Lanes.Sum(power1), Lanes.Sum(power2), Lanes.Sum(power3));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Fifth(Vector512<float> e)
        {
            Vector512<float> square = e * e;
            return square * square * e;
        }

        // (x·y + gain_i + gain_j) · scale_j, then · scale_i: the large parts cancel inside fused operations.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Cosine(
            float* s, Vector512<float> gain, Vector512<float> scale, Vector512<float> columnScale, Vector512<float> columnGain) =>
            Vector512.FusedMultiplyAdd(Vector512.Load(s), columnScale, Vector512.FusedMultiplyAdd(gain, columnScale, columnGain)) * scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Term(float* t, Vector512<float> slope, Vector512<float> offset) =>
            Lanes.Exp2(Vector512.FusedMultiplyAdd(Vector512.Load(t), slope, offset));

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
}
