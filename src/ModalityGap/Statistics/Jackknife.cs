namespace ModalityGap.Statistics;

/// <summary>Standard errors from leaving out one unit at a time (Efron and Stein 1981), or from the influence of each unit.</summary>
public static class Jackknife
{
    /// <summary>An interval from the statistic computed without each unit in turn.</summary>
    /// <param name="value">The statistic of all units.</param>
    /// <param name="leaveOneOut">The statistic without unit i.</param>
    public static Estimate FromLeaveOneOut(double value, ReadOnlySpan<double> leaveOneOut) =>
        FromLeaveOneOut(value, leaveOneOut, leaveOneOut.Length);

    /// <summary>The same where only a random sample of the units was left out in turn: their spread stands for that of all.</summary>
    /// <param name="value">The statistic of all units.</param>
    /// <param name="leaveOneOut">The statistic of all units but the sampled unit i.</param>
    /// <param name="population">Number of all units.</param>
    internal static Estimate FromLeaveOneOut(double value, ReadOnlySpan<double> leaveOneOut, long population)
    {
        int n = leaveOneOut.Length;
        double mean = 0;
        foreach (double replicate in leaveOneOut)
            mean += replicate;
        mean /= n;
        double squares = 0;
        foreach (double replicate in leaveOneOut)
            squares += (replicate - mean) * (replicate - mean);
        if (n < 3)
            return Estimate.Exact(value, "too few units for an interval", population);
        double all = n == population ? squares : squares / (n - 1) * (population - 1);
        return Estimate.Normal(value, Math.Sqrt(all * (population - 1) / population), Sampled("jackknife over pairs", n, population), population);
    }

    /// <summary>
    /// An interval from influences: the value moves by (1/n) Σ influence_i when units are drawn anew, so its variance is the influences'
    /// variance over n.
    /// </summary>
    /// <param name="value">The statistic.</param>
    /// <param name="influences">How much unit i moves it, in the statistic's unit; their mean is taken out.</param>
    /// <param name="method">How the influences were made, in words.</param>
    public static Estimate FromInfluences(double value, ReadOnlySpan<double> influences, string method) =>
        FromInfluences(value, influences, method, influences.Length);

    /// <summary>The same from the influences of a random sample of the units.</summary>
    internal static Estimate FromInfluences(double value, ReadOnlySpan<double> influences, string method, long population) =>
        influences.Length < 3
            ? Estimate.Exact(value, "too few units for an interval", population)
            : Estimate.Normal(value, StandardError(influences, population), Sampled(method, influences.Length, population), population);

    /// <summary>
    /// The same for a positive statistic, symmetric in its logarithm: for standard deviations, whose own distribution leans to the right.
    /// </summary>
    public static Estimate OfPositive(double value, ReadOnlySpan<double> influences, string method) =>
        OfPositive(value, influences, method, influences.Length);

    /// <summary>The same from the influences of a random sample of the units.</summary>
    internal static Estimate OfPositive(double value, ReadOnlySpan<double> influences, string method, long population)
    {
        if (influences.Length < 3)
            return Estimate.Exact(value, "too few units for an interval", population);
        double factor = Math.Exp(Estimate.NormalQuantile * StandardError(influences, population) / value);
        return double.IsFinite(factor)
            ? new Estimate(
                value, value / factor, value * factor, 0.95, Sampled(method + ", log scale", influences.Length, population), population)
            : FromInfluences(value, influences, method, population);
    }

    /// <summary>The standard error of the mean of the influences.</summary>
    public static double StandardError(ReadOnlySpan<double> influences) => StandardError(influences, influences.Length);

    private static double StandardError(ReadOnlySpan<double> influences, long population)
    {
        int n = influences.Length;
        double mean = 0;
        foreach (double influence in influences)
            mean += influence;
        mean /= n;
        double squares = 0;
        foreach (double influence in influences)
            squares += (influence - mean) * (influence - mean);
        return Math.Sqrt(squares / (n - 1.0) / population);
    }

    private static string Sampled(string method, int sampled, long population) => sampled == population
        ? method
        : FormattableString.Invariant($"{method}, from a random sample of {sampled} of them");
}
