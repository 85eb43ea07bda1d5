using System.Runtime.InteropServices;
using ModalityGap.Sources;
using PureHDF;
using PureHDF.Selections;

namespace ModalityGap.Formats.Hdf5;

/// <summary>The elements of a data set, wherever in the file its chunks lie, read some rows at a time.</summary>
internal sealed class Hdf5Bytes(SourceFile file, string key, IH5Dataset dataset, ElementType type, long[] shape, long length) : StoredBytes
{
    public override long Length => length;

    public override int ReadStart(Span<byte> target) => throw new NotSupportedException();

    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation)
    {
        CheckChunks();
        switch (type.Number)
        {
            case NumberType.Float16:
                Read<Half>(handler, cancellation);
                break;
            case NumberType.Float32:
                Read<float>(handler, cancellation);
                break;
            case NumberType.Float64:
                Read<double>(handler, cancellation);
                break;
            case NumberType.Int8:
                Read<sbyte>(handler, cancellation);
                break;
            default:
                Read<byte>(handler, cancellation);
                break;
        }
    }

    /// <summary>A chunk is unpacked whole, so its announced size must be one that the file justifies.</summary>
    private void CheckChunks()
    {
        if (dataset.Layout.Class != H5DataLayoutClass.Chunked)
            return;
        double bytes = type.Size;
        foreach (ulong side in dataset.Layout.Chunks)
            bytes *= side;
        if (bytes > SourceFile.SmallAllowance + (4.0 * file.Length))
            throw file.Fault(
                $"data set {Shown.Name(key)} announces chunks of {bytes:N0} bytes; the file has {Shown.Count(file.Length)}.",
                "The file is damaged: write it again.");
    }

    private void Read<T>(BlockHandler handler, CancellationToken cancellation)
        where T : unmanaged
    {
        long perRow = length / type.Size / RowsOf(shape);
        long rows = shape.Length == 3 ? shape[1] : shape[0];
        int step = (int)Math.Clamp(RowsPerBlock(perRow), 1, rows);
        long offset = 0;
        for (long layer = 0; layer < (shape.Length == 3 ? shape[0] : 1); layer++)
        {
            for (long row = 0; row < rows; row += step)
            {
                cancellation.ThrowIfCancellationRequested();
                ulong count = (ulong)Math.Min(step, rows - row);
                T[] block = dataset.Read<T[]>(Selection(layer, row, count));
                Span<byte> bytes = MemoryMarshal.AsBytes(block.AsSpan());
                handler(offset, bytes);
                offset += bytes.Length;
            }
        }
    }

    /// <summary>As many as make a block, and whole chunks of them, so that none is unpacked twice.</summary>
    private long RowsPerBlock(long perRow)
    {
        long rows = BlockBytes / Math.Max(1, perRow * type.Size);
        if (dataset.Layout.Class != H5DataLayoutClass.Chunked || dataset.Layout.Chunks is not { } chunks || chunks.Length < shape.Length)
            return rows;
        long chunkRows = (long)Math.Clamp(chunks[shape.Length - 2], 1, int.MaxValue);
        return Math.Max(chunkRows, rows / chunkRows * chunkRows);
    }

    private HyperslabSelection Selection(long layer, long row, ulong count) => shape.Length == 3
        ? new HyperslabSelection(3, [(ulong)layer, (ulong)row, 0], [1, count, (ulong)shape[2]])
        : new HyperslabSelection(2, [(ulong)row, 0], [count, (ulong)shape[1]]);

    private static long RowsOf(long[] shape) => shape.Length == 3 ? shape[0] * shape[1] : shape[0];
}
