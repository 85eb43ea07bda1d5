using System.Buffers.Binary;
using System.Text;

namespace ModalityGap.Sources;

/// <summary>One member of a zip archive, as the directory at the archive's end describes it.</summary>
internal sealed record ZipMember(string Name, int Method, long CompressedLength, long Length, long HeaderOffset, bool Encrypted);

/// <summary>
/// The directory of a zip archive. It is read here, not by ZipArchive, because that hides where a stored member lies (so it could
/// not be read in place and in parallel) and allocates for as many members as the archive claims.
/// </summary>
internal static class ZipDirectory
{
    /// <summary>More arrays than anyone keeps modalities in; each costs memory before its content is known.</summary>
    public const int MostMembers = 1024;

    public const string Damaged = "The archive is truncated or damaged: copy or write it again.";

    private const int MostNameBytes = 1024;
    private const int EndBytes = 22;
    private const int EntryBytes = 46;
    private const uint EndMark = 0x06054b50;
    private const uint EndMark64 = 0x06064b50;
    private const uint LocatorMark64 = 0x07064b50;
    private const uint EntryMark = 0x02014b50;
    private const uint LocalMark = 0x04034b50;

    public static List<ZipMember> Read(SourceFile file)
    {
        (long count, long offset, long end) = FindEnd(file);
        if (count > MostMembers)
            throw file.Fault(
                $"it holds {Shown.Count(count)} arrays; at most {Shown.Count(MostMembers)} are read.",
                "One array per row? Stack them into one: numpy.stack(list).");
        List<ZipMember> members = [];
        Span<byte> entry = stackalloc byte[EntryBytes];
        for (long i = 0; i < count; i++)
            members.Add(ReadEntry(file, entry, ref offset, end));
        return members;
    }

    /// <summary>Where a member's bytes begin: after its own header, whose variable part may differ from the directory's.</summary>
    public static StoredBytes Bytes(SourceFile file, ZipMember member)
    {
        string name = Shown.Name(member.Name);
        if (member.Encrypted)
            throw file.Fault($"its member {name} is encrypted.", "Unpack it with its password and save it without.");
        Span<byte> header = stackalloc byte[30];
        long room = file.Length - member.HeaderOffset - header.Length;
        if (member.HeaderOffset < 0 || room < 0)
            throw file.Fault($"its directory places {name} outside the file.", Damaged);
        file.ReadAt(member.HeaderOffset, header);
        long variable =
            BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        bool whole = member.CompressedLength >= 0 && member.CompressedLength <= room - variable;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalMark || !whole)
            throw file.Fault($"its member {name} is not where the directory says, or not whole.", Damaged);
        long start = member.HeaderOffset + header.Length + variable;
        return member.Method switch
        {
            0 when member.Length == member.CompressedLength => new FileRegion(file, start, member.Length),
            0 => throw file.Fault($"its member {name} is stored, yet has two different lengths.", Damaged),
            8 when member.Length >= 0 => new DeflatedRegion(file, name, start, member.CompressedLength, member.Length),
            8 => throw file.Fault($"its member {name} has a negative length.", Damaged),
            _ => throw file.Fault(
                $"its member {name} is compressed with method {member.Method}.",
                "Write it with numpy.savez or numpy.savez_compressed."),
        };
    }

    private static (long Count, long Offset, long End) FindEnd(SourceFile file)
    {
        int length = (int)Math.Min(file.Length, EndBytes + ushort.MaxValue);
        byte[] tail = new byte[length];
        file.ReadAt(file.Length - length, tail);
        for (int i = length - EndBytes; i >= 0; i--)
        {
            ReadOnlySpan<byte> record = tail.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) != EndMark)
                continue;
            long at = file.Length - length + i;
            long count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
            return count == ushort.MaxValue || offset == uint.MaxValue ? FindEnd64(file, at) : (count, offset, at);
        }
        throw file.Fault("it begins as a zip archive, but has no directory at its end.", Damaged);
    }

    private static (long Count, long Offset, long End) FindEnd64(SourceFile file, long end)
    {
        Span<byte> locator = stackalloc byte[20];
        Span<byte> record = stackalloc byte[56];
        if (end >= locator.Length)
        {
            file.ReadAt(end - locator.Length, locator);
            long at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(locator) == LocatorMark64 && at >= 0 && at <= end - record.Length)
            {
                file.ReadAt(at, record);
                if (BinaryPrimitives.ReadUInt32LittleEndian(record) == EndMark64)
                    return (Unsigned(record[32..]), Unsigned(record[48..]), at);
            }
        }
        throw file.Fault("its directory says that it is a large zip archive, but its end record is missing.", Damaged);
    }

    private static ZipMember ReadEntry(SourceFile file, Span<byte> entry, ref long offset, long end)
    {
        if (offset > end - EntryBytes)
            throw file.Fault("its directory is shorter than its number of arrays needs.", Damaged);
        file.ReadAt(offset, entry);
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]);
        long next = offset + EntryBytes + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntryMark || nameLength > MostNameBytes || next > end)
            throw file.Fault("its directory is damaged.", Damaged);
        byte[] variable = new byte[nameLength + extraLength];
        file.ReadAt(offset + EntryBytes, variable);
        offset = next;
        return Widen(
            new ZipMember(
                Encoding.UTF8.GetString(variable, 0, nameLength),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]),
                (entry[8] & 1) != 0),
            variable.AsSpan(nameLength));
    }

    /// <summary>Lengths of 4 GiB and more stand in an extra field, in the order length, compressed length, offset.</summary>
    private static ZipMember Widen(ZipMember member, ReadOnlySpan<byte> extra)
    {
        const ushort Zip64 = 1;
        while (extra.Length >= 4)
        {
            int length = Math.Min(extra.Length - 4, BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            ReadOnlySpan<byte> wide = extra.Slice(4, length);
            bool found = BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64;
            extra = extra[(4 + length)..];
            if (!found)
                continue;
            return member with
            {
                Length = Next(ref wide, member.Length),
                CompressedLength = Next(ref wide, member.CompressedLength),
                HeaderOffset = Next(ref wide, member.HeaderOffset),
            };
        }
        return member;
    }

    private static long Next(ref ReadOnlySpan<byte> wide, long narrow)
    {
        if (narrow != uint.MaxValue || wide.Length < 8)
            return narrow;
        long value = Unsigned(wide);
        wide = wide[8..];
        return value;
    }

    /// <summary>A length beyond 63 bits is as impossible as the largest that fits.</summary>
    private static long Unsigned(ReadOnlySpan<byte> bytes) =>
        (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes), long.MaxValue);
}
