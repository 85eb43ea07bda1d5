using System.Runtime.InteropServices;

namespace ModalityGap.Sources;

/// <summary>An array that lies in a file row by row, each an object of its own.</summary>
internal sealed class StackedRows(IReadOnlyList<StoredBytes> rows, long rowBytes) : StoredBytes
{
    public override long Length => rows.Count * rowBytes;

    public override int ReadStart(Span<byte> target)
    {
        int done = 0;
        for (int i = 0; i < rows.Count && done < target.Length; i++)
            done += rows[i].ReadStart(target.Slice(done, (int)Math.Min(rowBytes, target.Length - done)));
        return done;
    }

    /// <summary>A block is a row: rows have whole elements, which is all that a handler needs.</summary>
    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(skip, 0);
        var row = new byte[rowBytes];
        for (int i = 0; i < rows.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            rows[i].ReadStart(row);
            handler(i * rowBytes, row);
        }
    }
}

/// <summary>A row of numbers that a list held.</summary>
internal sealed class NumberRow(ReadOnlyMemory<float> numbers) : StoredBytes
{
    public override long Length => (long)numbers.Length * sizeof(float);

    public override int ReadStart(Span<byte> target)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(numbers.Span);
        bytes = bytes[..Math.Min(bytes.Length, target.Length)];
        bytes.CopyTo(target);
        return bytes.Length;
    }

    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation) =>
        handler(0, MemoryMarshal.AsBytes(numbers.Span)[(int)skip..].ToArray());
}
