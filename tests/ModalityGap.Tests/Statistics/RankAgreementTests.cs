using ModalityGap.Statistics;

namespace ModalityGap.Tests.Statistics;

public sealed class RankAgreementTests
{
    [Fact]
    public void Kendall_ByHand_CountsPairsInOrder()
    {
        Assert.Equal(1.0 / 3, RankAgreement.Kendall([1, 2, 3], [10, 30, 20]));
        Assert.Equal(-1, RankAgreement.Kendall([1, 2, 3], [3, 2, 1]));
        // Of three pairs one is tied in x: two concordant over sqrt(2 · 3).
        Tolerance.Float64.Check(2 / Math.Sqrt(6), RankAgreement.Kendall([1, 1, 2], [1, 2, 3])!.Value, "tau b");
    }

    [Fact]
    public void Spearman_ByHand_IsThatOfRanks()
    {
        Tolerance.Float64.Check(1 - 6 * 2 / (4.0 * 15), RankAgreement.Spearman([1, 2, 3, 4], [5, 6, 100, 99])!.Value, "rho");
    }

    // scipy.stats.kendalltau and spearmanr, SciPy.
    [Fact]
    public void Both_WithTies_AreThoseOfSciPy()
    {
        double[] x = [1, 2, 2, 4, 5, 6, 7, 7], y = [3, 1, 2, 2, 6, 5, 8, 4];

        Tolerance.Float64.Check(0.4906533814626582, RankAgreement.Kendall(x, y)!.Value, "tau");
        Tolerance.Float64.Check(0.7091039322395568, RankAgreement.Spearman(x, y)!.Value, "rho");
    }

    [Fact]
    public void Both_WhereAllEntriesOfOneListAreEqual_AreUndefined()
    {
        Assert.Null(RankAgreement.Kendall([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankAgreement.Spearman([1, 2, 3], [2, 2, 2]));
    }

    [Theory]
    [InlineData(3, 2.0 / 6)]
    [InlineData(4, 2.0 / 24)]
    [InlineData(5, 2.0 / 120)]
    public void PermutationPValue_OfOneOrder_IsTwoOfAllOrders(int models, double expected)
    {
        double[] x = [.. Enumerable.Range(0, models).Select(k => (double)k)];

        Estimate p = RankAgreement.PermutationPValue(x, [.. x.Reverse()], new RandomStream(1));

        Assert.Equal(expected, p.Value);
        Assert.Null(p.Low);
    }

    [Fact]
    public void PermutationPValue_OfManyModels_ComesNearTheExactOne()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8], y = [2, 1, 4, 3, 5, 8, 6, 7];
        double exact = RankAgreement.PermutationPValue(x, y, new RandomStream(1)).Value;
        // A ninth model that ties with nobody and agrees with all makes the list too long for every order; the p-value can but fall.
        double random = RankAgreement.PermutationPValue([.. x, 9], [.. y, 9], new RandomStream(1)).Value;

        Assert.InRange(exact, 0.001, 0.05);
        Assert.InRange(random, 0.0001, exact);
        Assert.Equal(1.0, RankAgreement.PermutationPValue([.. x, 9], [5, 5, 5, 5, 5, 5, 5, 5, 5], new RandomStream(1)).Value);
    }

    [Fact]
    public void Intervals_TakeFiveModelsAndADisagreement()
    {
        Assert.Null(RankAgreement.KendallInterval(0.5, 4));
        Assert.Null(RankAgreement.SpearmanInterval(-1, 20));
        Estimate five = RankAgreement.KendallInterval(0.6, 5)!;
        Assert.True(five.Low < 0 && five.High < 1, "five models hardly fix anything");
        Assert.True(RankAgreement.KendallInterval(0.6, 50)!.Low > 0.4);
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
            Estimate? found = RankAgreement.KendallInterval(RankAgreement.Kendall(x, y)!.Value, models);
            covered += found is null || (found.Low <= truth && truth <= found.High) ? 1 : 0;
        }
        Assert.InRange(covered / (double)sets, 0.93, 0.98);
    }
}
