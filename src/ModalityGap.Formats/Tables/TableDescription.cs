using ModalityGap.Sources;

namespace ModalityGap.Formats.Tables;

/// <summary>Describes a table: its embeddings as they would be read, then its other columns.</summary>
internal static class TableDescription
{
    private const int MostColumns = 64;

    public static IReadOnlyList<ArrayDescription> Of(
        SourceFile file, IReadOnlyList<TableColumn> columns, long rows, ReadOptions options)
    {
        if (TryChoose(file, columns, options) is not { } choice)
            return [.. columns.Take(MostColumns).Select(column => Plain(column, rows, null))];
        HashSet<TableColumn> used = [.. choice.Vectors.SelectMany(source => source.Columns)];
        return
        [
            .. choice.Vectors.Select(source => Of(source, rows)),
            .. columns.Where(column => !used.Contains(column)).Take(MostColumns).Select(column => Plain(column, rows, Role(column, choice))),
        ];
    }

    private static ArrayDescription Of(VectorSource source, long rows)
    {
        int? width = source.IsSpread ? source.Columns.Count : source.Columns[0].Width;
        string name = source.Part ?? "(no name)";
        return width is int dimensions
            ? new ArrayDescription(name, source.Columns[0].Type, [rows, dimensions], new ArrayForm(1, rows, dimensions).ToString())
            : new ArrayDescription(name, source.Columns[0].Type, [rows], $"{rows} rows; their length is in the rows");
    }

    private static ArrayDescription Plain(TableColumn column, long rows, string? note) => new(
        column.Name.Length == 0 ? "(no name)" : column.Name, column.Type, column.Width is int width ? [rows, width] : [rows], note);

    private static string? Role(TableColumn column, TableChoice choice) => choice.Names.FirstOrDefault(name => name.Column == column)?.Role switch
    {
        TextRole.Id => "ids",
        TextRole.Label => "labels",
        TextRole.Caption => "captions",
        _ => null,
    };

    /// <summary>Without a clear choice the columns are listed as they are; reading says what is wrong.</summary>
    private static TableChoice? TryChoose(SourceFile file, IReadOnlyList<TableColumn> columns, ReadOptions options)
    {
        try
        {
            return TableChoice.Choose(file, columns, options);
        }
        catch (Embeddings.EmbeddingDataException)
        {
            return null;
        }
    }
}
