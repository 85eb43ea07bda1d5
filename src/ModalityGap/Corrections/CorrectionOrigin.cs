using ModalityGap.Embeddings;

namespace ModalityGap.Corrections;

/// <summary>What a correction was fitted on, precisely enough to find it again.</summary>
public sealed record CorrectionOrigin
{
    /// <summary>The rows of each role.</summary>
    public required IReadOnlyList<FittedRows> Rows { get; init; }

    /// <summary>How many pairs of matching rows it saw; 0 where it saw none.</summary>
    public int Pairs { get; init; }

    /// <summary>The model whose embeddings they are, if it was named.</summary>
    public string? Model { get; init; }

    /// <summary>The seed by which the rows were drawn, if they were.</summary>
    public long? Seed { get; init; }
}

/// <summary>Rows that a correction was fitted on.</summary>
/// <param name="Role">What they are used as.</param>
/// <param name="Count">How many.</param>
/// <param name="Dimensions">d.</param>
/// <param name="Provenance">Where they came from.</param>
public sealed record FittedRows(RowRole Role, int Count, int Dimensions, Provenance Provenance);
