namespace ModalityGap.Statistics;

/// <summary>Spearman's correlation of ranks, equal values sharing their mean rank.</summary>
internal static class RankCorrelation
{
    /// <summary>Below this many units a correlation has no interval.</summary>
    private const int FewestForInterval = 5;

    /// <summary>ρ in [-1, 1], or <c>null</c> where all values of one side are equal.</summary>
    public static Estimate? Spearman(double[] first, double[] second)
    {
        double[] a = Ranks(first), b = Ranks(second);
        double middle = (a.Length + 1) / 2.0, ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }
        return aa == 0 || bb == 0 ? null : Interval(Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1), a.Length);
    }

    /// <summary>Ranks from 1; equal values have the mean of theirs.</summary>
    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && values[order[to]] == values[order[from]])
                to++;
            for (int k = from; k < to; k++)
                ranks[order[k]] = (from + 1 + to) / 2.0;
            from = to;
        }
        return ranks;
    }

    private static Estimate Interval(double rho, int count)
    {
        if (count < FewestForInterval || Math.Abs(rho) == 1)
            return Estimate.Exact(rho, count < FewestForInterval ? "too few units for an interval" : "the ranks agree everywhere", count);
        double z = Math.Atanh(rho), reach = Estimate.NormalQuantile * Math.Sqrt((1 + rho * rho / 2) / (count - 3.0));
        return new Estimate(rho, Math.Tanh(z - reach), Math.Tanh(z + reach), 0.95, "Fisher's z with the variance of Bonett and Wright", count);
    }
}
