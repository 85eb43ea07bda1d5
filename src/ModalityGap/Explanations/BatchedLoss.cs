using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Explanations;

/// <summary>
/// The loss as a training step sees it: consecutive batches of pairs, the partner found among its batch only, the mean over the batches.
/// The last batch holds what is left over and counts like the others. The units are batches.
/// </summary>
internal sealed class BatchedLoss(DirectionView view, WorkContext work) : LandscapeLoss(view, work)
{
    /// <summary>The batch size of the paper's Figure 3.</summary>
    public const int BatchSize = 50;

    public override string Batch => "batched";

    public override string IntervalMethod => "slope of each batch, direction held fixed";

    public override PointLoss[] Evaluate(LossPoint[] points, Predicate<int> withInfluence)
    {
        int batches = (View.Count + BatchSize - 1) / BatchSize;
        double[][] first = Array.ConvertAll(points, _ => new double[batches]);
        double[][] second = Array.ConvertAll(points, _ => new double[batches]);
        var alone = new WorkContext(1, null, Work.Cancellation);
        Work.ForEach(batches, batch =>
        {
            int start = batch * BatchSize;
            LossValues[] values = ShiftedLoss.Evaluate(View.Select([.. Enumerable.Range(start, Math.Min(BatchSize, View.Count - start))]), points, alone);
            for (int p = 0; p < points.Length; p++)
            {
                first[p][batch] = values[p].FirstToSecond.Average();
                second[p][batch] = values[p].SecondToFirst.Average();
            }
            Work.Advance(1.0 / batches);
        });
        return [.. points.Select((_, p) => new PointLoss(
            new DirectedLoss(first[p].Average(), second[p].Average()), first[p], second[p], double.NaN, double.NaN))];
    }
}
