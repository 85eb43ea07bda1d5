namespace ModalityGap.Statistics;

/// <summary>
/// The interval of a difference of two estimates from their own intervals and their correlation (Zou, Psychological Methods 2007): it keeps
/// what is lopsided in them, as near a bound that they cannot cross. For symmetric intervals it is the usual sqrt(s² + t² - 2 r s t).
/// </summary>
internal static class Difference
{
    /// <summary>Of estimates from other units: nothing correlates them.</summary>
    public static Estimate Unpaired(Estimate a, Estimate b) =>
        Of(a, b, 0, "from both intervals, as of independent samples", Math.Min(a.Count, b.Count));

    /// <summary>Of estimates from the same units.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">What is subtracted from it.</param>
    /// <param name="byUnitOfA">What each unit contributes to the one, up to scale and constant.</param>
    /// <param name="byUnitOfB">What the same unit contributes to the other.</param>
    public static Estimate Paired(Estimate a, Estimate b, ReadOnlySpan<double> byUnitOfA, ReadOnlySpan<double> byUnitOfB) => Of(
        a, b, Correlation(byUnitOfA, byUnitOfB), "from both intervals and the correlation of their jackknife values over the same items", a.Count);

    // L = a - b - sqrt((a - l_a)² + (u_b - b)² - 2 r (a - l_a)(u_b - b)), U likewise with the other ends.
    private static Estimate Of(Estimate a, Estimate b, double correlation, string method, long count)
    {
        double value = a.Value - b.Value;
        if (a is not { Low: { } lowA, High: { } highA } || b is not { Low: { } lowB, High: { } highB })
            return Estimate.Exact(value, "one of the two numbers has no interval", count);
        return new Estimate(
            value,
            value - Reach(a.Value - lowA, highB - b.Value, correlation),
            value + Reach(highA - a.Value, b.Value - lowB, correlation),
            a.Level,
            method,
            count);
    }

    private static double Reach(double ofA, double ofB, double correlation) =>
        Math.Sqrt(Math.Max(0, ofA * ofA + ofB * ofB - 2 * correlation * ofA * ofB));

    /// <summary>Pearson's correlation; 0 where one of the two does not vary.</summary>
    public static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double meanX = Mean(x), meanY = Mean(y), xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : 0;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
