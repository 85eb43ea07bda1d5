using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Statistics;

public sealed class RandomStreamTests
{
    [Fact]
    public void NextBits_OfAKnownSeed_AreThoseOfThePublishedGenerators()
    {
        // SplitMix64 from 1234567 (the published test vector) seeds xoshiro256**, whose state then follows its definition.
        ulong a = 6457827717110365317, b = 3203168211198807973, c = 9817491932198370423, d = 4593380528125082431;
        var random = new RandomStream(1234567);
        for (int draw = 0; draw < 20; draw++)
        {
            Assert.Equal(BitOperations.RotateLeft(b * 5, 7) * 9, random.NextBits());
            ulong t = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= t;
            d = BitOperations.RotateLeft(d, 45);
        }
    }

    [Fact]
    public void Fork_AfterDraws_GivesTheSameStream()
    {
        RandomStream fresh = new(5), used = new(5);
        for (int draw = 0; draw < 10; draw++)
            used.NextBits();
        Assert.Equal(Bits(fresh.Fork("a", 3)), Bits(used.Fork("a", 3)));
    }

    [Fact]
    public void Fork_ByNameReplicateAndSeed_GivesDifferentStreams()
    {
        RandomStream[] streams =
        [
            new(5), new(6), new RandomStream(5).Fork("a"), new RandomStream(5).Fork("b"), new RandomStream(5).Fork("a", 1),
            new RandomStream(6).Fork("a"), new RandomStream(5).Fork("a").Fork("b"), new RandomStream(5).Fork("b").Fork("a"), new RandomStream(5).Fork("ab"),
        ];
        Assert.Equal(streams.Length * 8, streams.SelectMany(Bits).Distinct().Count());
    }

    [Fact]
    public void Fork_OfNeighbouringReplicates_IsUncorrelated()
    {
        const int count = 20000;
        double sum = 0;
        RandomStream parent = new(7);
        for (int k = 0; k < count; k++)
            sum += (parent.Fork("x", k).NextUniform() - 0.5) * (parent.Fork("x", k + 1).NextUniform() - 0.5);
        Assert.InRange(sum / count * 12 * Math.Sqrt(count), -4, 4);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(97)]
    public void NextIndex_OverManyDraws_IsUniform(int bound)
    {
        const int draws = 100000;
        var counts = new int[bound];
        RandomStream random = new(11);
        for (int k = 0; k < draws; k++)
            counts[random.NextIndex(bound)]++;
        double expected = draws / (double)bound;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        // Mean bound - 1, variance twice that.
        Assert.InRange(chiSquare, 0, bound - 1 + 5 * Math.Sqrt(2.0 * (bound - 1)));
    }

    [Fact]
    public void NextIndex_OfAnyBound_StaysBelowIt() => Prop.ForAll(
        ArbMap.Default.ArbFor<PositiveInt>(),
        bound => Enumerable.Range(0, 50).Select(k => new RandomStream(k).NextIndex(bound.Get)).All(index => index >= 0 && index < bound.Get))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void NextIndex_OfNothing_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1).NextIndex(0));

    [Fact]
    public void NextUniform_OverManyDraws_FillsTheUnitIntervalEvenly()
    {
        const int draws = 64000;
        var counts = new int[64];
        RandomStream random = new(13);
        for (int k = 0; k < draws; k++)
        {
            double value = random.NextUniform();
            Assert.InRange(value, 0, 1 - Math.Pow(2, -53));
            counts[(int)(value * 64)]++;
        }
        Assert.InRange(counts.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000), 20, 63 + 5 * Math.Sqrt(126));
    }

    [Fact]
    public void NextNearlyNormal_OverManyDraws_HasMeanNoughtAndVarianceOne()
    {
        RandomStream random = new(17);
        double[] values = [.. Enumerable.Range(0, 50000).Select(_ => random.NextNearlyNormal())];
        Assert.InRange(values.Average(), -0.02, 0.02);
        Assert.InRange(values.Average(value => value * value), 0.97, 1.03);
        Assert.InRange(values.Count(value => Math.Abs(value) < 1.96) / 50000.0, 0.94, 0.96);
    }

    [Fact]
    public void NextPermutation_OfFour_GivesEveryOrderAsOften()
    {
        RandomStream random = new(19);
        int[][] orders = [.. Enumerable.Range(0, 24000).Select(_ => random.NextPermutation(4))];
        Assert.All(orders, order => Assert.Equal([0, 1, 2, 3], order.Order()));
        int[] counts = [.. orders.GroupBy(order => string.Join(',', order)).Select(group => group.Count())];
        Assert.Equal(24, counts.Length);
        Assert.InRange(counts.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000), 0, 23 + 5 * Math.Sqrt(46));
    }

    private static ulong[] Bits(RandomStream random) => [.. Enumerable.Range(0, 8).Select(_ => random.NextBits())];
}
