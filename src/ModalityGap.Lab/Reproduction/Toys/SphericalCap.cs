namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>
/// The share of the unit sphere in d dimensions that lies within an angle α of a point: ½ I_{sin²α}((d - 1)/2, ½) for α up to 90°, I the regularised
/// incomplete beta function (Li, Asian J. Math. Stat. 2011). In logarithms, for in 512 dimensions it is far below what a double can hold times a count.
/// </summary>
internal static class SphericalCap
{
    private const int MostTerms = 10_000;

    /// <summary>log₂ of the share.</summary>
    /// <param name="dimensions">d, at least 2.</param>
    /// <param name="halfAngle">α in radians, in (0, π).</param>
    public static double LogTwoShare(int dimensions, double halfAngle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 2);
        if (halfAngle > Math.PI / 2)
            return Math.Log2(1 - Math.Pow(2, LogTwoShare(dimensions, Math.PI - halfAngle)));
        double sine = Math.Sin(halfAngle);
        return LogBeta(sine * sine, (dimensions - 1) / 2.0, 0.5) / Math.Log(2) - 1;
    }

    /// <summary>The share itself; 0 where it is below the smallest double.</summary>
    public static double Share(int dimensions, double halfAngle) => Math.Pow(2, LogTwoShare(dimensions, halfAngle));

    // ln I_x(a, b), by its continued fraction (Abramowitz and Stegun 26.5.8), from the side on which that converges fast.
    private static double LogBeta(double x, double a, double b)
    {
        if (x >= 1)
            return 0;
        double front = a * Math.Log(x) + b * Math.Log(1 - x) + LogGamma(a + b) - LogGamma(a) - LogGamma(b);
        return x < (a + 1) / (a + b + 2)
            ? front - Math.Log(a) + Math.Log(Fraction(x, a, b))
            : Math.Log(1 - Math.Exp(front) / b * Fraction(1 - x, b, a));
    }

    // Lentz's method as Thompson and Barnett changed it.
    private static double Fraction(double x, double a, double b)
    {
        double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;
        for (int m = 1; m < MostTerms; m++)
        {
            Step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            double before = value;
            Step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
            if (Math.Abs(value / before - 1) < 1e-15)
                break;
        }
        return value;

        void Step(double numerator)
        {
            d = 1 / (1 + numerator * d);
            c = 1 + numerator / c;
            value *= c * d;
        }
    }

    // ln Γ of a multiple of one half, from Γ(½) = √π and Γ(1) = 1 upwards.
    private static double LogGamma(double a)
    {
        double at = a % 1 == 0 ? 1 : 0.5, sum = at == 1 ? 0 : 0.5 * Math.Log(Math.PI);
        for (; at < a; at++)
            sum += Math.Log(at);
        return sum;
    }
}
