namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>
/// n pairs x_i = (√(1 - γ²) z_i, γ), y_i = (√(1 - γ²) z_i, -γ), z the corners of a regular simplex: two parallel copies of one figure, 2γ apart. The
/// contrastive loss and its gradient flow keep
/// this form, so that of all points only γ is left, and ν = ln s beside it. With the margin m = (1 - γ²) n/(n - 1) and p = (n - 1)/(n - 1 + e^{s m}),
/// the loss is -ln(1 - p) and the flow of the mean loss
/// d ln γ/dt = -s p m/n, dν/dt = κ s p m: whatever p is, d ln γ/dν = -1/(nκ), so the gap is that at the start times (s/s₀)^(-1/(nκ)).
/// </summary>
/// <param name="Pairs">n.</param>
/// <param name="ScaleRate">κ: how much faster than the points the temperature is learned; 0 keeps it.</param>
internal sealed record ParallelCones(int Pairs, double ScaleRate)
{
    /// <summary>The gap 2γ and the scale s after a time, by Runge and Kutta's method in steps that grow with the time.</summary>
    public IEnumerable<(double Time, double Gap, double Scale)> Flow(double gap, double scale, double longest)
    {
        double time = 0, step = 1e-3;
        (double a, double b) = (Math.Log(gap / 2), Math.Log(scale));
        yield return (0, gap, scale);
        while (time < longest)
        {
            (double a1, double b1) = Slope(a, b);
            (double a2, double b2) = Slope(a + step / 2 * a1, b + step / 2 * b1);
            (double a3, double b3) = Slope(a + step / 2 * a2, b + step / 2 * b2);
            (double a4, double b4) = Slope(a + step * a3, b + step * b3);
            a += step / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
            b += step / 6 * (b1 + 2 * b2 + 2 * b3 + b4);
            time += step;
            step = Math.Max(1e-3, 0.002 * time);
            yield return (time, 2 * Math.Exp(a), Math.Exp(b));
        }
    }

    private (double OfLogGamma, double OfLogScale) Slope(double logGamma, double logScale)
    {
        double scale = Math.Exp(logScale), margin = (1 - Math.Exp(2 * logGamma)) * Pairs / (Pairs - 1);
        double force = scale * margin * (Pairs - 1) / (Pairs - 1 + Math.Exp(Math.Min(700, scale * margin)));
        return (-force / Pairs, ScaleRate * force);
    }

    /// <summary>
    /// The gap of the lowest loss at a kept scale s when a share q of the pairs have swapped partners. The mean loss ln(e^{sm} + n - 1) - (1 - q) s m
    /// is lowest at s m = ln((1 - q)(n - 1)/q); the margin
    /// cannot be larger than n/(n - 1), that of no gap.
    /// </summary>
    public double GapWithSwaps(double scale, double share)
    {
        if (share == 0)
            return 0;
        double best = Math.Max(0, Math.Log((1 - share) * (Pairs - 1) / share)) * (Pairs - 1) / Pairs;
        return 2 * Math.Sqrt(Math.Max(0, 1 - best / scale));
    }

    /// <summary>The points of this form, unit rows in n + 1 dimensions.</summary>
    public (float[] First, float[] Second) Points(double gap)
    {
        int d = Pairs + 1;
        double gamma = gap / 2, along = Math.Sqrt(1 - gamma * gamma);
        float[] first = new float[Pairs * d], second = new float[Pairs * d];
        for (int i = 0; i < Pairs; i++)
        {
            for (int k = 0; k < Pairs; k++)
                first[i * d + k] = second[i * d + k] = (float)(along * ((i == k ? 1 : 0) - 1.0 / Pairs) * Math.Sqrt(Pairs / (Pairs - 1.0)));
            (first[i * d + Pairs], second[i * d + Pairs]) = ((float)gamma, (float)-gamma);
        }
        return (first, second);
    }
}
