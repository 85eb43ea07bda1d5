namespace ModalityGap.Tests.SlowTwins;

/// <summary>Corrected scores, written down from their formulas in float64.</summary>
internal static class SlowScores
{
    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    public static double MeanOfNearest(double[][] bank, double[] document, int k) =>
        bank.Select(query => Dot(query, document)).OrderDescending().Take(k).Average();

    public static double LogSum(double[][] bank, double[] document, double beta) =>
        Math.Log(bank.Sum(query => Math.Exp(beta * Dot(query, document))));

    /// <summary>(mean, population deviation).</summary>
    public static (double Mean, double Deviation) Moments(IEnumerable<double> scores)
    {
        double[] list = [.. scores];
        double mean = list.Average();
        return (mean, Math.Sqrt(list.Average(score => (score - mean) * (score - mean))));
    }
}
