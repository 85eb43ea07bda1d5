namespace ModalityGap.Embeddings;

/// <summary>
/// Several modalities of the same items: says which row of each modality belongs to which item, and leaves out what has no partner.
/// </summary>
public sealed class Alignment
{
    private readonly List<Finding> findings = [];
    private readonly List<UnitEmbeddings> modalities = [];
    private readonly List<int[]> items = [];
    private readonly List<int> skipped = [];

    private readonly Func<int, string> nameOf;

    private Alignment(PairingRule pairedBy, Func<int, string> nameOf) => (PairedBy, this.nameOf) = (pairedBy, nameOf);

    /// <summary>The modalities, in the order of the inputs.</summary>
    public IReadOnlyList<UnitEmbeddings> Modalities => modalities;

    /// <summary>Number of items that every modality has.</summary>
    public int Items { get; private set; }

    /// <summary>How rows were matched: by row or by id.</summary>
    public PairingRule PairedBy { get; }

    /// <summary>For each modality, how many rows were left out because they were faulty or their item was.</summary>
    public IReadOnlyList<int> SkippedRows => skipped;

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>The pair of two modalities, by their index.</summary>
    public PairedEmbeddings Pair(int first, int second) =>
        new(modalities[first], modalities[second], items[first], items[second], Items);

