using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Rows that a pickle holds one by one: in a list, or in a dictionary under their ids.</summary>
internal static class PickledRows
{
    /// <summary>What lists of numbers hold, read as float32.</summary>
    public static ElementType Number { get; } = new("python number", NumberType.Float32, !BitConverter.IsLittleEndian);

    /// <summary>The array whose rows are the items of a list or tuple; <c>null</c> when these are not rows of one length and type.</summary>
    /// <param name="file">The file, for memory.</param>
    /// <param name="value">The list.</param>
    /// <param name="toArray">What an item is as an array, or <c>null</c>.</param>
    public static StoredArray? OfList(SourceFile file, PickleValue value, Func<string?, PickleValue, StoredArray?> toArray)
    {
        var rows = new Rows(file, toArray);
        if (value.Item is PickleValue[] tuple)
            return tuple.All(rows.TryAdd) ? rows.ToArray() : null;
        if (value.Item is not PickleList { Numbers: null } list)
            return null;
        for (int i = 0; i < list.Count; i++)
        {
            if (!rows.TryAdd(list[i]))
                return null;
        }
        return rows.ToArray();
    }

    /// <summary>
    /// The array whose rows are the values of a dictionary and whose ids are its keys. Keys that each name another modality are no ids.
    /// </summary>
    public static StoredArray? OfDictionary(
        SourceFile file, PickleDictionary dictionary, Func<string?, PickleValue, StoredArray?> toArray)
    {
        if (dictionary.Count < 2)
            return null;
        var rows = new Rows(file, toArray);
        for (int i = 0; i < dictionary.Count; i++)
        {
            if (Text(dictionary.Key(i)) is null || !rows.TryAdd(dictionary.Value(i)))
                return null;
        }
        file.Charge(8L * dictionary.Count);
        string[] ids = [.. Enumerable.Range(0, dictionary.Count).Select(i => Text(dictionary.Key(i))!)];
        bool areModalities = ids.All(id => ModalityNames.FromKey(id) is not null)
            && ids.Select(ModalityNames.FromKey).Distinct().Count() == ids.Length;
        return areModalities || rows.ToArray() is not { } array ? null : array with { Names = new RowNames { Ids = ids } };
    }

    /// <summary>The texts or whole numbers of a list or tuple; <c>null</c> when it holds anything else.</summary>
    public static IReadOnlyList<string>? Texts(SourceFile file, PickleValue value)
    {
        int count = value.Item switch { PickleValue[] tuple => tuple.Length, PickleList list => list.Count, _ => 0 };
        if (count == 0)
            return null;
        file.Charge(8L * count);
        var texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            if (Text(value.Item is PickleValue[] tuple ? tuple[i] : ((PickleList)value.Item!)[i]) is not string text)
                return null;
            texts[i] = text;
        }
        return texts;
    }

    public static string? Text(PickleValue value) =>
        value.Integer?.ToString(CultureInfo.InvariantCulture) ?? PickleText.Of(value);

    /// <summary>Rows collected so far: all of one kind, type and length.</summary>
    private sealed class Rows(SourceFile file, Func<string?, PickleValue, StoredArray?> toArray)
    {
        private readonly List<StoredBytes> bytes = [];
        private ElementType? type;
        private long length;

        public bool TryAdd(PickleValue value)
        {
            if (Row(value) is not (ElementType rowType, long rowLength, StoredBytes row) || rowLength == 0)
                return false;
            type ??= rowType;
            length = bytes.Count == 0 ? rowLength : length;
            if (type != rowType || length != rowLength)
                return false;
            file.Charge(2 * PickleMemory.ObjectBytes);
            bytes.Add(row);
            return true;
        }

        public StoredArray? ToArray() => bytes.Count == 0
            ? null
            : new StoredArray(null, type!, [bytes.Count, length], false, new StackedRows(bytes, length * type!.Size), 0);

        private (ElementType Type, long Length, StoredBytes Bytes)? Row(PickleValue value)
        {
            if (value.Item is PickleList { Numbers: { } numbers })
                return (Number, numbers.Length, new NumberRow(numbers));
            if (value.Item is PickleValue[] tuple)
                return OfTuple(tuple);
            StoredArray? array = value.Item is PickledArray or TorchTensor ? toArray(null, value) : null;
            return array is { Type.Number: not null, Shape: [_] or [1, _] } ? (array.Type, array.Shape[^1], array.Bytes) : null;
        }

        private (ElementType Type, long Length, StoredBytes Bytes)? OfTuple(PickleValue[] tuple)
        {
            if (!tuple.All(item => item.Number is not null))
                return null;
            var list = new PickleList();
            list.Add(file, tuple);
            return list.Numbers is null ? null : Row(new PickleValue(list));
        }
    }
}
