namespace ModalityGap.Lab.Data;

/// <summary>What training is not to see.</summary>
public sealed record SplitOptions
{
    /// <summary>The seed by which the unseen items are drawn; default 0.</summary>
    public long Seed { get; init; }

    /// <summary>The share of items that training never sees, from 0 to less than 1; default 0.1.</summary>
    public double UnseenItems { get; init; } = 0.1;

    /// <summary>
    /// The style that training never sees; <c>null</c>, the default, for the last one of a set that has several. A set with one style keeps it.
    /// </summary>
    public string? UnseenStyle { get; init; }

    /// <summary>Whether training sees every style; default no.</summary>
    public bool AllStyles { get; init; }
}