    /// <summary>Matches the rows of the sets.</summary>
    /// <param name="sets">One per modality, at least two, of the same dimension.</param>
    /// <param name="rule">By row or by id.</param>
    /// <param name="textsPerItem">By row: how many rows per item a modality may have instead of one.</param>
    /// <param name="skipInvalid">Whether items with a faulty row are left out; else they stop the work.</param>
    /// <exception cref="EmbeddingDataException">The sets do not fit together, or a row is faulty.</exception>
    public static Alignment Of(
        IReadOnlyList<EmbeddingSet> sets, PairingRule rule = PairingRule.Automatic, int textsPerItem = 1, bool skipInvalid = false)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentOutOfRangeException.ThrowIfLessThan(textsPerItem, 1);
        if (sets.Count < 2)
            throw new ArgumentException("A gap lies between two modalities; one was given.", nameof(sets));
        CheckShapes(sets);
        return Of(sets, rule, textsPerItem, skipInvalid, s => sets[s].Modality.Name);
    }

    /// <summary>
    /// Matches the rows of several models' embeddings of the same items: an item is kept where every set of every model has it. Dimensions
    /// need to be the same within a model only.
    /// </summary>
    /// <param name="runs">The sets of each model.</param>
    /// <param name="names">What each model is called in findings.</param>
    /// <param name="rule">By row or by id.</param>
    /// <param name="textsPerItem">By row: how many rows per item a modality may have instead of one.</param>
    /// <param name="skipInvalid">Whether items with a faulty row are left out of every model.</param>
    /// <returns>The modalities of the first model, then those of the second, and so on.</returns>
    internal static Alignment Across(
        IReadOnlyList<IReadOnlyList<EmbeddingSet>> runs, IReadOnlyList<string> names, PairingRule rule, int textsPerItem, bool skipInvalid)
    {
        foreach (IReadOnlyList<EmbeddingSet> run in runs)
            CheckShapes(run);
        EmbeddingSet[] sets = [.. runs.SelectMany(run => run)];
        if (!IsById(sets, rule))
            CheckItems(runs, names);
        string[] called = [.. runs.SelectMany((run, r) => run.Select(set => $"{names[r]}'s {set.Modality}"))];
        return Of(sets, rule, textsPerItem, skipInvalid, s => called[s]);
    }

    // Told before files are held against each other, which would ask for captions per item.
    private static void CheckItems(IReadOnlyList<IReadOnlyList<EmbeddingSet>> runs, IReadOnlyList<string> names)
    {
        int[] items = [.. runs.Select(run => run.Min(set => set.Rows))];
        for (int r = 1; r < items.Length; r++)
            if (items[r] != items[0])
                throw new EmbeddingDataException(
                    runs[r][0].Provenance.Source,
                    $"{names[r]} has {items[r]} items, {names[0]} {items[0]}.",
                    "Models are compared on the same items, row by row: embed one list with all of them, or give files with ids.");
    }

    private static bool IsById(IReadOnlyList<EmbeddingSet> sets, PairingRule rule) =>
        rule == PairingRule.Id || (rule == PairingRule.Automatic && sets.All(set => set.Ids is not null));

    private static Alignment Of(
        IReadOnlyList<EmbeddingSet> sets, PairingRule rule, int textsPerItem, bool skipInvalid, Func<int, string> nameOf)
    {
        bool byId = IsById(sets, rule);
        var alignment = new Alignment(byId ? PairingRule.Id : PairingRule.Row, nameOf);
        int[][] itemOfRow = byId ? alignment.ItemsById(sets) : ItemsByRow(sets, textsPerItem);
        alignment.Keep(sets, itemOfRow, skipInvalid);
        return alignment;
    }

    private static void CheckShapes(IReadOnlyList<EmbeddingSet> sets)
    {
        EmbeddingSet first = sets[0];
        foreach (EmbeddingSet set in sets)
        {
            if (set.Rows == 0)
                throw new EmbeddingDataException(set.Provenance.Source, "it holds no rows.", "Check that the export finished.");
            if (set.Dimensions != first.Dimensions)
                throw new EmbeddingDataException(
                    set.Provenance.Source,
                    $"its rows have {set.Dimensions} dimensions, those of {first.Provenance.Source} {first.Dimensions}.",
                    "Both must come from the same model's shared space.");
        }
    }

    private static int[][] ItemsByRow(IReadOnlyList<EmbeddingSet> sets, int textsPerItem)
    {
        int items = sets.Min(set => set.Rows);
        if (textsPerItem > 1 && sets.All(set => set.Rows == items))
            throw new EmbeddingDataException(
                sets[1].Provenance.Source,
                $"it has as many rows as {sets[0].Provenance.Source}, {items}, yet {textsPerItem} texts per item were announced.",
                "Leave out --captions-per-item, or give the file with all captions.");
        return [.. sets.Select(set => ItemsOf(set, sets, items, textsPerItem))];
    }

    private static int[] ItemsOf(EmbeddingSet set, IReadOnlyList<EmbeddingSet> sets, int items, int textsPerItem)
    {
        if (set.Rows == items)
            return [.. Enumerable.Range(0, items)];
        if (textsPerItem > 1 && set.Rows == (long)items * textsPerItem)
            return [.. Enumerable.Range(0, set.Rows).Select(row => row / textsPerItem)];
        EmbeddingSet smallest = sets.First(candidate => candidate.Rows == items);
        string fault = $"it has {set.Rows} rows, {smallest.Provenance.Source} {items}.";
        int ratio = set.Rows / items;
        throw new EmbeddingDataException(
            set.Provenance.Source,
            fault,
            set.Rows % items == 0 && ratio <= 100 && items > 1
                ? $"{set.Rows} = {ratio} x {items}: {InWords(ratio)} captions per image? Use --captions-per-item {ratio}."
                : "Rows are paired by position: export both from the same list, or give files with ids and use --pair-by id.");
    }

    private static string InWords(int number) => number switch
    {
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        _ => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private int[][] ItemsById(IReadOnlyList<EmbeddingSet> sets)
    {
        foreach (EmbeddingSet set in sets)
            if (set.Ids is null)
                throw new EmbeddingDataException(
                    set.Provenance.Source, "it has no ids to pair by.", "Use --pair-by row, or a format with an id per row such as jsonl.");
        HashSet<string> common = [.. sets[0].Ids!];
        foreach (EmbeddingSet set in sets.Skip(1))
            common.IntersectWith(set.Ids!);
        if (common.Count == 0)
            throw new EmbeddingDataException(
                sets[1].Provenance.Source,
                $"none of its ids occurs in {sets[0].Provenance.Source}.",
                $"Its first id is \"{sets[1].Ids![0]}\", the other's \"{sets[0].Ids![0]}\": make them the same, or use --pair-by row.");
        Dictionary<string, int> itemOfId = [];
        foreach (string id in sets[0].Ids!.Where(common.Contains))
            itemOfId.TryAdd(id, itemOfId.Count);
        var itemOfRow = new int[sets.Count][];
        for (int s = 0; s < sets.Count; s++)
        {
            itemOfRow[s] = [.. sets[s].Ids!.Select(id => itemOfId.GetValueOrDefault(id, -1))];
            int alone = itemOfRow[s].Count(item => item < 0);
            if (alone > 0)
                findings.Add(new Finding(
                    "rows-without-partner",
                    FindingSeverity.Warning,
                    $"{alone} of {sets[s].Rows} rows of {nameOf(s)} have an id that another input lacks; they were left out."));
        }
        return itemOfRow;
    }

    private void Keep(IReadOnlyList<EmbeddingSet> sets, int[][] itemOfRow, bool skipInvalid)
    {
        HashSet<int> faulty = [];
        for (int s = 0; s < sets.Count; s++)
        {
            RowFaults faults = RowFaults.Find(sets[s]);
            if (faults.Any && !skipInvalid)
                throw faults.AsException(sets[s]);
            faulty.UnionWith(faults.All.Select(row => itemOfRow[s][row]));
        }
        faulty.Remove(-1);
        var renumbered = new Dictionary<int, int>();
        foreach (int item in itemOfRow.SelectMany(list => list).Where(item => item >= 0 && !faulty.Contains(item)).Distinct().Order())
            renumbered.Add(item, renumbered.Count);
        Items = renumbered.Count;
        if (Items == 0)
            throw new EmbeddingDataException(
                sets[0].Provenance.Source, "no item is left after the faulty rows.", "Repair the export: every item has a row that is zero or not finite.");
        for (int s = 0; s < sets.Count; s++)
            Keep(sets[s], itemOfRow[s], renumbered);
        if (faulty.Count > 0)
            findings.Add(new Finding(
                "skipped-items",
                FindingSeverity.Warning,
                $"{faulty.Count} items have a row that is zero or not finite and were left out of every modality; {Items} remain."));
    }

    private void Keep(EmbeddingSet set, int[] itemOfRow, Dictionary<int, int> renumbered)
    {
        int[] kept = [.. Enumerable.Range(0, set.Rows).Where(row => renumbered.ContainsKey(itemOfRow[row]))];
        EmbeddingSet rows = kept.Length == set.Rows ? set : set.Select(kept);
        skipped.Add(set.Rows - kept.Length);
        modalities.Add(UnitEmbeddings.Normalize(rows));
        items.Add([.. kept.Select(row => renumbered[itemOfRow[row]])]);
    }
}
