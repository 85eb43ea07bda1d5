namespace ModalityGap.Sources;

/// <summary>
/// Values whose number is not known beforehand. Blocks, not an array that doubles: all memory taken is then at most twice the values.
/// </summary>
internal sealed class FloatBlocks
{
    private const int BlockLength = 64 * 1024;

    private readonly List<float[]> full = [];
    private float[] block = [];
    private int used;

    public long Count => ((long)full.Count * BlockLength) + used;

    public void Add(float value)
    {
        if (used == block.Length)
        {
            if (used == BlockLength)
                full.Add(block);
            block = NextBlock();
            used = used == BlockLength ? 0 : used;
        }
        block[used++] = value;
    }

    public void CopyTo(Span<float> target)
    {
        foreach (float[] part in full)
        {
            part.CopyTo(target);
            target = target[part.Length..];
        }
        block.AsSpan(0, used).CopyTo(target);
    }

    /// <summary>The first block grows with its content, for most files are small.</summary>
    private float[] NextBlock()
    {
        if (block.Length is 0 or BlockLength)
            return new float[block.Length == 0 ? 1024 : BlockLength];
        Array.Resize(ref block, 2 * block.Length);
        return block;
    }
}
