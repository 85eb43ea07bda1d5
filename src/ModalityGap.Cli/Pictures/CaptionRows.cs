using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Pictures;

/// <summary>Which line of a file of captions belongs to which row: by id where both have ids, else line i to row i of the modality that has as many rows.</summary>
internal sealed class CaptionRows
{
    private const int NoLine = -1;

    private readonly CaptionFile file;
    private readonly IReadOnlyList<EmbeddingSet> sets;
    private readonly AnalysisOptions options;
    private readonly int[]?[] lines;

    private CaptionRows(CaptionFile file, IReadOnlyList<EmbeddingSet> sets, AnalysisOptions options)
    {
        this.file = file;
        this.sets = sets;
        this.options = options;
        lines = new int[]?[sets.Count];
    }

    private bool PairedById => options.PairedBy == PairingRule.Id || (options.PairedBy == PairingRule.Automatic && sets.All(set => set.Ids is not null));

    /// <summary>Finds the line of each row.</summary>
    /// <param name="file">The captions.</param>
    /// <param name="sets">The modalities, with all rows as read.</param>
    /// <param name="options">How rows are paired.</param>
    /// <param name="owner">The name of the modality whose rows the lines are; <c>null</c> to find out.</param>
    /// <exception cref="EmbeddingDataException">The lines fit no modality, or could be of several.</exception>
    public static CaptionRows Of(CaptionFile file, IReadOnlyList<EmbeddingSet> sets, AnalysisOptions options, string? owner)
    {
        var rows = new CaptionRows(file, sets, options);
        int chosen = owner is null ? NoLine : ModalityArgument.Find("--captions-of", owner, sets);
        if (!rows.TryById(chosen))
            rows.ByPosition(chosen < 0 ? rows.Owner() : chosen);
        return rows;
    }

    /// <summary>The sets with captions: those of the file where it has any, else those that a set had.</summary>
    public IReadOnlyList<EmbeddingSet> Named() => [.. sets.Select((set, s) => lines[s] is { } found
        ? set.WithNames(set.Names with { Captions = Array.ConvertAll(found, line => line < 0 ? "" : file.Captions[line]) })
        : set)];

    /// <summary>The name of each row's picture as the file gives it, or <c>null</c> where it names none for this modality.</summary>
    public string?[]? Images(int modality) =>
        file.Images is { } images && lines[modality] is { } found ? Array.ConvertAll(found, line => line < 0 ? null : images[line]) : null;

    /// <summary>What a reader should know: rows without a caption.</summary>
    public IEnumerable<Finding> Findings()
    {
        for (int s = 0; s < sets.Count; s++)
            if (lines[s] is { } found && found.Count(line => line < 0 || file.Captions[line].Length == 0) is > 0 and var without)
                yield return new Finding(
                    "rows-without-caption", FindingSeverity.Note, $"{without} of {sets[s].Rows} rows of {sets[s].Modality} have no caption in {file.Path}.");
    }

    /// <summary>"captions.txt: captions of image and text".</summary>
    public string InWords() => $"{file.Path}: captions of {string.Join(" and ", sets.Where((_, s) => lines[s] is not null).Select(set => set.Modality))}";

    private bool TryById(int chosen)
    {
        if (file.Ids is null)
            return false;
        Dictionary<string, List<int>> linesOf = [];
        for (int line = 0; line < file.Ids.Count; line++)
        {
            if (!linesOf.TryGetValue(file.Ids[line], out List<int>? of))
                linesOf.Add(file.Ids[line], of = new List<int>(1));
            of.Add(line);
        }
        for (int s = 0; s < sets.Count; s++)
            if ((chosen < 0 || s == chosen) && sets[s].Ids is { } ids && ids.Any(linesOf.ContainsKey))
                lines[s] = ById(ids, linesOf);
        return Array.Exists(lines, found => found is not null);
    }

    // Several rows of an item take its lines one after the other; one line for an item is for all its rows.
    private static int[] ById(IReadOnlyList<string> ids, Dictionary<string, List<int>> linesOf)
    {
        Dictionary<string, int> seen = [];
        var found = new int[ids.Count];
        for (int row = 0; row < ids.Count; row++)
        {
            int turn = seen.GetValueOrDefault(ids[row]);
            seen[ids[row]] = turn + 1;
            found[row] = !linesOf.TryGetValue(ids[row], out List<int>? of) ? NoLine : of.Count == 1 ? of[0] : turn < of.Count ? of[turn] : NoLine;
        }
        return found;
    }

    private int Owner()
    {
        int[] fitting = [.. Enumerable.Range(0, sets.Count).Where(s => sets[s].Rows == file.Captions.Count)];
        if (fitting.Length == 0)
            throw new EmbeddingDataException(
                file.Path,
                $"it has {Shown.Count(file.Captions.Count)} lines; {string.Join(", ", sets.Select(set => $"{set.Modality} has {Shown.Count(set.Rows)} rows"))}.",
                "Give one line per row of a modality, in the order of its rows, or a .jsonl file whose objects have the rows' ids.");
        if (PairedById && fitting.Skip(1).FirstOrDefault(s => !sets[s].Ids!.SequenceEqual(sets[fitting[0]].Ids!)) is > 0 and var other)
            throw new EmbeddingDataException(
                file.Path,
                $"its {Shown.Count(file.Captions.Count)} lines could be rows of {sets[fitting[0]].Modality} or of {sets[other].Modality}, whose ids come in different orders.",
                $"Say which with --captions-of, such as --captions-of {sets[other].Modality}, or give each line an \"id\" in a .jsonl file.");
        int text = Array.FindIndex(fitting, s => sets[s].Modality == Modality.Text);
        return fitting[Math.Max(0, text)];
    }

    private void ByPosition(int owner)
    {
        if (sets[owner].Rows != file.Captions.Count)
            throw new EmbeddingDataException(
                file.Path,
                $"it has {Shown.Count(file.Captions.Count)} lines, {sets[owner].Modality} {Shown.Count(sets[owner].Rows)} rows.",
                "Give one line per row, in the order of the rows.");
        lines[owner] = [.. Enumerable.Range(0, sets[owner].Rows)];
        for (int s = 0; s < sets.Count; s++)
            if (s != owner && sets[s].Captions is null)
                lines[s] = PairedById ? FirstOfSameId(owner, s) : FirstOfSameItem(sets[owner].Rows, sets[s].Rows);
    }

    private int[] FirstOfSameId(int owner, int other)
    {
        Dictionary<string, int> first = [];
        for (int row = 0; row < sets[owner].Rows; row++)
            first.TryAdd(sets[owner].Ids![row], row);
        return [.. sets[other].Ids!.Select(id => first.GetValueOrDefault(id, NoLine))];
    }

    // Where rows are paired by position, several texts of an item stand one after the other. A text is not said by the item's other texts.
    private int[]? FirstOfSameItem(int ownerRows, int rows) => rows == ownerRows
        ? [.. Enumerable.Range(0, rows)]
        : ownerRows == (long)rows * options.TextsPerItem ? [.. Enumerable.Range(0, rows).Select(row => row * options.TextsPerItem)] : null;
}
