using ModalityGap.Statistics;

namespace ModalityGap.Tests.Statistics;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Kendall_ByHand_CountsPairsInOrder()
    {
        Assert.Equal(1.0 / 3, RankCorrelation.Kendall([1, 2, 3], [10, 30, 20]));
        Assert.Equal(-1, RankCorrelation.Kendall([1, 2, 3], [3, 2, 1]));
        // Of three pairs one is tied in x: two concordant over sqrt(2 · 3).
        Tolerance.Float64.Check(2 / Math.Sqrt(6), RankCorrelation.Kendall([1, 1, 2], [1, 2, 3])!.Value, "tau b");
    }

    [Fact]
    public void Spearman_ByHand_IsThatOfRanks()
    {
        Tolerance.Float64.Check(1 - 6 * 2 / (4.0 * 15), RankCorrelation.Spearman([1, 2, 3, 4], [5, 6, 100, 99])!.Value, "rho");
    }

    // scipy.stats.kendalltau and spearmanr, SciPy.
    [Fact]
    public void Both_WithTies_AreThoseOfSciPy()
    {
        double[] x = [1, 2, 2, 4, 5, 6, 7, 7], y = [3, 1, 2, 2, 6, 5, 8, 4];

        Tolerance.Float64.Check(0.4906533814626582, RankCorrelation.Kendall(x, y)!.Value, "tau");
        Tolerance.Float64.Check(0.7091039322395568, RankCorrelation.Spearman(x, y)!.Value, "rho");
    }

    [Fact]
    public void Both_WhereAllEntriesOfOneListAreEqual_AreUndefined()
    {
        Assert.Null(RankCorrelation.Kendall([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.Spearman([1, 2, 3], [2, 2, 2]));
    }

    [Theory]
    [InlineData(3, 2.0 / 6)]
    [InlineData(4, 2.0 / 24)]
    [InlineData(5, 2.0 / 120)]
    public void PermutationPValue_OfOneOrder_IsTwoOfAllOrders(int models, double expected)
    {
        double[] x = [.. Enumerable.Range(0, models).Select(k => (double)k)];

        Estimate p = RankCorrelation.PermutationPValue(x, [.. x.Reverse()], new RandomStream(1));

        Assert.Equal(expected, p.Value);
        Assert.Null(p.Low);
    }

    [Fact]
    public void PermutationPValue_OfManyModels_ComesNearTheExactOne()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8], y = [2, 1, 4, 3, 5, 8, 6, 7];
        double exact = RankCorrelation.PermutationPValue(x, y, new RandomStream(1)).Value;
        // A ninth model that ties with nobody and agrees with all makes the list too long for every order; the p-value can but fall.
        double random = RankCorrelation.PermutationPValue([.. x, 9], [.. y, 9], new RandomStream(1)).Value;

        Assert.InRange(exact, 0.001, 0.05);
        Assert.InRange(random, 0.0001, exact);
        Assert.Equal(1.0, RankCorrelation.PermutationPValue([.. x, 9], [5, 5, 5, 5, 5, 5, 5, 5, 5], new RandomStream(1)).Value);
    }

    [Fact]
    public void Intervals_TakeFiveModelsAndADisagreement()
    {
        Assert.Null(RankCorrelation.KendallInterval(0.5, 4));
        Assert.Null(RankCorrelation.SpearmanInterval(-1, 20));
        Estimate five = RankCorrelation.KendallInterval(0.6, 5)!;
        Assert.True(five.Low < 0 && five.High < 1, "five models hardly fix anything");
        Assert.True(RankCorrelation.KendallInterval(0.6, 50)!.Low > 0.4);
    }

    /// <summary>Nominal 95 % over 1,000 sets of models drawn from a normal population, where τ = 2/π arcsin ρ: between 93 and 98 %.</summary>
    [Theory]
    [InlineData(8, 0.0)]
    [InlineData(12, 0.6)]
    public void KendallInterval_OverSimulatedModels_CoversTheTruthAsOftenAsItSays(int models, double rho)
    {
        RandomStream random = new(17);
        double truth = 2 / Math.PI * Math.Asin(rho);
        int covered = 0, sets = 0;
        for (; sets < 1000; sets++)
        {
            double[] x = [.. Enumerable.Range(0, models).Select(_ => random.NextNearlyNormal())];
            double[] y = Array.ConvertAll(x, value => rho * value + Math.Sqrt(1 - rho * rho) * random.NextNearlyNormal());
            // No interval where all agree: it then says nothing false.
            covered += RankCorrelation.KendallInterval(RankCorrelation.Kendall(x, y)!.Value, models) is not { } found || (found.Low <= truth && truth <= found.High) ? 1 : 0;
        }
        Assert.InRange(covered / (double)sets, 0.93, 0.98);
    }
}
