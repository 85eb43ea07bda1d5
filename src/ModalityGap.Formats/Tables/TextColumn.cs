namespace ModalityGap.Formats.Tables;

/// <summary>A column of a table that names its rows.</summary>
/// <param name="Column">The column.</param>
/// <param name="Role">What its texts are.</param>
internal sealed record TextColumn(TableColumn Column, TextRole Role);

/// <summary>What the texts of a column are.</summary>
internal enum TextRole
{
    /// <summary>Ids, by which rows are paired.</summary>
    Id,

    /// <summary>Classes or groups.</summary>
    Label,

    /// <summary>Sentences for a reader.</summary>
    Caption,
}
