using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>What one <see cref="LossPoint"/> came to.</summary>
internal sealed record LossValues
{
    /// <summary>For each row, log(Σ_j exp(x'_i·y'_j/τ)) - x'_i·y'_i/τ: the cross-entropy of finding y_i from x_i.</summary>
    public required double[] FirstToSecond { get; init; }

    /// <summary>For each column, the cross-entropy of finding x_i from y_i.</summary>
    public required double[] SecondToFirst { get; init; }

    /// <summary>Whether y_i comes first for x_i, ties against the query; empty unless asked for.</summary>
    public required bool[] HitsFirstToSecond { get; init; }

    /// <summary>Whether x_i comes first for y_i.</summary>
    public required bool[] HitsSecondToFirst { get; init; }
}

/// <summary>
/// The contrastive loss and R@1 at many shifts and temperatures: one pass in float32, then float64 again for the few rows that float32
/// cannot decide, because their sum left the safe range or their nearest competitor is as near as the partner.
/// </summary>
internal static class ShiftedLoss
{
    /// <summary>Below this, terms that were clamped at 2^-126 might matter in a sum.</summary>
    private const double SafeSum = 1e-25;

    /// <summary>Above this, a term may have been clamped at 2^127.</summary>
    private const double LargestSafeSum = 1e37;

    /// <summary>Up to this exponent, e^lead times a safe sum is finite.</summary>
    private const double LargestLead = 600;

    /// <summary>Rounding of a shifted cosine beyond that of the product itself.</summary>
    private const double ShiftRounding = 1e-6;

    /// <summary>The most multiplications that are spent on float64 repetitions of sums that float32 holds, if only roughly.</summary>
    private const double ExactBudget = 3e11;

    public static LossValues[] Evaluate(DirectionView view, IReadOnlyList<LossPoint> points, WorkContext work)
    {
        LossPoint[] all = [.. points];
        var visitor = new ShiftedLossVisitor(view, all);
        TileSweep.Run(view.First, view.Second, work, visitor);
        var values = new LossValues[all.Length];
        var doubtful = new (List<int> First, List<int> Second)[all.Length];
        work.ForEach(all.Length, p => (values[p], doubtful[p]) = Finish(view, all[p], visitor, p));
        Repeat(view, all, values, ByRow(view.Count, doubtful.Select(rows => rows.First)), work, ofFirst: true);
        Repeat(view, all, values, ByRow(view.Count, doubtful.Select(rows => rows.Second)), work, ofFirst: false);
        return values;
    }

    private static (LossValues Values, (List<int> First, List<int> Second) Doubtful) Finish(
        DirectionView view, LossPoint point, ShiftedLossVisitor visitor, int p)
    {
        int n = view.Count;
        List<int> first = [], second = [];
        var values = new LossValues
        {
            FirstToSecond = new double[n],
            SecondToFirst = new double[n],
            HitsFirstToSecond = point.WithNearest ? new bool[n] : [],
            HitsSecondToFirst = point.WithNearest ? new bool[n] : [],
        };
        double uncertainty = Dot.Uncertainty(view.First.Dimensions) + ShiftRounding;
        for (int i = 0; i < n; i++)
        {
            double matched = view.Cosine(point.Shift, i, i, view.Matched[i]);
            double lead = (visitor.Offsets[p] - matched) / point.Temperature, weight = Math.Exp(Math.Min(LargestLead, lead));
            values.FirstToSecond[i] = Loss(visitor.RowSums[p][i], lead, weight);
            values.SecondToFirst[i] = Loss(visitor.ColumnSums[p][i], lead, weight);
            bool doubtFirst = IsUnsafe(visitor.RowSums[p][i], weight);
            bool doubtSecond = IsUnsafe(visitor.ColumnSums[p][i], weight);
            if (point.WithNearest)
            {
                double aheadFirst = matched - visitor.RowNearest[p][i], aheadSecond = matched - visitor.ColumnNearest[p][i];
                values.HitsFirstToSecond[i] = aheadFirst > 0;
                values.HitsSecondToFirst[i] = aheadSecond > 0;
                doubtFirst |= Math.Abs(aheadFirst) <= uncertainty;
                doubtSecond |= Math.Abs(aheadSecond) <= uncertainty;
            }
            if (doubtFirst)
                first.Add(i);
            if (doubtSecond)
                second.Add(i);
        }
        return (values, (first, second));
    }

