namespace ModalityGap.Sources;

/// <summary>A dictionary in a pickle: keys and values in the order in which they were set.</summary>
internal sealed class PickleDictionary
{
    private PickleValue[] entries = [];

    public int Count { get; private set; }

    public PickleValue Key(int index) => entries[2 * index];

    public PickleValue Value(int index) => entries[(2 * index) + 1];

    /// <summary>Sets entries given as key, value, key, value, ...</summary>
    public void Set(SourceFile file, ReadOnlySpan<PickleValue> pairs)
    {
        PickleMemory.Grow(file, ref entries, 2L * Count, pairs.Length);
        pairs.CopyTo(entries.AsSpan(2 * Count));
        Count += pairs.Length / 2;
    }
}
