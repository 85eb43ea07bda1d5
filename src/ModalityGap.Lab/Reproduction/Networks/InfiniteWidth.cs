namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>
/// What happens to the cosine of two rows in a layer of infinite width. Before the activation both have variance s = (q + b)/d and correlation
/// (q c + b)/(q + b), where q is their squared norm, c their cosine, b = 1 with a bias of variance 1/d and 0 without.
/// </summary>
internal static class InfiniteWidth
{
    private const int Nodes = 400;

    private const double Reach = 8;

    /// <summary>κ₁ of Cho and Saul (2009): the cosine after a ReLU of normal values whose correlation is ρ; (sin θ + (π - θ) cos θ)/π, cos θ = ρ.</summary>
    public static double Kappa(double correlation)
    {
        double theta = Math.Acos(Math.Clamp(correlation, -1, 1));
        return (Math.Sin(theta) + (Math.PI - theta) * Math.Cos(theta)) / Math.PI;
    }

    /// <summary>The cosine before and after each layer.</summary>
    /// <param name="activation">φ.</param>
    /// <param name="width">d: the bias and the activation see values of variance (q + b)/d.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="layers">How many layers.</param>
    /// <param name="squaredNorm">q of the inputs.</param>
    /// <param name="cosine">c of the inputs.</param>
    public static double[] Cosines(Activation activation, int width, bool bias, int layers, double squaredNorm, double cosine)
    {
        var curve = new double[layers + 1];
        (double q, double c, double b) = (squaredNorm, cosine, bias ? 1 : 0);
        curve[0] = c;
        for (int layer = 1; layer <= layers; layer++)
        {
            (q, c) = Next(activation, width, q, (q * c + b) / (q + b), b);
            curve[layer] = c;
        }
        return curve;
    }

    private static (double SquaredNorm, double Cosine) Next(Activation activation, int width, double q, double correlation, double b)
    {
        double variance = (q + b) / width;
        return activation.Name switch
        {
            "linear" => (q + b, correlation),
            "ReLU" => ((q + b) / 2, Kappa(correlation)),
            // max(u, v) = (u + v)/2 + |u - v|/2 of independent u and v: its kernel is that of the ReLU, and its mean square that of u.
            "maxout" => (q + b, Kappa(correlation)),
            "LeakyReLU" => Leaky(q + b, correlation),
            _ => (width * Mean(activation, variance, 1), Mean(activation, variance, correlation) / Mean(activation, variance, 1)),
        };
    }

    // φ = a z + (1 - a) ReLU(z): E φφ' = (a + (1 - a)²κ/2 + ...); the mixed terms of z and ReLU(z') give ρ/2 each.
    private static (double SquaredNorm, double Cosine) Leaky(double q, double correlation)
    {
        const double a = Activation.Leak, rest = 1 - Activation.Leak;
        double own = a * a + a * rest + rest * rest / 2, shared = (a * a + a * rest) * correlation + rest * rest / 2 * Kappa(correlation);
        return (q * own, shared / own);
    }

    // E φ(z)φ(z') of normal values with this variance and correlation, by the trapezoidal rule on both axes, which converges geometrically for what
    // is smooth and decays.
    private static double Mean(Activation activation, double variance, double correlation)
    {
        double deviation = Math.Sqrt(variance), rest = Math.Sqrt(Math.Max(0, 1 - correlation * correlation)), step = 2 * Reach / Nodes, sum = 0, total = 0;
        int across = rest < 1e-9 ? 1 : Nodes + 1;
        for (int i = 0; i <= Nodes; i++)
        {
            double u = -Reach + i * step, weight = Math.Exp(-u * u / 2), inner = 0, mass = 0;
            for (int j = 0; j < across; j++)
            {
                double v = across == 1 ? 0 : -Reach + j * step, density = Math.Exp(-v * v / 2);
                inner += density * activation.Of(deviation * (correlation * u + rest * v));
                mass += density;
            }
            sum += weight * activation.Of(deviation * u) * inner / mass;
            total += weight;
        }
        return sum / total;
    }
}
