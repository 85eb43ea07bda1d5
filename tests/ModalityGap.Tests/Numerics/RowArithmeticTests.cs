using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Numerics;

public sealed class RowArithmeticTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void Affine_OfAnyParts_GivesTheBitsOfFloat64(int d)
    {
        RandomStream random = new(241);
        for (int parts = 0; parts < 16; parts++)
        {
            float[] x = Array.ConvertAll(Values(random, d), value => (float)value), target = new float[d];
            double[] centre = (parts & 1) != 0 ? Values(random, d) : [], offset = (parts & 2) != 0 ? Values(random, d) : [];
            double[] scale = (parts >> 2) switch { 1 => Values(random, d), 2 => Values(random, 1), _ => [] };
            RowArithmetic.Affine(x, centre, scale, offset, target);
            for (int k = 0; k < d; k++)
            {
                double value = x[k];
                value = centre.Length > 0 ? value - centre[k] : value;
                value = scale.Length > 0 ? value * scale[scale.Length == 1 ? 0 : k] : value;
                value = offset.Length > 0 ? value + offset[k] : value;
                Assert.Equal((float)value, target[k]);
            }
        }
        Assert.Throws<ArgumentException>(() => RowArithmetic.Affine(new float[5], new double[4], [], [], new float[5]));
    }

    [Fact]
    public void Divide_OfAnyNumbers_GivesTheBitsOfTheDivision()
    {
        RandomStream random = new(242);
        for (int trial = 0; trial < 20_000; trial++)
        {
            double norm = Math.ScaleB(0.5 + random.NextUniform(), random.NextIndex(40) - 20);
            float[] row = [.. Enumerable.Range(0, 32).Select(_ => (float)(norm * random.NextNearlyNormal()))];
            // Quotients in the middle between two float32 numbers, which a product with the reciprocal would round at random.
            if (trial % 2 == 0)
                norm = 3;
            for (int k = 0; trial % 2 == 0 && k < row.Length; k++)
                row[k] = (float)(3 * (1 + (2 * random.NextIndex(1 << 22) + 1) * Math.ScaleB(1, -24)));
            float[] expected = Array.ConvertAll(row, value => (float)(value / norm));
            RowArithmetic.Divide(row, norm);
            Assert.Equal(expected, row);
        }
        float[] odd = [0, -0f, float.Epsilon, float.MaxValue, 1e-40f, -1e-39f, 3e38f, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        float[] halves = Array.ConvertAll(odd, value => (float)(value / 2.0));
        RowArithmetic.Divide(odd, 2);
        Assert.Equal(halves.Select(BitConverter.SingleToInt32Bits), odd.Select(BitConverter.SingleToInt32Bits));
    }

    private static double[] Values(RandomStream random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNearlyNormal())];
}
