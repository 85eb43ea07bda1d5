namespace ModalityGap.Statistics;

/// <summary>The χ² distribution.</summary>
internal static class ChiSquared
{
    private const int MostTerms = 100_000;

    /// <summary>
    /// The probability that χ² with so many degrees of freedom is at least as large: Q(k/2, x/2), the regularised upper incomplete gamma
    /// function, by its series below k/2 + 1 and by its continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31). Relative error
    /// below 1e-12 where it is above 1e-300.
    /// </summary>
    public static double UpperTail(double statistic, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        double a = degrees / 2.0, x = statistic / 2;
        if (x == 0)
            return 1;
        double front = Math.Exp(a * Math.Log(x) - x - LogGammaOfHalf(degrees));
        return x < a + 1 ? 1 - front * Series(a, x) : front * ContinuedFraction(a, x);
    }

    // Σ x^n / (a (a + 1) ... (a + n)).
    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (int n = 1; n < MostTerms && term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    // 1 / (x + 1 - a - 1(1 - a) / (x + 3 - a - ...)), by Lentz's method as Thompson and Barnett changed it.
    private static double ContinuedFraction(double a, double x)
    {
        const double tiny = 1e-300;
        double b = x + 1 - a, c = 1 / tiny, d = 1 / b, value = d;
        for (int n = 1; n < MostTerms; n++)
        {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / NotZero(numerator * d + b);
            c = NotZero(b + numerator / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
                break;
        }
        return value;

        static double NotZero(double denominator) => Math.Abs(denominator) < tiny ? tiny : denominator;
    }

    // ln Γ(k/2) from Γ(1/2) = √π and Γ(1) = 1, upwards.
    private static double LogGammaOfHalf(int degrees)
    {
        double sum = degrees % 2 == 1 ? 0.5 * Math.Log(Math.PI) : 0;
        for (double a = degrees % 2 == 1 ? 0.5 : 1; a < degrees / 2.0; a++)
            sum += Math.Log(a);
        return sum;
    }
}
