using ModalityGap.Numerics;

namespace ModalityGap.Statistics;

/// <summary>
/// Whether the mean of n difference vectors is zero: under that hypothesis their signs are exchangeable, so ‖Σ ε_i g_i‖ over random signs
/// shows what chance gives.
/// </summary>
internal static class SignFlipTest
{
    /// <summary>Number of random sign vectors.</summary>
    public const int Permutations = 999;

    /// <summary>Writes difference vector i.</summary>
    public delegate void Difference(int i, Span<float> target);

    /// <summary>The p-value (1 + #{at least as large}) / (B + 1).</summary>
    public static Estimate Run(int n, int dimensions, Difference difference, RandomStream random, WorkContext work)
    {
        const int rows = Permutations + 1;
        double[] sums = ChunkedProduct.Run(n, rows, dimensions, Fill, work);
        double observed = SquaredNorm(sums, 0, dimensions);
        int reached = 0;
        for (int b = 1; b < rows; b++)
            if (SquaredNorm(sums, b, dimensions) >= observed)
                reached++;
        return Estimate.Exact((1.0 + reached) / (Permutations + 1), $"{Permutations} random sign flips", n);

        // Row 0 is the data as it is; one random bit decides each sign of the others.
        void Fill(int first, int count, float[] signs, float[] columns)
        {
            Array.Fill(signs, 1f, 0, count);
            for (int i = 0; i < count; i++)
            {
                RandomStream stream = random.Fork("signs", first + i);
                ulong bits = 0;
                for (int b = 1; b < rows; b++)
                {
                    if (b % 64 == 1)
                        bits = stream.NextBits();
                    signs[b * count + i] = (bits & 1) == 0 ? 1 : -1;
                    bits >>= 1;
                }
            }
            var row = new float[dimensions];
            for (int i = 0; i < count; i++)
            {
                difference(first + i, row);
                for (int k = 0; k < dimensions; k++)
                    columns[k * count + i] = row[k];
            }
        }
    }

    private static double SquaredNorm(double[] rows, int row, int dimensions)
    {
        double sum = 0;
        for (int k = 0; k < dimensions; k++)
        {
            double value = rows[(long)row * dimensions + k];
            sum += value * value;
        }
        return sum;
    }
}
