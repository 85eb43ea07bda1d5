using System.Buffers.Binary;

namespace ModalityGap.Formats.Arrow;

/// <summary>A table in the encoding of FlatBuffers, as far as the headers of Arrow's messages need it. Every offset is checked.</summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> buffer;
    private readonly int position;

    private FlatTable(ReadOnlySpan<byte> buffer, int position)
    {
        this.buffer = buffer;
        this.position = position;
    }

    /// <summary>The table at the root of a buffer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An offset lies outside the buffer.</exception>
    public static FlatTable Root(ReadOnlySpan<byte> buffer) => new(buffer, Follow(buffer, 0));

    public byte Byte(int field) => Place(field) is int at and > 0 ? buffer[at] : (byte)0;

    public long Long(int field) => Place(field) is int at and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(buffer[at..]) : 0;

    /// <summary>The table that a field points to.</summary>
    public bool TryTable(int field, out FlatTable table)
    {
        int at = Place(field);
        table = at > 0 ? new FlatTable(buffer, Follow(buffer, at)) : default;
        return at > 0;
    }

    /// <summary>Number of elements of the vector that a field points to, 0 where it is absent; all of them lie in the buffer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vector is longer than the buffer.</exception>
    public int Count(int field, int elementBytes)
    {
        int at = Place(field);
        if (at == 0)
            return 0;
        int vector = Follow(buffer, at);
        int count = BinaryPrimitives.ReadInt32LittleEndian(buffer[vector..]);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _ = buffer.Slice(vector + 4, checked(count * elementBytes));
        return count;
    }

    /// <summary>An element of a vector of tables.</summary>
    public FlatTable Element(int field, int index)
    {
        int place = checked(Follow(buffer, Place(field)) + 4 + (4 * index));
        return new FlatTable(buffer, Follow(buffer, place));
    }

    /// <summary>Where a field lies; 0 when it is absent.</summary>
    private int Place(int field)
    {
        int directory = position - BinaryPrimitives.ReadInt32LittleEndian(buffer[position..]);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(buffer[directory..]);
        int entry = 4 + (2 * field);
        if (entry + 2 > length)
            return 0;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(buffer[(directory + entry)..]);
        return offset == 0 ? 0 : position + offset;
    }

    /// <summary>Offsets lead onwards, never back, so that no chain of them is a circle.</summary>
    private static int Follow(ReadOnlySpan<byte> buffer, int at)
    {
        int offset = BinaryPrimitives.ReadInt32LittleEndian(buffer[at..]);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(offset);
        return checked(at + offset);
    }
}
