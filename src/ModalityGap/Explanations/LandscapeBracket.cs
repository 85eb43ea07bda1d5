namespace ModalityGap.Explanations;

/// <summary>
/// One bracket of a landscape, at one convention and temperature: the losses at seven Chebyshev-Lobatto points around a grid point, of which
/// the middle and the ends lie on the grid. A polynomial through them locates the minimum far closer than 0.01.
/// </summary>
internal sealed class LandscapeBracket(double centre, double radius)
{
    /// <summary>The points between those of the grid, as shares of the radius: ±sin 60°, ±sin 30°.</summary>
    public static readonly double[] Inner = [-0.8660254037844386, -0.5, 0.5, 0.8660254037844386];

    private static readonly double[] Nodes = [-1, Inner[0], Inner[1], 0, Inner[2], Inner[3], 1];

    // Barycentric weights of Chebyshev-Lobatto points: alternating signs, halves at the ends.
    private static readonly double[] Weights = [0.5, -1, 1, -1, 1, -1, 0.5];

    /// <summary>The δ of an inner point.</summary>
    public double Inside(int k) => centre + radius * Inner[k];

    /// <summary>The lowest point of the polynomial through seven losses: δ, loss and second derivative.</summary>
    public (double Distance, double Loss, double Curvature) Lowest(ReadOnlySpan<double> losses)
    {
        const int scan = 200;
        double best = 0, lowest = double.PositiveInfinity;
        for (int s = -scan; s <= scan; s++)
        {
            double loss = Interpolate(losses, s / (double)scan);
            if (loss < lowest)
                (best, lowest) = (s / (double)scan, loss);
        }
        double left = Math.Max(-1, best - 1.0 / scan), right = Math.Min(1, best + 1.0 / scan);
        for (int round = 0; round < 60; round++)
        {
            double a = left + (right - left) / 3, b = right - (right - left) / 3;
            if (Interpolate(losses, a) <= Interpolate(losses, b))
                right = b;
            else
                left = a;
        }
        best = 0.5 * (left + right);
        const double step = 0.2;
        double at = Math.Clamp(best, -1 + step, 1 - step);
        double curvature = (Interpolate(losses, at - step) - 2 * Interpolate(losses, at) + Interpolate(losses, at + step))
            / (step * step * radius * radius);
        return (centre + radius * best, Interpolate(losses, best), curvature);
    }

    private static double Interpolate(ReadOnlySpan<double> values, double t)
    {
        double numerator = 0, denominator = 0;
        for (int k = 0; k < Nodes.Length; k++)
        {
            double distance = t - Nodes[k];
            if (distance == 0)
                return values[k];
            numerator += Weights[k] / distance * values[k];
            denominator += Weights[k] / distance;
        }
        return numerator / denominator;
    }
}
