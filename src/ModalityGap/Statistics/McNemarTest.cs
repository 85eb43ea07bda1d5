namespace ModalityGap.Statistics;

/// <summary>
/// Whether a change gains as many units as it loses (McNemar 1947), exactly: of the b + c units on which before and after disagree, either
/// side has half under the hypothesis, so the smaller count is binomial. Units on which both agree say nothing.
/// </summary>
public static class McNemarTest
{
    /// <summary>The two-sided p-value min(1, 2 P(B(b + c, ½) ≤ min(b, c))); 1 where nothing changed.</summary>
    /// <param name="lost">b, units that were hits only before.</param>
    /// <param name="gained">c, units that are hits only after.</param>
    public static Estimate Run(long lost, long gained)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        ArgumentOutOfRangeException.ThrowIfNegative(gained);
        long changed = checked(lost + gained);
        return Estimate.Exact(Math.Min(1, 2 * LowerTail(changed, Math.Min(lost, gained))), "McNemar's exact test", changed);
    }

    /// <summary>The same from hits of each unit.</summary>
    /// <param name="before">1 for a hit, else 0.</param>
    /// <param name="after">The same units.</param>
    public static Estimate Run(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        if (before.Length != after.Length)
            throw new ArgumentException($"{before.Length} and {after.Length} units are not the same ones.", nameof(after));
        long lost = 0, gained = 0;
        for (int i = 0; i < before.Length; i++)
        {
            lost += before[i] > after[i] ? 1 : 0;
            gained += after[i] > before[i] ? 1 : 0;
        }
        return Run(lost, gained);
    }

    // P(B(n, ½) ≤ m): the terms fall from k = m downwards, each k / (n - k + 1) of the one above.
    private static double LowerTail(long n, long m)
    {
        double logTerm = -n * Math.Log(2);
        for (long k = 1; k <= m; k++)
            logTerm += Math.Log(n - m + k) - Math.Log(k);
        double term = 1, sum = 1;
        for (long k = m; k > 0 && term > sum * 1e-17; k--)
        {
            term *= (double)k / (n - k + 1);
            sum += term;
        }
        return Math.Exp(logTerm) * sum;
    }
}
