using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using ModalityGap.Formats.Tables;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>Takes a column whose cells are whole embeddings.</summary>
internal sealed class ArrowCells(SourceFile file, TableColumn column, long rows) : ArrowVectors
{
    private readonly VectorSink sink = new(file, column.Name, rows);
    private RawVectors? raw;
    private float[] room = [];

    public override string ElementType => raw?.ElementType ?? column.Type.Replace("list of ", "", StringComparison.Ordinal);

    public override void Take(ArrayData data, TableColumn column, int rows)
    {
        switch (data.DataType.TypeId)
        {
            case ArrowTypeId.FixedSizeList:
                TakeFixed(data, rows);
                break;
            case ArrowTypeId.List:
                TakeLists(data, rows, MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span));
                break;
            case ArrowTypeId.LargeList:
                TakeLists(data, rows, MemoryMarshal.Cast<byte, long>(data.Buffers[1].Span));
                break;
            default:
                TakeBytes(data, rows);
                break;
        }
    }

    public override (float[] Values, int Dimensions) Finish()
    {
        float[] values = sink.Finish();
        return (values, sink.Dimensions);
    }

    private void TakeFixed(ArrayData data, int rows)
    {
        int width = ((FixedSizeListType)data.DataType).ListSize;
        ArrayData items = data.Children[0];
        int empty = ArrowNulls.First(data, 0, rows);
        int hole = ArrowNulls.First(items, checked(data.Offset * width), checked(rows * width));
        int good = Math.Min(empty < 0 ? rows : empty, hole < 0 ? rows : hole / Math.Max(1, width));
        // A block at a time, so that what must be converted stays small.
        int step = Math.Max(1, (64 * 1024) / Math.Max(1, width));
        for (int row = 0; row < good; row += step)
        {
            int count = Math.Min(step, good - row) * width;
            if (count == 0)
                break;
            sink.AppendRows(Floats(items, (long)(data.Offset + row) * width, count, ref room), width);
        }
        if (good < rows || width == 0)
        {
            sink.StartRow();
            throw sink.Missing();
        }
    }

    private void TakeLists<T>(ArrayData data, int rows, ReadOnlySpan<T> offsets)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        ArrayData items = data.Children[0];
        for (int row = 0; row < rows; row++)
        {
            sink.StartRow();
            long start = long.CreateChecked(offsets[data.Offset + row]), end = long.CreateChecked(offsets[data.Offset + row + 1]);
            int count = checked((int)(end - start));
            if (start < 0 || count < 0 || end > items.Length)
                throw sink.Fault($"lies outside its values ({start} to {end} of {items.Length})", "The file is damaged: write it again.");
            if (count == 0 || ArrowNulls.First(data, row, 1) >= 0 || ArrowNulls.First(items, (int)start, count) >= 0)
                throw sink.Missing();
            if (count > ArrayForm.MostDimensions)
                throw sink.Fault($"has {Shown.Count(count)} values: more than any embedding", "Give one row per item.");
            sink.Append(Floats(items, start, count, ref room));
        }
    }

    private void TakeBytes(ArrayData data, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            sink.StartRow();
            if (ArrowNulls.First(data, row, 1) >= 0)
                throw sink.Missing();
            ReadOnlySpan<byte> bytes = ArrowBytes.At(data, row);
            raw ??= RawVectors.Of(bytes)
                ?? throw sink.Fault(
                    $"has {bytes.Length} bytes of which it is not clear whether they are float32 or float16", "Write the column as lists of floats.");
            raw.AppendTo(sink, bytes);
        }
    }
}
