namespace ModalityGap.Projections;

/// <summary>
/// How strongly two points at distance d hold each other for neighbours in the plane: 1 / (1 + a d^2b), with a and b by least squares nearest
/// to 1 up to the minimum distance and exp(-(d - minimum) / spread) beyond, on 300 points up to three spreads (McInnes et al. 2018, section 3.2).
/// </summary>
/// <param name="A">a.</param>
/// <param name="B">b.</param>
internal readonly record struct LayoutCurve(double A, double B)
{
    private const int Points = 300;

    private const int MostSteps = 200;

    /// <summary>Fits the curve by damped Gauss-Newton steps (Levenberg and Marquardt) from a = b = 1.</summary>
    public static LayoutCurve Fit(double minimumDistance, double spread)
    {
        double[] distances = new double[Points], wanted = new double[Points];
        for (int k = 0; k < Points; k++)
        {
            distances[k] = 3 * spread * k / (Points - 1);
            wanted[k] = distances[k] < minimumDistance ? 1 : Math.Exp(-(distances[k] - minimumDistance) / spread);
        }
        LayoutCurve curve = new(1, 1);
        double error = curve.Error(distances, wanted), damping = 1e-3;
        for (int step = 0; step < MostSteps && damping < 1e12; step++)
        {
            LayoutCurve next = curve.Step(distances, wanted, damping);
            double after = next.A > 0 && next.B > 0 ? next.Error(distances, wanted) : double.PositiveInfinity;
            if (after < error)
                (curve, error, damping) = (next, after, damping / 10);
            else
                damping *= 10;
        }
        return curve;
    }

    private LayoutCurve Step(double[] distances, double[] wanted, double damping)
    {
        double aa = 0, ab = 0, bb = 0, ga = 0, gb = 0;
        for (int k = 0; k < distances.Length; k++)
        {
            double x = distances[k];
            if (x == 0)
                continue;
            double power = Math.Pow(x, 2 * B), value = 1 / (1 + A * power), residual = wanted[k] - value;
            double byA = -value * value * power, byB = -value * value * A * power * 2 * Math.Log(x);
            aa += byA * byA;
            ab += byA * byB;
            bb += byB * byB;
            ga += byA * residual;
            gb += byB * residual;
        }
        aa *= 1 + damping;
        bb *= 1 + damping;
        double determinant = aa * bb - ab * ab;
        return new LayoutCurve(A + (ga * bb - gb * ab) / determinant, B + (gb * aa - ga * ab) / determinant);
    }

    private double Error(double[] distances, double[] wanted)
    {
        double sum = 0;
        for (int k = 0; k < distances.Length; k++)
        {
            double residual = wanted[k] - 1 / (1 + A * Math.Pow(distances[k], 2 * B));
            sum += residual * residual;
        }
        return sum;
    }
}
