using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>
/// Normal draws whose tails and moments are those of the normal distribution, where a theorem speaks of them (Marsaglia's polar method). Logarithms
/// may differ in the last bit between machines; where that matters there is <see cref="RandomStream.NextNearlyNormal"/>.
/// </summary>
/// <param name="random">The uniform draws.</param>
internal sealed class NormalDraws(RandomStream random)
{
    private double spare = double.NaN;

    public double Next()
    {
        if (!double.IsNaN(spare))
        {
            double kept = spare;
            spare = double.NaN;
            return kept;
        }
        while (true)
        {
            double x = 2 * random.NextUniform() - 1, y = 2 * random.NextUniform() - 1, square = x * x + y * y;
            if (square is 0 or >= 1)
                continue;
            double factor = Math.Sqrt(-2 * Math.Log(square) / square);
            spare = y * factor;
            return x * factor;
        }
    }

    /// <summary>Fills with draws of this standard deviation.</summary>
    public void Fill(Span<float> values, double deviation)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(deviation * Next());
    }

    /// <summary>Fills with draws of this standard deviation.</summary>
    public void Fill(Span<double> values, double deviation)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = deviation * Next();
    }
}
