namespace ModalityGap.Postgres;

/// <summary>A table that holds the embeddings of two modalities, in one of two shapes.</summary>
public sealed record EmbeddingTable
{
    /// <summary>The table, perhaps with its schema: <c>items</c>, <c>shop.items</c>; a name with a dot in quotation marks.</summary>
    public required string Table { get; init; }

    /// <summary>One column of embeddings, with <see cref="ModalityColumn"/>; or two, one for each modality.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The column whose values pair the rows and choose the sample.</summary>
    public string IdColumn { get; init; } = "id";

    /// <summary>The column that tells a row's modality; <c>null</c> where each modality has a column of embeddings.</summary>
    public string? ModalityColumn { get; init; }

    /// <summary>The column whose values group the items, such as a category; <c>null</c> for no groups. With one row per modality, the first's counts.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>The two modalities: values of <see cref="ModalityColumn"/>, or names for the two columns. Default what is there.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    /// <summary>After how long the server gives up on a statement. Default ten minutes.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromMinutes(10);

    internal void Check()
    {
        if (Modalities.Count != 0 && (Modalities.Count != 2 || Modalities[0] == Modalities[1]))
            throw new ArgumentException("A table is measured for two different modalities.", nameof(Modalities));
        if (Columns.Count != (ModalityColumn is null ? 2 : 1))
            throw new ArgumentException("Give one column of embeddings and one that tells the modality, or two columns of embeddings.", nameof(Columns));
    }
}
