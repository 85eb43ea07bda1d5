using System.Runtime.Intrinsics;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Numerics;

public sealed class LanesTests
{
    [Fact]
    public void Exp2_OverItsRange_IsRightToTwoTenMillionths()
    {
        for (double z = -126; z < 127; z += 0.0137)
            new Tolerance(2e-7, 0).Check(Math.Pow(2, (float)z), Lanes.Exp2(Vector512.Create((float)z))[5], $"2^{z}");
    }

    [Theory]
    [InlineData(-200f, -126)]
    [InlineData(-1e30f, -126)]
    [InlineData(300f, 127)]
    public void Exp2_BeyondItsRange_Stops(float z, int exponent) =>
        new Tolerance(1e-6, 0).Check(Math.Pow(2, exponent), Lanes.Exp2(Vector512.Create(z))[0], $"2^{z}");

    [Fact]
    public void Log2_OverItsRange_IsRight()
    {
        for (double z = -126; z < 127; z += 0.00391)
        {
            float x = (float)Math.Pow(2, z);
            new Tolerance(3e-7, 1e-6).Check(Math.Log2(x), Lanes.Log2(Vector512.Create(x))[5], $"log2 {x}");
        }
        Assert.Equal(0, Lanes.Log2(Vector512.Create(1f))[0]);
    }

    [Fact]
    public void SumAndMax_OfSixteenNumbers_AreTheirSumAndMaximum()
    {
        RandomStream random = new(3);
        for (int round = 0; round < 100; round++)
        {
            float[] values = [.. Enumerable.Range(0, 16).Select(_ => (float)random.NextNearlyNormal())];
            Tolerance.StoredFloat32.Check(values.Sum(value => (double)value), Lanes.Sum(Vector512.Create(values)), "sum");
            Assert.Equal(values.Max(), Lanes.Max(Vector512.Create(values)));
        }
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(3, 9)]
    [InlineData(-5, 2)]
    [InlineData(7, 40)]
    [InlineData(9, 9)]
    public void Between_OfTwoLanes_CountsThoseBetween(int from, int to) =>
        Assert.Equal(Math.Min(to, 16) - Math.Max(from, 0), Lanes.CountTrue(Lanes.Between(from, to)));

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(77)]
    [InlineData(1000)]
    public void Float64_OfAnyLength_IsTheSumOfProducts(int length)
    {
        RandomStream random = new(length);
        float[] x = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextNearlyNormal())];
        float[] y = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextNearlyNormal())];
        double expected = 0;
        for (int k = 0; k < length; k++)
            expected += (double)x[k] * y[k];
        new Tolerance(1e-12, 1e-11).Check(expected, Dot.Float64(x, y), "two rows");
        new Tolerance(1e-12, 1e-11).Check(expected, Dot.Float64(x, Array.ConvertAll(y, value => (double)value)), "a row and a vector");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(500)]
    [InlineData(1024)]
    public void Uncertainty_OfUnitRows_BoundsTheRoundingOfTheirProduct(int dimensions)
    {
        RandomStream random = new(dimensions);
        foreach (double noise in new[] { 0, 0.01, 0.5, 100 })
            for (int round = 0; round < 50; round++)
            {
                float[] x = Unit(noise), y = Unit(noise);
                Assert.InRange(Math.Abs(Dot.AsInTile(x, y) - Dot.Float64(x, y)), 0, Dot.Uncertainty(dimensions));
            }

        float[] Unit(double noise)
        {
            double[] row = Samples.Rows.Unit([.. Enumerable.Range(0, dimensions).Select(_ => 1 + noise * random.NextNearlyNormal())]);
            return Array.ConvertAll(row, value => (float)value);
        }
    }
}
