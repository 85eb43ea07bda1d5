using System.Buffers;
using System.Buffers.Binary;

namespace ModalityGap.Sources;

/// <summary>Rows that each stand behind their own number of dimensions, which must be the same for all.</summary>
internal sealed class VectorRecords(SourceFile file, long rows, int dimensions, int size) : StoredBytes
{
    private const int HeaderBytes = sizeof(int);

    private readonly long rowBytes = (long)dimensions * size;

    public override long Length => rows * rowBytes;

    public override int ReadStart(Span<byte> target)
    {
        int count = (int)Math.Min(target.Length, Math.Min(Length, rowBytes));
        file.ReadAt(HeaderBytes, target[..count]);
        return count;
    }

    public override void ReadBlocks(long skip, BlockHandler handler, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(skip, 0);
        // A row that can be an embedding has far less than 2 GB: its number of dimensions has been looked at before.
        int record = checked((int)(HeaderBytes + rowBytes));
        int perBlock = Math.Max(1, BlockBytes / record);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(perBlock, rows) * record);
        try
        {
            for (long row = 0; row < rows; row += perBlock)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = (int)Math.Min(perBlock, rows - row);
                file.ReadAt(row * record, buffer.AsSpan(0, count * record));
                Close(buffer, record, row, count);
                handler(row * rowBytes, buffer.AsSpan(0, count * (record - HeaderBytes)));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Moves rows together over the numbers between them.</summary>
    private void Close(byte[] buffer, int recordBytes, long firstRow, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Span<byte> record = buffer.AsSpan(i * recordBytes, recordBytes);
            int announced = BinaryPrimitives.ReadInt32LittleEndian(record);
            if (announced != dimensions)
                throw file.Fault(
                    $"row {Shown.Count(firstRow + i)} announces {Shown.Count(announced)} dimensions, the first {Shown.Count(dimensions)}.",
                    "All rows must come from the same model; if they do, the file is damaged: copy it again.");
            record[HeaderBytes..].CopyTo(buffer.AsSpan(i * (recordBytes - HeaderBytes)));
        }
    }
}
