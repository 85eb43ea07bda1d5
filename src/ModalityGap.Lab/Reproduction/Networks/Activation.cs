namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>A non-linearity of a random network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pieces">How many linear maps a unit has: two for maxout, which takes the larger, else one.</param>
/// <param name="Of">The function; of a maxout unit, of the larger value.</param>
internal sealed record Activation(string Name, int Pieces, Func<double, double> Of)
{
    /// <summary>The slope of LeakyReLU below zero, PyTorch's default.</summary>
    public const double Leak = 0.01;

    public static Activation ReLU { get; } = new("ReLU", 1, z => Math.Max(0, z));

    public static Activation Linear { get; } = new("linear", 1, z => z);

    /// <summary>All that the figure shows, and GELU.</summary>
    public static IReadOnlyList<Activation> All { get; } =
    [
        ReLU,
        new("sigmoid", 1, z => 1 / (1 + Math.Exp(-z))),
        new("tanh", 1, Math.Tanh),
        new("LeakyReLU", 1, z => z >= 0 ? z : Leak * z),
        new("GELU", 1, Gelu),
        new("maxout", 2, z => z),
        Linear,
    ];

    /// <summary>Replaces pre-activations; of a maxout unit the pieces lie one after the other.</summary>
    public void Apply(ReadOnlySpan<float> before, Span<float> after)
    {
        if (Pieces == 2)
            for (int k = 0; k < after.Length; k++)
                after[k] = Math.Max(before[k], before[after.Length + k]);
        else if (ReferenceEquals(this, ReLU))
            for (int k = 0; k < after.Length; k++)
                after[k] = Math.Max(0, before[k]);
        else
            for (int k = 0; k < after.Length; k++)
                after[k] = (float)Of(before[k]);
    }

    // z Φ(z), Φ by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
    private static double Gelu(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2), t = 1 / (1 + 0.3275911 * x);
        double tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x);
        return z * (z >= 0 ? 1 - tail / 2 : tail / 2);
    }
}
