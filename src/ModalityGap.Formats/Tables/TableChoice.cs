using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tables;

/// <summary>Which columns of a table are embeddings, which ones name its rows.</summary>
/// <param name="Vectors">The embeddings.</param>
/// <param name="Names">The columns of ids, labels and captions, each at most once.</param>
internal sealed record TableChoice(IReadOnlyList<VectorSource> Vectors, IReadOnlyList<TextColumn> Names)
{
    private const int MostListed = 12;

    /// <summary>Chooses the columns that the options name, or those that can only be meant.</summary>
    /// <param name="file">The file, for faults.</param>
    /// <param name="columns">All columns of the table.</param>
    /// <param name="options">What the caller named.</param>
    public static TableChoice Choose(SourceFile file, IReadOnlyList<TableColumn> columns, ReadOptions options)
    {
        TableColumn? id = ChooseId(file, columns, options.IdColumn);
        TableColumn? label = First(columns, JsonLineKeys.LabelKeys, column => IsScalar(column) && column != id);
        TableColumn? caption = First(columns, JsonLineKeys.CaptionKeys, column => column.Kind == ColumnKind.Text && column != id);
        List<TextColumn> names = [];
        foreach ((TableColumn? column, TextRole role) in
            (ReadOnlySpan<(TableColumn?, TextRole)>)[(id, TextRole.Id), (label, TextRole.Label), (caption, TextRole.Caption)])
            if (column is not null)
                names.Add(new TextColumn(column, role));
        List<TableColumn> rest = [.. columns.Where(column => !names.Exists(name => name.Column == column))];
        return new(options.Key is null ? Guess(file, rest, columns) : Named(file, rest, columns, options.Key), names);
    }

    private static TableColumn? ChooseId(SourceFile file, IReadOnlyList<TableColumn> columns, string? wanted)
    {
        if (wanted is null)
            return First(columns, JsonLineKeys.IdKeys, IsScalar);
        TableColumn named = columns.FirstOrDefault(column => column.Name == wanted)
            ?? throw file.Fault($"it has no column {Shown.Name(wanted)} to take ids from.", $"Its columns are: {Listed(columns)}.");
        return IsScalar(named)
            ? named
            : throw file.Fault(
                $"its column {Shown.Name(wanted)} ({named.Type}) cannot hold ids.", "Name a column of texts or whole numbers with --id-column.");
    }

    private static TableColumn? First(IReadOnlyList<TableColumn> columns, string[] names, Func<TableColumn, bool> fits) => names
        .Select(name => columns.FirstOrDefault(column => column.Name == name && fits(column)))
        .FirstOrDefault(column => column is not null);

    private static List<VectorSource> Guess(SourceFile file, List<TableColumn> rest, IReadOnlyList<TableColumn> all)
    {
        List<VectorSource> found = [.. rest.Where(column => column.Kind == ColumnKind.Vector).Select(Whole)];
        if (found.Count == 0)
            found = [.. rest.Where(column => column.Kind == ColumnKind.Bytes && JsonLineKeys.IsVectorKey(column.Name)).Select(Whole)];
        if (found.Count == 0)
            found = Spread(rest);
        if (found.Count == 0)
            throw Nothing(file, rest, all);
        return Doubt(found) is { } doubt
            ? throw file.Fault(
                $"it has {found.Count} columns that could be embeddings ({Listed([.. found.Select(source => source.Columns[0])])}): {doubt}.",
                $"Choose with --column, such as --column {Shown.Name(found[0].Name)}.")
            : found;
    }

    private static List<VectorSource> Named(SourceFile file, List<TableColumn> rest, IReadOnlyList<TableColumn> all, string key)
    {
        List<VectorSource> spread = Spread(rest);
        bool IsName(string name) => rest.Exists(column => column.Name == name) || spread.Exists(source => Means(source, name));
        List<VectorSource> chosen = [];
        foreach (string name in ArraySelection.Keys(key, IsName).Distinct())
        {
            TableColumn? column = rest.Find(column => column.Name == name);
            VectorSource? group = spread.Find(source => Means(source, name));
            if (column?.Kind is ColumnKind.Vector or ColumnKind.Bytes)
                chosen.Add(Whole(column));
            else if (group is not null)
                chosen.Add(group);
            else if (column is not null)
                throw file.Fault(
                    $"its column {Shown.Name(name)} ({column.Type}) holds no embeddings.",
                    "Name a column of lists of floats, or what the names of one column per dimension begin with (emb for emb_0, emb_1, ...).");
            else
                throw file.Fault($"it has no column {Shown.Name(name)}.", $"Its columns are: {Listed(all)}.");
        }
        return chosen.Count is > 0 and <= ArrayForm.MostModalities
            ? chosen
            : throw file.Fault($"{chosen.Count} columns were named.", $"Its columns are: {Listed(all)}.");
    }

