namespace ModalityGap.Sources;

/// <summary>Bytes that had to be decoded and lie in memory.</summary>
internal sealed class MemoryBytes(byte[] bytes) : StoredBytes
{
    public override long Length => bytes.Length;

    public override int ReadStart(Span<byte> target)
    {
        int count = Math.Min(target.Length, bytes.Length);
        bytes.AsSpan(0, count).CopyTo(target);
        return count;
    }

    /// <summary>A handler may change its block, so each is a copy.</summary>
    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation)
    {
        var buffer = new byte[Math.Min(BlockBytes, bytes.Length - skip)];
        for (long start = 0; start < bytes.Length - skip; start += BlockBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> block = bytes.AsSpan((int)(skip + start));
            block = block[..Math.Min(buffer.Length, block.Length)];
            block.CopyTo(buffer);
            handler(start, buffer.AsSpan(0, block.Length));
        }
    }
}
