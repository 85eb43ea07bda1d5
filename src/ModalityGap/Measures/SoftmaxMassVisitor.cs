using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>
/// How much probability the queries of the other side put on each document, matched query included: Σ_i exp(s_ij/τ) / Σ_k exp(s_ik/τ) for
/// column j, and the like for rows. It is what a document does to everybody else's loss, which an interval for the loss must know; the
/// mean is 1.
/// </summary>
/// <param name="view">The pairs and the direction.</param>
/// <param name="points">Shift and temperature of each mass.</param>
/// <param name="losses">The losses at those points.</param>
internal sealed unsafe class SoftmaxMassVisitor(DirectionView view, LossPoint[] points, LossValues[] losses) : ITileVisitor
{
    /// <summary>Weights beyond e^±60 belong to rows whose mass no float32 can tell from 0; only intervals would know.</summary>
    private const double LargestLog = 60;

    private readonly double[] offsets = LossPlan.Of(view, points).Offsets;

    /// <summary>Per point, the mass on each row's document x_i, from the queries y.</summary>
    public double[][] OnFirst { get; } = Array.ConvertAll(points, _ => new double[view.Count]);

    /// <summary>Per point, the mass on each column's document y_j, from the queries x.</summary>
    public double[][] OnSecond { get; } = Array.ConvertAll(points, _ => new double[view.Count]);

    public StripVisitor Open(int firstColumn, int count) => new Strip(this, firstColumn, count);

    private sealed class Strip : StripVisitor
    {
        private readonly SoftmaxMassVisitor owner;
        private readonly int firstColumn, columns;
        private readonly float[] scale = new float[Tile.Stride], gain = new float[Tile.Stride], weight = new float[Tile.Stride];
        private readonly float[] tileSums = new float[Tile.Stride];
        private readonly double[][] onSecond;
        private readonly float[][] onFirst;

        public Strip(SoftmaxMassVisitor owner, int firstColumn, int columns)
        {
            this.owner = owner;
            this.firstColumn = firstColumn;
            this.columns = columns;
            onSecond = Array.ConvertAll(owner.OnSecond, _ => new double[Tile.Stride]);
            onFirst = Array.ConvertAll(owner.OnFirst, _ => new float[TileSweep.TileRows]);
        }

        public override void Visit(in Tile tile)
        {
            for (int p = 0; p < onFirst.Length; p++)
            {
                SetColumns(p);
                Array.Clear(tileSums);
                for (int r = 0; r < tile.Rows; r++)
                    onFirst[p][r] = VisitRow(tile.Row(r), tile.FirstRow + r, tile.Columns, p);
                for (int c = 0; c < tile.Columns; c++)
                    onSecond[p][c] += tileSums[c];
            }
        }

        private void SetColumns(int p)
        {
            DirectionView view = owner.View;
            ShiftAlongGap shift = owner.Points[p].Shift;
            for (int c = 0; c < Tile.Stride; c++)
            {
                int j = Math.Min(firstColumn + c, view.Count - 1);
                double columnScale = shift.ScaleOfSecond(view.SquaresOfSecond[j], view.OnDirectionOfSecond[j]);
                scale[c] = c < columns ? (float)columnScale : 0;
                gain[c] = c < columns ? (float)(shift.GainOfSecond(view.OnDirectionOfSecond[j]) * columnScale) : -1e30f;
                weight[c] = owner.Weight(p, j, ofFirst: false);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float VisitRow(float* row, int i, int to, int p)
        {
            DirectionView view = owner.View;
            ShiftAlongGap shift = owner.Points[p].Shift;
            float perCosine = (float)(Math.Log2(Math.E) / owner.Points[p].Temperature);
            var rowGain = Vector512.Create((float)shift.GainOfFirst(view.OnDirectionOfFirst[i]));
            var rowScale = Vector512.Create((float)shift.ScaleOfFirst(view.SquaresOfFirst[i], view.OnDirectionOfFirst[i]) * perCosine);
            var rowWeight = Vector512.Create(owner.Weight(p, i, ofFirst: true));
            var offset = Vector512.Create((float)(owner.offsets[p] * Math.Log2(Math.E) / owner.Points[p].Temperature));
            Vector512<float> onRow = default;
            fixed (float* scales = scale, gains = gain, weights = weight, sums = tileSums)
            {
                for (int c = 0; c < to; c += Lanes.Count)
                {
                    Vector512<float> v = Vector512.Load(scales + c);
                    Vector512<float> t = Vector512.FusedMultiplyAdd(
                        Vector512.Load(row + c), v, Vector512.FusedMultiplyAdd(rowGain, v, Vector512.Load(gains + c))) * rowScale;
                    Vector512<float> e = Lanes.Exp2(t - offset);
                    onRow = Vector512.FusedMultiplyAdd(e, Vector512.Load(weights + c), onRow);
                    Vector512.FusedMultiplyAdd(e, rowWeight, Vector512.Load(sums + c)).Store(sums + c);
                }
            }
            return Lanes.Sum(onRow);
        }

        public override void Fold(in Tile tile)
        {
            for (int p = 0; p < onFirst.Length; p++)
                for (int r = 0; r < tile.Rows; r++)
                    owner.OnFirst[p][tile.FirstRow + r] += onFirst[p][r];
        }

        public override void Close()
        {
            for (int p = 0; p < onSecond.Length; p++)
                Array.Copy(onSecond[p], 0, owner.OnSecond[p], firstColumn, columns);
        }
    }

    private DirectionView View => view;

    private LossPoint[] Points => points;

    // 2^(offset - log2 Σ_j exp(x'_i·y'_j/τ)), from the loss and the matched cosine: one exponential then serves both directions.
    private float Weight(int p, int i, bool ofFirst)
    {
        double loss = (ofFirst ? losses[p].FirstToSecond : losses[p].SecondToFirst)[i];
        double logSum = loss + (view.Cosine(points[p].Shift, i, i, view.Matched[i]) - offsets[p]) / points[p].Temperature;
        return (float)Math.Exp(Math.Clamp(-logSum, -LargestLog, LargestLog));
    }
}