    /// <summary>
    /// The sets of number columns that are numbered without a gap from 0 or 1, such as emb_0, emb_1, ...; in a table without names all
    /// its number columns.
    /// </summary>
    private static List<VectorSource> Spread(List<TableColumn> rest)
    {
        List<TableColumn> numbers = [.. rest.Where(column => column.Kind == ColumnKind.Number)];
        if (numbers.Count > 0 && rest.TrueForAll(column => column.Name.Length == 0))
            return [new VectorSource("", numbers)];
        List<VectorSource> found = [];
        foreach (IGrouping<string, (TableColumn Column, string Stem, int Number)> group in numbers
            .Select(Split).Where(split => split.Number >= 0).GroupBy(split => split.Stem))
        {
            List<(TableColumn Column, string Stem, int Number)> ordered = [.. group.OrderBy(split => split.Number)];
            int first = ordered[0].Number;
            bool whole = first <= 1 && ordered.Count > 1 && ordered[^1].Number - first == ordered.Count - 1;
            if (whole && ordered.DistinctBy(split => split.Number).Count() == ordered.Count)
                found.Add(new VectorSource(group.Key.TrimEnd('_', '-', '.', ' '), [.. ordered.Select(split => split.Column)]));
        }
        return found;
    }

    private static (TableColumn Column, string Stem, int Number) Split(TableColumn column)
    {
        int digits = column.Name.Length;
        while (digits > 0 && char.IsAsciiDigit(column.Name[digits - 1]))
            digits--;
        return int.TryParse(column.Name.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (column, column.Name[..digits], number)
            : (column, column.Name, -1);
    }

    private static string? Doubt(List<VectorSource> found)
    {
        if (found.Count > ArrayForm.MostModalities)
            return "too many";
        IGrouping<string, VectorSource>? alike = found.GroupBy(source => ModalityNames.FromKey(source.Name) ?? source.Name)
            .FirstOrDefault(group => group.Count() > 1);
        if (alike is not null)
            return $"{string.Join(" and ", alike.Take(2).Select(source => Shown.Name(source.Name)))} both seem to be of {Shown.Name(alike.Key)}";
        return found.Count > 1 && found.Exists(source => JsonLineKeys.Telling(source.Name) is null)
            ? "their names do not tell which modality each is of"
            : null;
    }

    private static EmbeddingDataException Nothing(SourceFile file, List<TableColumn> rest, IReadOnlyList<TableColumn> all) => file.Fault(
        $"none of its columns is an embedding; they are: {Listed(all)}.",
        rest.Exists(column => column.Kind == ColumnKind.Bytes)
            ? "If the bytes are the values of an embedding, name their column with --column."
            : "An embedding is a column of lists of floats, or one number column per dimension (emb_0, emb_1, ...).");

    private static VectorSource Whole(TableColumn column) => new(column.Name, [column]);

    private static bool Means(VectorSource source, string name) =>
        source.Name == name.TrimEnd('_', '-', '.', ' ') && source.Name.Length > 0;

    private static bool IsScalar(TableColumn column) => column.Kind is ColumnKind.Text or ColumnKind.Number;

    /// <summary>The columns by name and type; numbered ones by the first and the last.</summary>
    private static string Listed(IReadOnlyCollection<TableColumn> columns)
    {
        IEnumerable<IGrouping<(string, string), TableColumn>> alike = columns.GroupBy(column =>
            Split(column) is { Number: >= 0 } numbered ? (numbered.Stem + "#", column.Type) : (column.Name, column.Type));
        return columns.Count == 0 ? "none" : Shown.Some(
            [.. alike.Select(group => group.Count() < 4
                ? string.Join(", ", group.Select(Named))
                : $"{Shown.Name(group.First().Name)} ... {Named(group.Last())}")],
            MostListed);

        static string Named(TableColumn column) => $"{(column.Name.Length == 0 ? "(no name)" : Shown.Name(column.Name))} ({column.Type})";
    }
}
