using System.Buffers;
using System.Runtime.ExceptionServices;

namespace ModalityGap.Sources;

/// <summary>Bytes that lie in a file as they are; blocks are read in parallel.</summary>
internal sealed class FileRegion(SourceFile file, long offset, long length) : StoredBytes
{
    /// <summary>More readers than this gain nothing on a disk, and each holds a block.</summary>
    private const int MostReaders = 8;

    public override long Length => length;

    /// <summary>Where in the file the bytes begin.</summary>
    public long Offset => offset;

    /// <summary>Fills the target from a position among the bytes; for any thread.</summary>
    public void ReadAt(long position, Span<byte> target) => file.ReadAt(offset + position, target);

    public override int ReadStart(Span<byte> target)
    {
        int count = (int)Math.Min(target.Length, length);
        file.ReadAt(offset, target[..count]);
        return count;
    }

    /// <summary>A part of it, which lies inside.</summary>
    public FileRegion Slice(long from, long count) => new(file, offset + from, count);

    /// <summary>Reads it as a pickle.</summary>
    public PickleInput ToInput() => new(file, offset, length);

    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation)
    {
        long blocks = (length - skip + BlockBytes - 1) / BlockBytes;
        var options = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = blocks < 4 ? 1 : Math.Min(MostReaders, Environment.ProcessorCount),
        };
        try
        {
            Parallel.For(0, blocks, options, Rent, (block, _, buffer) => ReadBlock(block, skip, buffer, handler), Return);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    private byte[] ReadBlock(long block, long skip, byte[] buffer, BlockHandler handler)
    {
        long start = block * BlockBytes;
        Span<byte> bytes = buffer.AsSpan(0, (int)Math.Min(BlockBytes, length - skip - start));
        file.ReadAt(offset + skip + start, bytes);
        handler(start, bytes);
        return buffer;
    }

    private static byte[] Rent() => ArrayPool<byte>.Shared.Rent(BlockBytes);

    private static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);
}
