using System.Buffers;

namespace ModalityGap.Sources;

/// <summary>
/// The elements of a view of a storage whose elements do not lie one after the other, in C order: a slice, a transposed stack. Runs
/// of neighbours are read as they lie; where these are short, the part of the storage that the view covers is read once as a whole.
/// </summary>
internal sealed class StridedBytes : StoredBytes
{
    /// <summary>A shorter read costs as much as this one.</summary>
    private const int ShortRun = 512;

    private readonly SourceFile file;
    private readonly FileRegion covered;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly int runBytes;

    /// <param name="file">The file, for faults and memory.</param>
    /// <param name="covered">The part of the storage from the view's first element to its last.</param>
    /// <param name="shape">The length of each axis, none 0; their product fits 63 bits.</param>
    /// <param name="strides">Bytes from one index to the next on each axis, none negative.</param>
    /// <param name="size">Bytes per element.</param>
    public StridedBytes(SourceFile file, FileRegion covered, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, int size)
    {
        this.file = file;
        this.covered = covered;
        long run = size;
        int axes = shape.Length;
        while (axes > 0 && (shape[axes - 1] == 1 || strides[axes - 1] == run) && run * shape[axes - 1] <= BlockBytes)
            run *= shape[--axes];
        runBytes = (int)run;
        this.shape = shape[..axes].ToArray();
        this.strides = strides[..axes].ToArray();
        Length = run;
        foreach (long length in this.shape)
            Length *= length;
    }

    public override long Length { get; }

    public override int ReadStart(Span<byte> target)
    {
        byte[]? whole = Whole();
        var cursor = new long[shape.Length];
        int done = 0;
        for (long at = 0; done < target.Length && done < Length; at = Advance(cursor, at))
        {
            int count = Math.Min(runBytes, target.Length - done);
            Fetch(whole, at, target.Slice(done, count));
            done += count;
        }
        return done;
    }

    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(skip, 0);
        byte[]? whole = Whole();
        // Eight runs make a multiple of eight bytes, whatever an element has.
        int perBlock = Math.Max(1, BlockBytes / (8 * runBytes)) * 8;
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(Length, (long)perBlock * runBytes));
        try
        {
            var cursor = new long[shape.Length];
            long at = 0;
            for (long start = 0; start < Length;)
            {
                cancellation.ThrowIfCancellationRequested();
                int filled = 0;
                for (int run = 0; run < perBlock && start + filled < Length; run++, filled += runBytes)
                {
                    Fetch(whole, at, buffer.AsSpan(filled, runBytes));
                    at = Advance(cursor, at);
                }
                handler(start, buffer.AsSpan(0, filled));
                start += filled;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[]? Whole()
    {
        if (runBytes >= ShortRun)
            return null;
        if (covered.Length > Array.MaxLength)
            throw file.Fault("it holds a view of over 2 GB whose elements do not lie together.", "Save tensor.contiguous().");
        file.Charge(covered.Length);
        var whole = new byte[covered.Length];
        covered.ReadAt(0, whole);
        return whole;
    }

    private void Fetch(byte[]? whole, long at, Span<byte> target)
    {
        if (whole is null)
            covered.ReadAt(at, target);
        else
            whole.AsSpan((int)at, target.Length).CopyTo(target);
    }

    /// <summary>The place of the next run: the last axis runs fastest.</summary>
    private long Advance(long[] cursor, long at)
    {
        for (int axis = cursor.Length - 1; axis >= 0; axis--)
        {
            at += strides[axis];
            if (++cursor[axis] < shape[axis])
                return at;
            at -= strides[axis] * shape[axis];
            cursor[axis] = 0;
        }
        return at;
    }
}
