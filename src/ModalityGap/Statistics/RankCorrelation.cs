namespace ModalityGap.Statistics;

/// <summary>Spearman's correlation of ranks with an interval over units that were drawn at random.</summary>
internal static class RankCorrelation
{
    /// <summary>Below this many units a correlation has no interval.</summary>
    private const int FewestForInterval = 5;

    /// <summary>ρ in [-1, 1], or <c>null</c> where all values of one side are equal.</summary>
    public static Estimate? Spearman(double[] first, double[] second) =>
        RankAgreement.Spearman(first, second) is { } rho ? Interval(Math.Clamp(rho, -1, 1), first.Length) : null;

    private static Estimate Interval(double rho, int count)
    {
        if (count < FewestForInterval || Math.Abs(rho) == 1)
            return Estimate.Exact(rho, count < FewestForInterval ? "too few units for an interval" : "the ranks agree everywhere", count);
        double z = Math.Atanh(rho), reach = Estimate.NormalQuantile * Math.Sqrt((1 + rho * rho / 2) / (count - 3.0));
        return new Estimate(rho, Math.Tanh(z - reach), Math.Tanh(z + reach), 0.95, "Fisher's z with the variance of Bonett and Wright", count);
    }
}
