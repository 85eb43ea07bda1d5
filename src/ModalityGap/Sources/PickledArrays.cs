using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// The arrays that an unpickled object holds: itself, or what lies in its dictionaries and lists, under keys joined by dots. A list
/// of rows is an array, and so is a dictionary from ids to rows. A list or dictionary met a second time is not entered again.
/// </summary>
internal sealed class PickledArrays
{
    private const int MostArrays = 65_536;
    private const int MostDepth = 32;

    /// <summary>Longer names would cost more than what they name.</summary>
    private const int LongestName = 1024;

    private static readonly string[] IdKeys = ["id", "ids", "_id", "key", "keys", "name", "names"];
    private static readonly string[] LabelKeys = ["label", "labels", "class", "classes"];

    private readonly SourceFile file;
    private readonly Func<string?, TorchTensor, StoredArray>? place;
    private readonly List<StoredArray> found = [];
    private readonly HashSet<string> names = [];
    private readonly HashSet<object> entered = new(ReferenceEqualityComparer.Instance);

    private PickledArrays(SourceFile file, Func<string?, TorchTensor, StoredArray>? place)
    {
        this.file = file;
        this.place = place;
    }

    /// <param name="file">The file, for faults and memory.</param>
    /// <param name="root">The unpickled object.</param>
    /// <param name="place">Finds a tensor in its storage; <c>null</c> where there are no storages.</param>
    public static List<StoredArray> List(SourceFile file, PickleValue root, Func<string?, TorchTensor, StoredArray>? place = null)
    {
        var arrays = new PickledArrays(file, place);
        arrays.Walk(null, root, 0);
        if (arrays.found.Count == 0 && root.Item is PickleList { Numbers: { } numbers, Count: > 0 })
            return [new StoredArray(null, PickledRows.Number, [numbers.Length], false, new NumberRow(numbers), 0)];
        return arrays.found;
    }

    private void Walk(string? name, PickleValue value, int depth)
    {
        if (depth > MostDepth)
            throw file.Fault($"its objects are nested more than {MostDepth} deep.", PickleName.Resave);
        if (ToArray(name, value) is { } array)
        {
            Add(array);
            return;
        }
        if (value.Item is not (PickleDictionary or PickleList or PickleValue[]) || !entered.Add(value.Item))
            return;
        file.Charge(PickleMemory.ObjectBytes);
        if (value.Item is PickleDictionary dictionary)
            WalkEntries(name, dictionary, depth);
        else if (PickledRows.OfList(file, value, ToArray) is { } rows)
            Add(rows with { Key = name });
        else
            WalkItems(name, value, depth);
    }

    private void WalkItems(string? name, PickleValue value, int depth)
    {
        if (value.Item is PickleValue[] tuple)
        {
            for (int i = 0; i < tuple.Length; i++)
                Walk(Join(name, tuple[i], Shown.Index(i)), tuple[i], depth + 1);
        }
        else if (value.Item is PickleList { Numbers: null } list)
        {
            for (int i = 0; i < list.Count; i++)
                Walk(Join(name, list[i], Shown.Index(i)), list[i], depth + 1);
        }
    }

    private void WalkEntries(string? name, PickleDictionary dictionary, int depth)
    {
        if (PickledRows.OfDictionary(file, dictionary, ToArray) is { } rows)
        {
            Add(rows with { Key = name });
            return;
        }
        int before = found.Count;
        for (int i = 0; i < dictionary.Count; i++)
        {
            string? key = PickledRows.Text(dictionary.Key(i));
            Walk(Join(name, dictionary.Value(i), key ?? "?"), dictionary.Value(i), depth + 1);
        }
        Attach(dictionary, before);
    }

    /// <summary>Gives arrays the ids and labels that stand beside them, where there are as many as rows.</summary>
    private void Attach(PickleDictionary dictionary, int from)
    {
        IReadOnlyList<string>? ids = Beside(dictionary, IdKeys), labels = Beside(dictionary, LabelKeys);
        for (int i = from; i < found.Count; i++)
        {
            long? rows = found[i].Form?.Rows;
            RowNames names = found[i].Names;
            found[i] = found[i] with
            {
                Names = names with
                {
                    Ids = names.Ids ?? (ids?.Count == rows ? ids : null),
                    Labels = names.Labels ?? (labels?.Count == rows ? labels : null),
                },
            };
        }
    }

    private IReadOnlyList<string>? Beside(PickleDictionary dictionary, string[] keys)
    {
        for (int i = 0; i < dictionary.Count; i++)
        {
            if (PickleText.Of(dictionary.Key(i)) is string key && keys.Contains(key) && PickledRows.Texts(file, dictionary.Value(i)) is { } texts)
                return texts;
        }
        return null;
    }

    private StoredArray? ToArray(string? name, PickleValue value) => value.Item switch
    {
        TorchTensor tensor when place is not null => place(name, tensor),
        PickledArray array => array.ToStored(file, name),
        _ => null,
    };

    private void Add(StoredArray array)
    {
        if (found.Count == MostArrays)
            throw file.Fault($"it holds more than {Shown.Count(MostArrays)} arrays.", "One array per row? Stack them into one: numpy.stack(list).");
        if (!names.Add(array.Key ?? ""))
            throw file.Fault($"two of its arrays would be named {Shown.Name(array.Key ?? "")}.", "Save them under keys that differ.");
        file.Charge(4 * PickleMemory.ObjectBytes);
        found.Add(array);
    }

    /// <summary>The name of an entry; only what may hold arrays needs one.</summary>
    private string? Join(string? name, PickleValue value, string key)
    {
        if (value.Item is not (PickleDictionary or PickleList or PickleValue[] or PickledArray or TorchTensor))
            return name;
        string joined = name is null ? key : $"{name}.{key}";
        if (joined.Length > LongestName)
            throw file.Fault($"the key {Shown.Name(joined)} has over {Shown.Count(LongestName)} letters.", "Save the arrays under shorter keys.");
        file.Charge(PickleMemory.ObjectBytes + (2 * joined.Length));
        return joined;
    }
}
