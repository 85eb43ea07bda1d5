namespace ModalityGap.Sources;

/// <summary>Takes one block of an array's bytes; may change them. Blocks may come in any order and on several threads.</summary>
/// <param name="offset">Where the block begins, counted from the first byte that was asked for.</param>
/// <param name="block">Bytes; a multiple of 8 or a whole row in all blocks but the last.</param>
internal delegate void BlockHandler(long offset, Span<byte> block);

/// <summary>A run of bytes in a file, as they are or compressed.</summary>
internal abstract class StoredBytes
{
    /// <summary>A block stays in the second-level cache while it is converted.</summary>
    protected const int BlockBytes = 256 * 1024;

    /// <summary>Number of bytes, unpacked.</summary>
    public abstract long Length { get; }

    /// <summary>Reads from the beginning as many bytes as the target holds or as there are; returns how many.</summary>
    public abstract int ReadStart(Span<byte> target);

    /// <summary>Reads all bytes after the first <paramref name="skip"/>, in blocks.</summary>
    public abstract void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation);
}
