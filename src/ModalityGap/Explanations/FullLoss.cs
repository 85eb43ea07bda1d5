using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Explanations;

/// <summary>The loss over all pairs at once; the units are pairs.</summary>
internal sealed class FullLoss(DirectionView view, WorkContext work) : LandscapeLoss(view, work)
{
    public override string Batch => "full";

    public override string IntervalMethod => "influence of each pair on the slope, direction held fixed";

    /// <summary>Values per row that one sweep may keep: an eighth of a gigabyte with the sums behind them.</summary>
    private const int LargestSweep = 1 << 22;

    public override PointLoss[] Evaluate(LossPoint[] points, Predicate<int> withInfluence)
    {
        // A multiple of twelve keeps the temperatures of a shift together, in whatever of the usual numbers they come.
        int atOnce = Math.Max(12, LargestSweep / View.Count / 12 * 12);
        List<PointLoss> losses = [];
        for (int first = 0; first < points.Length; first += atOnce)
        {
            int start = first;
            losses.AddRange(Sweep(points[first..Math.Min(points.Length, first + atOnce)], p => withInfluence(start + p)));
            LargeMemory.GiveBack();
        }
        return [.. losses];
    }

    private PointLoss[] Sweep(LossPoint[] points, Predicate<int> withInfluence)
    {
        LossValues[] values = ShiftedLoss.Evaluate(View, points, Work);
        PointLoss[] losses = Array.ConvertAll(values, value => new PointLoss(
            new DirectedLoss(value.FirstToSecond.Average(), value.SecondToFirst.Average()),
            [],
            [],
            Share(value.HitsFirstToSecond),
            Share(value.HitsSecondToFirst)));
        int[] chosen = [.. Enumerable.Range(0, points.Length).Where(p => withInfluence(p))];
        if (chosen.Length == 0)
            return losses;
        var masses = new SoftmaxMassVisitor(View, Array.ConvertAll(chosen, p => points[p]), Array.ConvertAll(chosen, p => values[p]));
        TileSweep.Run(View.First, View.Second, Work, masses);
        for (int c = 0; c < chosen.Length; c++)
        {
            int p = chosen[c];
            losses[p] = losses[p] with
            {
                First = Add(values[p].FirstToSecond, masses.OnSecond[c]),
                Second = Add(values[p].SecondToFirst, masses.OnFirst[c]),
            };
        }
        return losses;
    }

    private static double Share(bool[] hits) => hits.Length == 0 ? double.NaN : hits.Count(hit => hit) / (double)hits.Length;

    private static double[] Add(double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
            b[i] += a[i];
        return b;
    }
}
