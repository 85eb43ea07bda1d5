namespace ModalityGap.Sources;

/// <summary>
/// A list in a pickle. While it holds nothing but numbers they are kept as float32, for lists of numbers are rows and a pickle has
/// millions of them; integers that float32 cannot tell apart make it a list of values.
/// </summary>
internal sealed class PickleList
{
    private const long MostExact = 1 << 24;

    private float[]? numbers = [];
    private PickleValue[] values = [];

    public int Count { get; private set; }

    /// <summary>Whether all its entries are whole numbers.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Its entries as numbers; <c>null</c> when some are none.</summary>
    public ReadOnlyMemory<float>? Numbers => numbers?.AsMemory(0, Count);

    public PickleValue this[int index] => numbers is null
        ? values[index]
        : IsWhole ? PickleValue.Of((long)numbers[index]) : PickleValue.Of((double)numbers[index]);

    public void Add(SourceFile file, ReadOnlySpan<PickleValue> items)
    {
        foreach (ref readonly PickleValue item in items)
        {
            bool whole = item.Integer is not null;
            bool exact = item.Number is double number && (!whole || Math.Abs(number) <= MostExact);
            if (!exact && numbers is not null)
                Widen(file);
            IsWhole &= whole;
        }
        if (numbers is null)
            Append(file, ref values, items);
        else
            AppendNumbers(file, items);
        Count += items.Length;
    }

    private void AppendNumbers(SourceFile file, ReadOnlySpan<PickleValue> items)
    {
        PickleMemory.Grow(file, ref numbers!, Count, items.Length);
        for (int i = 0; i < items.Length; i++)
            numbers[Count + i] = (float)items[i].Number!.Value;
    }

    private void Append(SourceFile file, ref PickleValue[] target, ReadOnlySpan<PickleValue> items)
    {
        PickleMemory.Grow(file, ref target, Count, items.Length);
        items.CopyTo(target.AsSpan(Count));
    }

    private void Widen(SourceFile file)
    {
        PickleMemory.Grow(file, ref values, 0, Count);
        for (int i = 0; i < Count; i++)
            values[i] = this[i];
        numbers = null;
    }
}
