namespace ModalityGap.Measures;

/// <summary>
/// How a sweep goes through many shifts and temperatures: the temperatures of a shift share its cosines, and a temperature that is a half
/// or a tenth of another one shares its exponential, as a power.
/// </summary>
/// <param name="Steps">One per shift.</param>
/// <param name="Offsets">Per point, the cosine that is taken off before the exponential.</param>
internal sealed record LossPlan(LossStep[] Steps, double[] Offsets)
{
    private static readonly int[] Powers = [2, 10];

    public static LossPlan Of(DirectionView view, LossPoint[] points)
    {
        var offsets = new double[points.Length];
        LossStep[] steps =
        [
            .. Enumerable.Range(0, points.Length).GroupBy(p => points[p].Shift).Select(group => Step(view, points, [.. group], offsets)),
        ];
        return new LossPlan(steps, offsets);
    }

    private static LossStep Step(DirectionView view, LossPoint[] points, int[] members, double[] offsets)
    {
        ShiftAlongGap shift = points[members[0]].Shift;
        double mean = MeanUnmatched(view, shift);
        List<LossTerm> terms = [];
        List<int> open = [.. members.OrderByDescending(p => points[p].Temperature)];
        while (open.Count > 0)
        {
            int point = open[0];
            double temperature = points[point].Temperature;
            open.RemoveAt(0);
            (int powerPoint, int power) = Partner(points, open, temperature);
            open.Remove(powerPoint);
            // Ten of the lower temperature above the mean: float32 then holds competitors from tens of τ below that mean to tens above it.
            double offset = mean + 10 * temperature / power;
            offsets[point] = offset;
            if (power > 1)
                offsets[powerPoint] = offset;
            double perCosine = Math.Log2(Math.E) / temperature;
            terms.Add(new LossTerm(point, power > 1 ? powerPoint : point, power, (float)perCosine, (float)(-offset * perCosine)));
        }
        return new LossStep(shift, members, [.. terms], Array.FindAll(members, p => points[p].WithNearest));
    }

    private static (int Point, int Power) Partner(LossPoint[] points, List<int> open, double temperature)
    {
        foreach (int candidate in open)
            foreach (int power in Powers)
                if (Math.Abs(temperature / points[candidate].Temperature - power) < 1e-9 * power)
                    return (candidate, power);
        return (-1, 1);
    }

    // The cosine of the mean rows after the shift, near enough to the mean cosine of unmatched pairs.
    private static double MeanUnmatched(DirectionView view, ShiftAlongGap shift)
    {
        double scaleX = 0, scaleY = 0, gainX = 0, gainY = 0;
        for (int i = 0; i < view.Count; i++)
        {
            scaleX += shift.ScaleOfFirst(view.SquaresOfFirst[i], view.OnDirectionOfFirst[i]) / view.Count;
            scaleY += shift.ScaleOfSecond(view.SquaresOfSecond[i], view.OnDirectionOfSecond[i]) / view.Count;
            gainX += shift.GainOfFirst(view.OnDirectionOfFirst[i]) / view.Count;
            gainY += shift.GainOfSecond(view.OnDirectionOfSecond[i]) / view.Count;
        }
        return Math.Clamp((view.MeanUnmatched + gainX + gainY) * scaleX * scaleY, -1, 1);
    }
}

/// <summary>One shift of a plan.</summary>
/// <param name="Shift">The shift.</param>
/// <param name="Points">The points with this shift.</param>
/// <param name="Terms">The exponentials.</param>
/// <param name="Nearest">The points that also want the nearest competitors: more than one where several conventions share a shift.</param>
internal sealed record LossStep(ShiftAlongGap Shift, int[] Points, LossTerm[] Terms, int[] Nearest);

/// <summary>One exponential: 2^(PerCosine · cosine + Offset) for a point, and its power for another one.</summary>
/// <param name="Point">The point.</param>
/// <param name="PowerPoint">The point with the lower temperature; the same point where there is none.</param>
/// <param name="Power">1, 2 or 10.</param>
/// <param name="PerCosine">log2(e)/τ.</param>
/// <param name="Offset">-offset log2(e)/τ.</param>
internal readonly record struct LossTerm(int Point, int PowerPoint, int Power, float PerCosine, float Offset);
