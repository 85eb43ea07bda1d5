namespace ModalityGap.Corrections;

/// <summary>Rows that have no direction any more: how many, and the first of them.</summary>
internal struct LostRows
{
    public int Count { get; private set; }

    public long First { get; private set; }

    public void Add(long row)
    {
        First = Count == 0 ? row : Math.Min(First, row);
        Count++;
    }

    /// <summary>Adds those of a block that begins at a row.</summary>
    public void Add(LostRows block, long start)
    {
        if (block.Count == 0)
            return;
        First = Count == 0 ? start + block.First : Math.Min(First, start + block.First);
        Count += block.Count;
    }
}
