namespace ModalityGap.Sources;

/// <summary>The stack of a pickle with its marks, and the memo that lets it use a value again.</summary>
internal sealed class PickleStack(SourceFile file)
{
    /// <summary>Python numbers the memo without gaps; an old one began at 1.</summary>
    private const int LargestGap = 256;

    private PickleValue[] values = [];
    private int[] marks = [];
    private PickleValue[] memo = [];
    private int count;
    private int markCount;
    private int memoCount;

    public void Push(PickleValue value)
    {
        PickleMemory.Grow(file, ref values, count, 1);
        values[count++] = value;
    }

    /// <summary>Pushes an object of a few fields.</summary>
    public void PushNew(object item)
    {
        file.Charge(PickleMemory.ObjectBytes);
        Push(new PickleValue(item));
    }

    public PickleValue Pop() => count > Floor ? values[--count] : throw Fault();

    public PickleValue Peek() => count > Floor ? values[count - 1] : throw Fault();

    public PickleValue[] PopTuple(int length)
    {
        if (count - Floor < length)
            throw Fault();
        count -= length;
        return Copy(count, length);
    }

    public void Mark()
    {
        PickleMemory.Grow(file, ref marks, markCount, 1);
        marks[markCount++] = count;
    }

    /// <summary>Everything above the last mark, which goes with it; valid until the next push.</summary>
    public ReadOnlySpan<PickleValue> PopToMark()
    {
        if (markCount == 0)
            throw Fault();
        int start = marks[--markCount];
        ReadOnlySpan<PickleValue> above = values.AsSpan(start, count - start);
        count = start;
        return above;
    }

    public PickleValue[] PopTupleToMark()
    {
        int length = PopToMark().Length;
        return Copy(count, length);
    }

    /// <summary>Takes away the top: a value, or the mark above it.</summary>
    public void Drop()
    {
        if (markCount > 0 && marks[markCount - 1] == count)
            markCount--;
        else
            Pop();
    }

    public void Memoize() => Put(memoCount);

    public void Put(long index)
    {
        if (index < 0 || index > memoCount + LargestGap)
            throw Fault();
        int wanted = (int)index + 1;
        if (wanted > memoCount)
        {
            PickleMemory.Grow(file, ref memo, memoCount, wanted - memoCount);
            memoCount = wanted;
        }
        memo[index] = Peek();
    }

    public void Get(long index) => Push(index >= 0 && index < memoCount ? memo[index] : throw Fault());

    private int Floor => markCount == 0 ? 0 : marks[markCount - 1];

    private PickleValue[] Copy(int start, int length)
    {
        file.Charge(PickleMemory.ObjectBytes + (16L * length));
        return values.AsSpan(start, length).ToArray();
    }

    private Embeddings.EmbeddingDataException Fault() =>
        file.Fault("its pickle takes from its stack or its memo what it has not put there.", PickleInput.Damaged);
}
