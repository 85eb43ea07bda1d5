using System.Buffers.Binary;
using System.Text.Json;

namespace ModalityGap.Sources;

/// <summary>The arrays of a safetensors file: the length of a JSON header, the header, then the data.</summary>
internal static class SafetensorsArrays
{
    public const string Damaged = "The file is truncated or damaged: download or write it again.";

    private const int LengthBytes = 8;

    /// <summary>The format's own limit.</summary>
    private const long MostHeaderBytes = 100_000_000;

    /// <summary>More tensors than any model has; each costs memory.</summary>
    private const int MostArrays = 65_536;

    /// <summary>Whether a file begins as safetensors do: a length below 2^40, then an opening brace.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) =>
        start.Length > LengthBytes
        && start[LengthBytes] == '{'
        && BinaryPrimitives.ReadUInt64LittleEndian(start) is > 0 and < 1UL << 40;

    public static List<StoredArray> List(SourceFile file)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        if (file.Length < LengthBytes)
            throw file.Fault($"it has only {Shown.Bytes(file.Length)}; a safetensors file begins with {LengthBytes}.", Damaged);
        file.ReadAt(0, length);
        ulong announced = BinaryPrimitives.ReadUInt64LittleEndian(length);
        long room = file.Length - LengthBytes;
        if (announced > (ulong)room)
            throw file.Fault($"its header announces {announced:N0} bytes, but only {Shown.Bytes(room)} follow.", Damaged);
        if (announced > MostHeaderBytes)
            throw file.Fault($"its header has {Shown.Bytes((long)announced)}; the format allows {Shown.Bytes(MostHeaderBytes)}.", Damaged);
        var header = new byte[announced];
        file.ReadAt(LengthBytes, header);
        List<SafetensorsEntry> entries = Parse(file, header);
        CheckOverlap(file, entries);
        long dataStart = LengthBytes + header.Length;
        return [.. entries.Select(entry => ToArray(file, entry, dataStart))];
    }

    private static List<SafetensorsEntry> Parse(SourceFile file, byte[] header)
    {
        List<SafetensorsEntry> entries = [];
        HashSet<string> names = [];
        try
        {
            var json = new Utf8JsonReader(header);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw file.Fault("its header is not a JSON object.", Damaged);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string name = json.GetString()!;
                if (!names.Add(name))
                    throw file.Fault($"its header names {Shown.Name(name)} twice.", Damaged);
                if (entries.Count == MostArrays)
                    throw file.Fault($"it holds more than {Shown.Count(MostArrays)} arrays.", "One array per row? Stack them into one.");
                json.Read();
                if (name == SafetensorsHeader.Metadata)
                    json.Skip();
                else
                    entries.Add(SafetensorsEntry.Read(ref json, name)
                        ?? throw file.Fault($"its header does not give {Shown.Name(name)} a dtype, a shape and data_offsets.", Damaged));
            }
            while (json.Read())
            {
                // Reads on so that anything after the object is found.
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw file.Fault("its header is not valid JSON.", Damaged, fault);
        }
        return entries;
    }

    private static void CheckOverlap(SourceFile file, List<SafetensorsEntry> entries)
    {
        SafetensorsEntry? last = null;
        foreach (SafetensorsEntry entry in entries.Where(entry => entry.End > entry.Begin).OrderBy(entry => entry.Begin))
        {
            if (last is not null && entry.Begin < last.End)
                throw file.Fault($"its arrays {Shown.Name(last.Name)} and {Shown.Name(entry.Name)} overlap.", Damaged);
            last = entry;
        }
    }

    private static StoredArray ToArray(SourceFile file, SafetensorsEntry entry, long dataStart)
    {
        string name = Shown.Name(entry.Name);
        long held = file.Length - dataStart;
        if (entry.Begin < 0 || entry.End < entry.Begin)
            throw file.Fault($"array {name}: its data runs from byte {entry.Begin} to {entry.End}.", Damaged);
        if (entry.End > held)
            throw file.Fault($"array {name}: its data ends {Shown.Bytes(entry.End - held)} after the file's end.", Damaged);
        ElementType type = SafetensorsType.Of(entry.Type);
        if (entry.Shape.Any(length => length < 0))
            throw file.Fault($"array {name}: its shape {Shown.Shape(entry.Shape)} has a negative length.", Damaged);
        long data = entry.End - entry.Begin;
        bool fits = type.Number is null
            || (StoredArray.Count(entry.Shape) is long count && count <= data && count * type.Size == data);
        if (!fits)
            throw file.Fault(
                $"array {name}: its shape {Shown.Shape(entry.Shape)} of {type.Name} does not fit its {Shown.Bytes(data)} of data.", Damaged);
        return new StoredArray(entry.Name, type, entry.Shape, false, new FileRegion(file, dataStart + entry.Begin, data), 0);
    }
}
