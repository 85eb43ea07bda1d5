namespace ModalityGap.Statistics;

/// <summary>How far two lists of numbers have the same order.</summary>
internal static class RankAgreement
{
    /// <summary>Random orders of the permutation test where all orders are too many.</summary>
    public const int RandomOrders = 9999;

    /// <summary>Up to this length every order is taken: 8! = 40,320.</summary>
    private const int LongestExact = 8;

    /// <summary>
    /// Kendall's τ_b = (C - D) / sqrt((P - T_x)(P - T_y)): concordant less discordant pairs, P = n(n - 1)/2, T the pairs tied in one list.
    /// <c>null</c> where all entries of a list are equal.
    /// </summary>
    public static double? Kendall(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int balance = 0, differentX = 0, differentY = 0;
        for (int i = 0; i < x.Length; i++)
            for (int j = i + 1; j < x.Length; j++)
            {
                int ofX = x[i].CompareTo(x[j]), ofY = y[i].CompareTo(y[j]);
                balance += ofX * ofY;
                differentX += ofX * ofX;
                differentY += ofY * ofY;
            }
        return differentX == 0 || differentY == 0 ? null : balance / Math.Sqrt((double)differentX * differentY);
    }

    /// <summary>Spearman's ρ: Pearson's correlation of the ranks, tied entries sharing their mean rank.</summary>
    public static double? Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double[] ofX = Ranks(x), ofY = Ranks(y);
        return Vary(ofX) && Vary(ofY) ? Difference.Correlation(ofX, ofY) : null;
    }

    /// <summary>
    /// The share of orders of one list that agree or disagree with the other at least as far: |τ_perm| >= |τ|. Of every order up to eight
    /// entries; of more, (1 + #) / (B + 1) over random ones.
    /// </summary>
    public static Estimate PermutationPValue(double[] x, double[] y, RandomStream random)
    {
        double observed = Math.Abs(Kendall(x, y) ?? 0) - 1e-12;
        double[] order = [.. y];
        int reached = 0, total = 0;
        if (x.Length <= LongestExact)
        {
            Every(0);
            return Estimate.Exact((double)reached / total, $"all {total} orders of {x.Length} models", x.Length);
        }
        for (int b = 0; b < RandomOrders; b++)
        {
            int[] permutation = random.NextPermutation(y.Length);
            for (int i = 0; i < order.Length; i++)
                order[i] = y[permutation[i]];
            Count();
        }
        return Estimate.Exact((1.0 + reached) / (total + 1), $"{RandomOrders} random orders of {x.Length} models", x.Length);

        void Count()
        {
            total++;
            reached += Math.Abs(Kendall(x, order) ?? 0) >= observed ? 1 : 0;
        }

        void Every(int from)
        {
            if (from == order.Length)
                Count();
            for (int k = from; k < order.Length; k++)
            {
                (order[from], order[k]) = (order[k], order[from]);
                Every(from + 1);
                (order[from], order[k]) = (order[k], order[from]);
            }
        }
    }

    /// <summary>
    /// τ's interval over n drawn pairs: tanh(artanh τ ± 1.96 sqrt(0.437/(n - 4))), for n > 4 (Fieller, Hartley and Pearson, Biometrika 1957).
    /// </summary>
    public static Estimate? KendallInterval(double tau, int n) => Interval(tau, n, 0.437 / (n - 4));

    /// <summary>ρ's interval over n drawn pairs: the same with 1.060/(n - 3); asked of n > 4 only.</summary>
    public static Estimate? SpearmanInterval(double rho, int n) => Interval(rho, n, 1.060 / (n - 3));

    // Where all agree the transformation has no value, and the interval none.
    private static Estimate? Interval(double value, int n, double variance)
    {
        if (n < 5 || Math.Abs(value) > 1 - 1e-12)
            return null;
        double centre = Math.Atanh(value), reach = Estimate.NormalQuantile * Math.Sqrt(variance);
        return new Estimate(value, Math.Tanh(centre - reach), Math.Tanh(centre + reach), 0.95, "Fieller's interval over models, as if drawn at random", n);
    }

    /// <summary>Ranks from 1; equal values have the mean of theirs.</summary>
    internal static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && sorted[to] == sorted[from])
                to++;
            for (int k = from; k < to; k++)
                ranks[order[k]] = (from + 1 + to) / 2.0;
            from = to;
        }
        return ranks;
    }

    private static bool Vary(double[] values) => Array.Exists(values, value => value != values[0]);
}
