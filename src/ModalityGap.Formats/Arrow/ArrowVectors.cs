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

    public abstract void Take(ArrayData data, TableColumn column, int rows);

    public abstract (float[] Values, int Dimensions) Finish();

    /// <summary>Some values of an array of floats, widened or rounded where they are not float32.</summary>
    protected static ReadOnlySpan<float> Floats(ArrayData data, long start, int count, ref float[] room)
    {
        ReadOnlySpan<byte> bytes = data.Buffers[1].Span;
        int first = checked((int)(data.Offset + start));
        if (data.DataType.TypeId == ArrowTypeId.Float)
            return MemoryMarshal.Cast<byte, float>(bytes).Slice(first, count);
        if (data.DataType.TypeId == ArrowTypeId.HalfFloat)
        {
            ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(bytes).Slice(first, count);
            Grow(ref room, count);
            for (int i = 0; i < count; i++)
                room[i] = (float)halves[i];
        }
        else
        {
            ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(bytes).Slice(first, count);
            Grow(ref room, count);
            for (int i = 0; i < count; i++)
                room[i] = (float)doubles[i];
        }
        return room.AsSpan(0, count);
    }

    /// <summary>Called once the values were found to be there: what a file announces takes no memory.</summary>
    private static void Grow(ref float[] room, int count)
    {
        if (room.Length < count)
            room = new float[count];
    }
}
