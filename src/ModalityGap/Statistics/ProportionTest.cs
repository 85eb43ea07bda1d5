namespace ModalityGap.Statistics;

/// <summary>
/// Whether two independent samples have the same share of hits: Pearson's χ² of the 2 x 2 table, without Yates' correction. On the same
/// units twice, as when one set of images is classified before and after a change, they are not independent: there
/// <see cref="McNemarTest"/> is the test, and this one shows what a published table did.
/// </summary>
/// <remarks>
/// The p-values of the paper's Table 5 are those of this test: CIFAR-10 (0.9026 and 0.9104) and CIFAR-100 with n = 60,000, the training and
/// the test images together, EuroSAT with all n = 27,000.
/// </remarks>
public static class ProportionTest
{
    /// <summary>The p-value; 1 where all or none of both samples are hits.</summary>
    /// <param name="firstHits">Hits among the first sample.</param>
    /// <param name="firstCount">Its size.</param>
    /// <param name="secondHits">Hits among the second sample.</param>
    /// <param name="secondCount">Its size.</param>
    public static Estimate Run(long firstHits, long firstCount, long secondHits, long secondCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstHits);
        ArgumentOutOfRangeException.ThrowIfNegative(secondHits);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstCount, Math.Max(1, firstHits));
        ArgumentOutOfRangeException.ThrowIfLessThan(secondCount, Math.Max(1, secondHits));
        return Estimate.Exact(
            ChiSquared.UpperTail(Statistic(firstHits, firstCount, secondHits, secondCount), 1),
            "χ² of two shares as of independent samples, without continuity correction",
            firstCount + secondCount);
    }

    /// <summary>(p₁ - p₂)² / (p (1 - p) (1/n₁ + 1/n₂)), p the share of hits in both together.</summary>
    internal static double Statistic(double firstHits, double firstCount, double secondHits, double secondCount)
    {
        double both = (firstHits + secondHits) / (firstCount + secondCount);
        double difference = firstHits / firstCount - secondHits / secondCount;
        return both is 0 or 1 ? 0 : difference * difference / (both * (1 - both) * (1 / firstCount + 1 / secondCount));
    }
}
