namespace ModalityGap.Statistics;

/// <summary>Standard errors from leaving out one unit at a time (Efron and Stein 1981), or from the influence of each unit.</summary>
public static class Jackknife
{
    /// <summary>An interval from the statistic computed without each unit in turn.</summary>
    /// <param name="value">The statistic of all units.</param>
    /// <param name="leaveOneOut">The statistic without unit i.</param>
    public static Estimate FromLeaveOneOut(double value, ReadOnlySpan<double> leaveOneOut)
    {
        int n = leaveOneOut.Length;
        double mean = 0;
        foreach (double replicate in leaveOneOut)
            mean += replicate;
        mean /= n;
        double squares = 0;
        foreach (double replicate in leaveOneOut)
            squares += (replicate - mean) * (replicate - mean);
        return n < 3
            ? Estimate.Exact(value, "too few units for an interval", n)
            : Estimate.Normal(value, Math.Sqrt(squares * (n - 1) / n), "jackknife over pairs", n);
    }

    /// <summary>
    /// An interval from influences: the value moves by (1/n) Σ influence_i when units are drawn anew, so its variance is the influences'
    /// variance over n.
    /// </summary>
    /// <param name="value">The statistic.</param>
    /// <param name="influences">How much unit i moves it, in the statistic's unit; their mean is taken out.</param>
    /// <param name="method">How the influences were made, in words.</param>
    public static Estimate FromInfluences(double value, ReadOnlySpan<double> influences, string method) =>
        influences.Length < 3
            ? Estimate.Exact(value, "too few units for an interval", influences.Length)
            : Estimate.Normal(value, StandardError(influences), method, influences.Length);

    /// <summary>
    /// The same for a positive statistic, symmetric in its logarithm: for standard deviations, whose own distribution leans to the right.
    /// </summary>
    public static Estimate OfPositive(double value, ReadOnlySpan<double> influences, string method)
    {
        if (influences.Length < 3)
            return Estimate.Exact(value, "too few units for an interval", influences.Length);
        double factor = Math.Exp(Estimate.NormalQuantile * StandardError(influences) / value);
        return double.IsFinite(factor)
            ? new Estimate(value, value / factor, value * factor, 0.95, method + ", log scale", influences.Length)
            : FromInfluences(value, influences, method);
    }

    /// <summary>The standard error of the mean of the influences.</summary>
    public static double StandardError(ReadOnlySpan<double> influences)
    {
        int n = influences.Length;
        double mean = 0;
        foreach (double influence in influences)
            mean += influence;
        mean /= n;
        double squares = 0;
        foreach (double influence in influences)
            squares += (influence - mean) * (influence - mean);
        return Math.Sqrt(squares / (n - 1.0) / n);
    }
}