    // log(1 + sum e^lead): the weight is e^lead as long as that is finite.
    private static double Loss(double sum, double lead, double weight) =>
        lead < LargestLead ? Log1P(sum * weight) : LogOnePlusExp(lead + Math.Log(sum));

    // From the doubtful rows of each point to the points at which each row is doubtful.
    private static List<int>[] ByRow(int n, IEnumerable<List<int>> rowsOfPoint)
    {
        var pointsOfRow = new List<int>[n];
        int p = 0;
        foreach (List<int> rows in rowsOfPoint)
        {
            foreach (int row in rows)
                (pointsOfRow[row] ??= []).Add(p);
            p++;
        }
        return pointsOfRow;
    }

    private static bool IsUnsafe(double sum, double weight) =>
        !(sum <= LargestSafeSum) || (sum < SafeSum && SafeSum * weight > 1e-12);

    private static void Repeat(
        DirectionView view, LossPoint[] points, LossValues[] values, List<int>[] doubtful, WorkContext work, bool ofFirst)
    {
        double affordable = ExactBudget / ((double)view.Count * view.First.Dimensions);
        int[] rows =
        [
            .. Enumerable.Range(0, view.Count).Where(i => doubtful[i] is not null).Where((i, k) => k < affordable || IsLost(i)),
        ];
        work.ForEach(rows.Length, k => Repeat(view, points, values, rows[k], doubtful[rows[k]], ofFirst));

        bool IsLost(int i) => doubtful[i].Exists(p => !double.IsFinite((ofFirst ? values[p].FirstToSecond : values[p].SecondToFirst)[i]));
    }

    private static void Repeat(
        DirectionView view, LossPoint[] points, LossValues[] values, int i, List<int> which, bool ofFirst)
    {
        RowMatrix others = ofFirst ? view.Second : view.First;
        ReadOnlySpan<float> row = (ofFirst ? view.First : view.Second).Row(i);
        var products = new double[view.Count];
        for (int j = 0; j < products.Length; j++)
            products[j] = Dot.Float64(row, others.Row(j));
        var cosines = new double[view.Count];
        foreach (int p in which)
        {
            double nearest = double.NegativeInfinity;
            for (int j = 0; j < cosines.Length; j++)
            {
                cosines[j] = ofFirst
                    ? view.Cosine(points[p].Shift, i, j, products[j])
                    : view.Cosine(points[p].Shift, j, i, products[j]);
                if (j != i)
                    nearest = Math.Max(nearest, cosines[j]);
            }
            double matched = cosines[i], sum = 0;
            for (int j = 0; j < cosines.Length; j++)
                if (j != i)
                    sum += Math.Exp((cosines[j] - nearest) / points[p].Temperature);
            double loss = LogOnePlusExp((nearest - matched) / points[p].Temperature + Math.Log(sum));
            (ofFirst ? values[p].FirstToSecond : values[p].SecondToFirst)[i] = double.IsNaN(loss) ? 0 : loss;
            if (points[p].WithNearest)
                (ofFirst ? values[p].HitsFirstToSecond : values[p].HitsSecondToFirst)[i] = matched > nearest;
        }
    }

    private static double LogOnePlusExp(double a) => a > 0 ? a + Log1P(Math.Exp(-a)) : Log1P(Math.Exp(a));

    // log(1 + a) without loss for small a (Kahan).
    private static double Log1P(double a)
    {
        double u = 1 + a;
        return u == 1 ? a : double.IsInfinity(u) ? u : Math.Log(u) * (a / (u - 1));
    }
}
