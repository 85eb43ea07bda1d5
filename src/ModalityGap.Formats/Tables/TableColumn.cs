namespace ModalityGap.Formats.Tables;

/// <summary>What a column of a table can serve as.</summary>
internal enum ColumnKind
{
    /// <summary>A row of numbers in each cell: an embedding.</summary>
    Vector,

    /// <summary>Bytes in each cell: an embedding when they are the values of one.</summary>
    Bytes,

    /// <summary>One number in each cell: one dimension, or an id.</summary>
    Number,

    /// <summary>A text or a whole number in each cell: an id or a label.</summary>
    Text,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A column of a table.</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="Name">Its name; empty where the table has no names.</param>
/// <param name="Kind">What it can serve as.</param>
/// <param name="Type">Its type, as shown.</param>
/// <param name="Width">Values per cell where that is known without reading the rows.</param>
internal sealed record TableColumn(int Index, string Name, ColumnKind Kind, string Type, int? Width = null);

/// <summary>The column or columns that hold the embeddings of one modality.</summary>
/// <param name="Name">The column's name, or what the names of one column per dimension have in common.</param>
/// <param name="Columns">One column, or one per dimension in their order.</param>
internal sealed record VectorSource(string Name, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>Whether each column holds one dimension.</summary>
    public bool IsSpread => Columns[0].Kind == ColumnKind.Number;

    /// <summary>What was read, for the provenance.</summary>
    public string? Part => !IsSpread ? (Name.Length == 0 ? null : Name)
        : Columns[0].Name.Length == 0 ? null
        : Columns.Count == 1 ? Columns[0].Name
        : $"{Columns[0].Name} ... {Columns[^1].Name}";
}
