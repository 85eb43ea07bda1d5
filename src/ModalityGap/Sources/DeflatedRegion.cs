using System.Buffers;
using System.IO.Compression;

namespace ModalityGap.Sources;

/// <summary>
/// Bytes that lie deflated in a file; blocks come in order. Never more than the announced length is unpacked, so a compressed bomb
/// costs what its announcement says, and that has to fit the array's shape.
/// </summary>
internal sealed class DeflatedRegion(SourceFile file, string name, long offset, long compressedLength, long length) : StoredBytes
{
    private const string Damaged = "The archive is damaged or was tampered with: copy or write it again.";

    public override long Length => length;

    public override int ReadStart(Span<byte> target)
    {
        using DeflateStream unpacked = Open();
        return Read(unpacked, target[..(int)Math.Min(target.Length, length)]);
    }

    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            using DeflateStream unpacked = Open();
            Skip(unpacked, skip, buffer);
            for (long start = 0; start < length - skip; start += BlockBytes)
            {
                cancellation.ThrowIfCancellationRequested();
                Span<byte> block = buffer.AsSpan(0, (int)Math.Min(BlockBytes, length - skip - start));
                Fill(unpacked, block, skip + start);
                handler(start, block);
            }
            if (Read(unpacked, buffer.AsSpan(0, 1)) != 0)
                throw file.Fault($"its member {name} unpacks to more than the {Shown.Bytes(length)} that it announces.", Damaged);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private DeflateStream Open() => new(new RegionStream(file, offset, compressedLength), CompressionMode.Decompress);

    private void Skip(DeflateStream unpacked, long count, byte[] buffer)
    {
        for (long done = 0; done < count;)
        {
            int part = (int)Math.Min(buffer.Length, count - done);
            Fill(unpacked, buffer.AsSpan(0, part), done);
            done += part;
        }
    }

    private void Fill(DeflateStream unpacked, Span<byte> target, long position)
    {
        int read = Read(unpacked, target);
        if (read < target.Length)
            throw file.Fault(
                $"its member {name} unpacks to {Shown.Bytes(position + read)}; {Shown.Bytes(length - position - read)} are missing.",
                Damaged);
    }

    private int Read(DeflateStream unpacked, Span<byte> target)
    {
        try
        {
            return unpacked.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException fault)
        {
            throw file.Fault($"its member {name} cannot be unpacked: its compressed bytes are damaged.", Damaged, fault);
        }
    }
}
