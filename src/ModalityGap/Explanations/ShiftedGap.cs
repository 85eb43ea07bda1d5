using System.Runtime.Intrinsics;
using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Explanations;

/// <summary>The gap that remains after a shift: ± ‖mean x' - mean y'‖, negative where the means have changed sides along ĝ.</summary>
internal sealed class ShiftedGap(DirectionView view)
{
    private readonly Dictionary<(bool OfFirst, double Distance), double[]> means = [];

    /// <summary>The remaining gap after each shift, in order.</summary>
    public double[] SignedDistances(IReadOnlyList<ShiftAlongGap> shifts, WorkContext work)
    {
        (bool OfFirst, double Distance)[] missing =
        [
            .. shifts.SelectMany(shift => new[] { (true, shift.OfFirst), (false, shift.OfSecond) }).Distinct().Where(key => !means.ContainsKey(key)),
        ];
        var computed = new double[missing.Length][];
        work.ForEach(missing.Length, k => computed[k] = Mean(missing[k].OfFirst, missing[k].Distance));
        for (int k = 0; k < missing.Length; k++)
            means.Add(missing[k], computed[k]);
        return [.. shifts.Select(shift => SignedDistance(means[(true, shift.OfFirst)], means[(false, shift.OfSecond)]))];
    }

    private double SignedDistance(double[] first, double[] second)
    {
        double square = 0, along = 0;
        for (int k = 0; k < first.Length; k++)
        {
            double difference = first[k] - second[k];
            square += difference * difference;
            along += difference * view.Direction[k];
        }
        return along < 0 ? -Math.Sqrt(square) : Math.Sqrt(square);
    }

    // mean of s_i (x_i - bĝ), s_i = 1/‖x_i - bĝ‖; the second modality moves the other way.
    private double[] Mean(bool ofFirst, double distance)
    {
        var shift = new ShiftAlongGap(ofFirst ? distance : 0, ofFirst ? 0 : distance);
        RowMatrix rows = ofFirst ? view.First : view.Second;
        var sum = new double[rows.Dimensions];
        double scales = 0;
        for (int i = 0; i < rows.Rows; i++)
        {
            double scale = ofFirst
                ? shift.ScaleOfFirst(view.SquaresOfFirst[i], view.OnDirectionOfFirst[i])
                : shift.ScaleOfSecond(view.SquaresOfSecond[i], view.OnDirectionOfSecond[i]);
            scales += scale;
            Add(sum, scale, rows.Row(i));
        }
        double alongDirection = ofFirst ? -distance * scales : distance * scales;
        for (int k = 0; k < sum.Length; k++)
            sum[k] = (sum[k] + alongDirection * view.Direction[k]) / rows.Rows;
        return sum;
    }

    // Each coordinate has its own sum, so the register's width changes no bit; no fused multiply-add, for the same reason.
    private static void Add(double[] sum, double scale, ReadOnlySpan<float> row)
    {
        int k = 0;
        for (; k <= row.Length - Vector256<float>.Count; k += Vector256<float>.Count)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(row[k..]));
            (Vector256.Create(sum, k) + low * scale).CopyTo(sum, k);
            (Vector256.Create(sum, k + 4) + high * scale).CopyTo(sum, k + 4);
        }
        for (; k < row.Length; k++)
            sum[k] += scale * row[k];
    }
}
