using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Statistics;

public sealed class SignFlipTestTests
{
    private static readonly WorkContext OneThread = new(1);

    [Fact]
    public void Run_WithoutADifference_GivesUniformPValues()
    {
        double[] values = [.. Enumerable.Range(0, 250).Select(set => PValue(set, 25, 4, 0)).Order()];
        // Kolmogorov-Smirnov: 1.95/√n is exceeded once in a thousand.
        double distance = values.Select((p, k) => Math.Max(Math.Abs(p - k / 250.0), Math.Abs(p - (k + 1) / 250.0))).Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(250));
    }

    [Fact]
    public void Run_WithALargeDifference_ReachesTheSmallestPValue() => Assert.Equal(0.001, PValue(1, 40, 8, 3));

    [Fact]
    public void Run_WithAModerateDifference_FindsItMoreOftenThanChance() =>
        Assert.InRange(Enumerable.Range(0, 60).Count(set => PValue(set, 25, 4, 0.5) <= 0.05), 20, 60);

    [Fact]
    public void Run_WithTwoUnits_NeverFallsBelowAHalf()
    {
        // Both signs equal or both opposite give the observed length again.
        Assert.InRange(PValue(3, 2, 3, 5), 0.4, 1);
    }

    [Fact]
    public void Run_WithManyUnits_AgreesWithFlippingByHand()
    {
        const int n = 1500, d = 3;
        double[][] rows = Draw(5, n, d, 0.03);
        double p = PValue(5, n, d, 0.03);
        RandomStream random = new(99);
        double observed = Length(_ => 1);
        int reached = Enumerable.Range(0, 2000).Count(_ => Length(_ => random.NextIndex(2) == 0 ? 1 : -1) >= observed);
        new Tolerance(0, 0.06).Check((1.0 + reached) / 2001, p, "p-value");

        double Length(Func<int, int> sign)
        {
            var sum = new double[d];
            for (int i = 0; i < n; i++)
            {
                int by = sign(i);
                for (int k = 0; k < d; k++)
                    sum[k] += by * rows[i][k];
            }
            return sum.Sum(value => value * value);
        }
    }

    private static double PValue(int set, int n, int d, double offset)
    {
        double[][] rows = Draw(set, n, d, offset);
        return SignFlipTest.Run(n, d, (i, target) =>
        {
            for (int k = 0; k < d; k++)
                target[k] = (float)rows[i][k];
        }, new RandomStream(set).Fork("flips"), OneThread).Value;
    }

    private static double[][] Draw(int set, int n, int d, double offset)
    {
        RandomStream random = new RandomStream(23).Fork("set", set);
        return [.. Enumerable.Range(0, n).Select(_ => Array.ConvertAll(Rows.Gaussian(random, d), value => value + offset))];
    }
}
