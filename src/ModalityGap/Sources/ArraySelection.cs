using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Chooses the arrays of a file that are its modalities: by key, or those that can only be meant.</summary>
internal static class ArraySelection
{
    private const int MostListed = 8;

    /// <summary>More arrays than this are a model's weights.</summary>
    private const int MostModalities = ArrayForm.MostModalities;

    public static IReadOnlyList<StoredArray> Choose(SourceFile file, IReadOnlyList<StoredArray> arrays, string? key)
    {
        if (arrays is [{ Key: null } whole])
            return [Usable(file, whole)];
        return key is null ? ByForm(file, arrays) : ByKey(file, arrays, key);
    }

    /// <summary>The keys that a text names: the text itself where it is a key, else what stands between its commas.</summary>
    public static IReadOnlyList<string> Keys(string text, Func<string, bool> isKey) =>
        isKey(text) ? [text] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static List<StoredArray> ByKey(SourceFile file, IReadOnlyList<StoredArray> arrays, string key)
    {
        Dictionary<string, StoredArray> byKey = arrays.ToDictionary(array => array.Key!);
        List<StoredArray> chosen = [];
        foreach (string wanted in Keys(key, byKey.ContainsKey))
        {
            if (!byKey.TryGetValue(wanted, out StoredArray? array))
                throw file.Fault($"it holds no array {Shown.Name(wanted)}.", $"Its keys are: {Listed(arrays)}.");
            if (!chosen.Contains(array))
                chosen.Add(Usable(file, array));
        }
        return chosen.Count > 0 ? chosen : throw file.Fault("no key was named.", $"Its keys are: {Listed(arrays)}.");
    }

    private static List<StoredArray> ByForm(SourceFile file, IReadOnlyList<StoredArray> arrays)
    {
        List<StoredArray> usable = [.. arrays.Where(array => array.Fault is null)];
        List<StoredArray> candidates = Narrow(usable);
        if (candidates.Count == 0)
            throw NothingUsable(file, arrays);
        string? doubt = Doubt(candidates);
        if (doubt is null)
            return candidates;
        string could = $"it holds {candidates.Count} arrays that could be embeddings ({Listed(candidates)})";
        throw arrays.Count > MostModalities
            ? file.Fault(
                $"{could}: weights of a model?", "Give the embeddings that the model computes, or choose arrays with --key.")
            : file.Fault($"{could}: {doubt}.", $"Choose with --key, such as --key {Suggestion(candidates)}.");
    }

    /// <summary>Two axes before three, floats before bytes.</summary>
    private static List<StoredArray> Narrow(List<StoredArray> usable)
    {
        List<StoredArray> floats = [.. usable.Where(array => array.Type.IsFloat)];
        List<StoredArray> pool = floats.Count > 0 ? floats : usable;
        List<StoredArray> flat = [.. pool.Where(array => array.Shape.Count == 2)];
        return flat.Count > 0 ? flat : pool;
    }

    private static string? Doubt(List<StoredArray> candidates)
    {
        if (candidates.Count > MostModalities)
            return "too many";
        if (candidates.Count > 1 && candidates.Any(array => array.Form!.Value.Modalities > 1))
            return "each is a stack";
        IGrouping<string?, StoredArray>? alike = candidates
            .GroupBy(array => ModalityNames.FromKey(array.Key!))
            .FirstOrDefault(group => group.Key is not null && group.Count() > 1);
        if (alike is not null)
            return $"{string.Join(" and ", alike.Take(2).Select(array => Shown.Name(array.Key!)))} both seem to be of {alike.Key}";
        return candidates.Select(array => array.Form!.Value.Dimensions).Distinct().Count() > 1
            ? "their numbers of dimensions differ"
            : null;
    }

    /// <summary>Keys that differ only in the word for their modality belong together.</summary>
    private static string Suggestion(List<StoredArray> candidates)
    {
        IEnumerable<StoredArray> together = candidates
            .GroupBy(array => (ModalityNames.Stem(array.Key!), array.Form!.Value.Dimensions))
            .FirstOrDefault(group => group.Count() > 1
                && group.DistinctBy(array => ModalityNames.FromKey(array.Key!)).Count() == group.Count())
            ?? candidates.Take(1);
        return string.Join(',', together.Select(array => Shown.Name(array.Key!)));
    }

    private static EmbeddingDataException NothingUsable(SourceFile file, IReadOnlyList<StoredArray> arrays)
    {
        if (arrays.Count == 0)
            return file.Fault("it holds no arrays.", "Check that the export finished.");
        ArrayFault first = arrays[0].Fault!;
        return file.Fault(
            $"none of its arrays can be embeddings ({Listed(arrays)}). {arrays[0].Subject}{first.Fault}", first.Remedy);
    }

    private static StoredArray Usable(SourceFile file, StoredArray array) =>
        array.Fault is null ? array : throw file.Fault($"{array.Subject}{array.Fault.Fault}", array.Fault.Remedy);

    private static string Listed(IReadOnlyCollection<StoredArray> arrays) =>
        Shown.Some([.. arrays.Select(array => $"{Shown.Name(array.Key!)} {Shown.Shape(array.Shape)}")], MostListed);
}
