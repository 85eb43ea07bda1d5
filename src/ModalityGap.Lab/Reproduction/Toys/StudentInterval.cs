using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>Intervals from few repetitions.</summary>
internal static class StudentInterval
{
    /// <summary>The mean with Student's 95 % interval.</summary>
    /// <param name="values">One value a repetition.</param>
    /// <param name="units">What was repeated, in words.</param>
    public static Estimate Mean(IReadOnlyList<double> values, string units)
    {
        double mean = values.Average();
        if (values.Count < 2)
            return Estimate.Exact(mean, "one repetition", values.Count);
        double reach = Quantile(values.Count - 1) * Deviation(values) / Math.Sqrt(values.Count);
        return new Estimate(mean, mean - reach, mean + reach, 0.95, $"Student's t over {units}", values.Count);
    }

    /// <summary>The interval in which one more repetition lies 95 times in a hundred.</summary>
    public static (double Low, double High) Next(IReadOnlyList<double> values)
    {
        double mean = values.Average(), reach = Quantile(values.Count - 1) * Deviation(values) * Math.Sqrt(1 + 1.0 / values.Count);
        return (mean - reach, mean + reach);
    }

    /// <summary>Standard deviation with the divisor n - 1.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>
    /// t with P(T ≤ t) = 0.975. A point drawn uniformly from a sphere has a direction whose cotangent to an axis, times √ν, is T with ν degrees of
    /// freedom: the tail is
    /// the share of a cap in ν + 1 dimensions.
    /// </summary>
    public static double Quantile(int degrees)
    {
        double low = 0, high = 100;
        for (int i = 0; i < 80; i++)
        {
            double t = (low + high) / 2;
            if (SphericalCap.Share(degrees + 1, Math.Atan2(Math.Sqrt(degrees), t)) > 0.025)
                low = t;
            else
                high = t;
        }
        return (low + high) / 2;
    }
}
