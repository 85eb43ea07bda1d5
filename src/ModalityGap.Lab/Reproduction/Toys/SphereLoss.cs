namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>
/// Pairs at the same longitudes on two circles of the unit sphere, some of them swapped: the contrastive loss while the circles move apart. Between a
/// point of one circle and one of
/// the other the cosine is a cos(φ_i - φ_j) + b, and b is the same for all pairs, so that loss depends on s a alone.
/// </summary>
/// <param name="longitudes">φ in radians.</param>
/// <param name="partners">Which point of the other circle is the match.</param>
internal sealed class SphereLoss(double[] longitudes, int[] partners)
{
    /// <summary>Evenly spaced pairs; the two named ones have each other's texts.</summary>
    public static SphereLoss Of(int pairs, double step, (int A, int B)? swapped)
    {
        int[] partners = [.. Enumerable.Range(0, pairs)];
        if (swapped is { } two)
            (partners[two.A], partners[two.B]) = (two.B, two.A);
        return new SphereLoss([.. Enumerable.Range(0, pairs).Select(k => k * step)], partners);
    }

    /// <summary>The loss at logits s a cos(φ_i - φ_j). Swapping is its own inverse, so both directions of the loss are equal.</summary>
    /// <param name="effectiveScale">s a: of the equator and a circle Δθ away a = cos Δθ; of two circles at latitudes ±λ a = cos² λ.</param>
    public double At(double effectiveScale)
    {
        double sum = 0;
        for (int i = 0; i < longitudes.Length; i++)
        {
            double total = 0, own = effectiveScale * Math.Cos(longitudes[i] - longitudes[partners[i]]);
            for (int j = 0; j < longitudes.Length; j++)
                total += Math.Exp(effectiveScale * Math.Cos(longitudes[i] - longitudes[j]) - own);
            sum += Math.Log(total);
        }
        return sum / longitudes.Length;
    }

    /// <summary>Where in [0, most] the loss is lowest: on a grid, then by golden section.</summary>
    public double Lowest(double most)
    {
        const int steps = 4000;
        int best = Enumerable.Range(0, steps + 1).MinBy(k => At(most * k / steps));
        double low = most * Math.Max(0, best - 1) / steps, high = most * Math.Min(steps, best + 1) / steps, ratio = (Math.Sqrt(5) - 1) / 2;
        for (int i = 0; i < 60; i++)
        {
            double a = high - ratio * (high - low), b = low + ratio * (high - low);
            if (At(a) <= At(b))
                high = b;
            else
                low = a;
        }
        return best == steps && At(most) <= At(low) ? most : (low + high) / 2;
    }
}
