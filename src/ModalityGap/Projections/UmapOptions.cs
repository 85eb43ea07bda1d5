namespace ModalityGap.Projections;

/// <summary>How UMAP lays rows out. Every default is umap-learn's, and means the same as there.</summary>
public sealed record UmapOptions
{
    /// <summary>Size k of a row's neighbourhood, the row itself included: small for detail, large for the whole. Default 15.</summary>
    public int Neighbours { get; init; } = 15;

    /// <summary>How near to each other two neighbours may come in the plane. Default 0.1.</summary>
    public double MinimumDistance { get; init; } = 0.1;

    /// <summary>Over which distance the pull of a neighbour fades; the layout's unit. Default 1.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>How often every row moves. Default 500 up to 10,000 rows, 200 above.</summary>
    public int? Epochs { get; init; }

    /// <summary>How many random rows push for each neighbour that pulls. Default 5.</summary>
    public int NegativeSamples { get; init; } = 5;

    internal int EpochsFor(int rows) => Epochs ?? (rows <= 10_000 ? 500 : 200);

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(NegativeSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs ?? 1, 1, nameof(Epochs));
        if (!(Spread > 0 && double.IsFinite(Spread)))
            throw new ArgumentException("The spread must be a positive number.", nameof(Spread));
        if (!(MinimumDistance >= 0 && MinimumDistance <= Spread))
            throw new ArgumentException("The minimum distance must lie between 0 and the spread.", nameof(MinimumDistance));
    }
}
