using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using ModalityGap.Formats.Tables;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>Takes the embeddings of one modality out of the batches.</summary>
internal abstract class ArrowVectors
{
    /// <summary>The element type as stored.</summary>
    public abstract string ElementType { get; }

    public static ArrowVectors For(SourceFile file, VectorSource source, long rows) =>
        source.IsSpread ? new ArrowSpread(file, source, rows) : new ArrowCells(file, source.Columns[0], rows);

    public abstract void Take(IArrowArray array, TableColumn column, int rows);

    public abstract (float[] Values, int Dimensions) Finish();

    /// <summary>The first of some places without a value; -1 when all have one.</summary>
    protected static int FirstNull(ArrayData data, int start, int count)
    {
        ReadOnlySpan<byte> bits = data.Buffers[0].Span;
        for (int i = data.Offset + start; !bits.IsEmpty && i < data.Offset + start + count; i++)
        {
            if ((bits[i >> 3] & (1 << (i & 7))) == 0)
                return i - data.Offset - start;
        }
        return -1;
    }

    /// <summary>Some values of an array of floats, widened or rounded where they are not float32.</summary>
    protected static ReadOnlySpan<float> Floats(ArrayData data, long start, int count, ref float[] room)
    {
        ReadOnlySpan<byte> bytes = data.Buffers[1].Span;
        int first = checked((int)(data.Offset + start));
        if (data.DataType.TypeId == ArrowTypeId.Float)
            return MemoryMarshal.Cast<byte, float>(bytes).Slice(first, count);
        if (room.Length < count)
            room = new float[count];
        if (data.DataType.TypeId == ArrowTypeId.HalfFloat)
        {
            ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(bytes).Slice(first, count);
            for (int i = 0; i < count; i++)
                room[i] = (float)halves[i];
        }
        else
        {
            ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(bytes).Slice(first, count);
            for (int i = 0; i < count; i++)
                room[i] = (float)doubles[i];
        }
        return room.AsSpan(0, count);
    }
}
