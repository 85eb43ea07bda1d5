namespace ModalityGap.Projections;

/// <summary>How t-SNE lays rows out. Every default is scikit-learn's, and means the same as there.</summary>
public sealed record TsneOptions
{
    /// <summary>Two to the entropy of a row's neighbourhood: how many neighbours count. Default 30, a third of the other rows where they are few.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>How often every row moves. Default 1,000.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>By how much neighbours pull more strongly at first. Default 12.</summary>
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>
    /// The most rows: every row is pushed by every other one, exactly, and the time grows with the square of their number.
    /// </summary>
    public const int MostRows = 20_000;

    /// <summary>For so many iterations they do.</summary>
    internal int EarlyIterations => Math.Min(250, Iterations / 4);

    /// <summary>The step, n / (4 exaggeration), at least 50.</summary>
    internal double RateFor(int rows) => Math.Max(50, rows / EarlyExaggeration / 4);

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        if (!(Perplexity >= 1 && double.IsFinite(Perplexity)))
            throw new ArgumentException("The perplexity must be at least 1.", nameof(Perplexity));
        if (!(EarlyExaggeration >= 1 && double.IsFinite(EarlyExaggeration)))
            throw new ArgumentException("The early exaggeration must be at least 1.", nameof(EarlyExaggeration));
    }
}
