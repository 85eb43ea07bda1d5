using System.Buffers.Binary;

namespace ModalityGap.Sources;

/// <summary>
/// The files of nearest-neighbour benchmarks. They begin with nothing but numbers, so their name decides, and every length is checked
/// exactly: fvecs, bvecs (each row after its number of dimensions), fbin, hbin, u8bin, i8bin (rows and dimensions, then the rows).
/// </summary>
internal static class VectorFile
{
    private const int HeaderBytes = 8;
    private const string Rename = "If it is of another format, give it that format's extension; else the file is truncated: copy it again.";

    /// <summary>Whether a file is named as one of these.</summary>
    public static bool IsNamed(string extension) => Of(extension) is not null;

    /// <summary>
    /// Whether a file is named as one of these and its length is that which its numbers give: then it is one, though these numbers may
    /// happen to look like the beginning of something else (640 dimensions begin as a pickle does).
    /// </summary>
    public static bool Fits(ReadOnlySpan<byte> start, long length, string extension) =>
        Of(extension) is { } layout && Shape(layout, start, length) is not null;

    /// <summary>The one array of the file.</summary>
    public static StoredArray Read(SourceFile file)
    {
        var layout = Of(Path.GetExtension(file.Path)) ?? throw new ArgumentException("The file is not named as one of these.", nameof(file));
        Span<byte> start = stackalloc byte[(int)Math.Min(HeaderBytes, file.Length)];
        file.ReadAt(0, start);
        (long rows, int dimensions) = Shape(layout, start, file.Length) ?? throw file.Fault(Told(layout, start, file.Length), Rename);
        StoredBytes bytes = layout.PerRow
            ? new VectorRecords(file, rows, dimensions, layout.Size)
            : new FileRegion(file, HeaderBytes, file.Length - HeaderBytes);
        return new StoredArray(null, layout.Type, [rows, dimensions], false, bytes, 0);
    }

    private static (ElementType Type, int Size, bool PerRow)? Of(string extension) => extension.ToLowerInvariant() switch
    {
        ".fvecs" => (ElementType.Readable(NumberType.Float32), 4, true),
        ".bvecs" => (ElementType.Readable(NumberType.UInt8), 1, true),
        ".ivecs" => (ElementType.Integer("int32"), 4, true),
        ".fbin" => (ElementType.Readable(NumberType.Float32), 4, false),
        ".hbin" => (ElementType.Readable(NumberType.Float16), 2, false),
        ".u8bin" => (ElementType.Readable(NumberType.UInt8), 1, false),
        ".i8bin" => (ElementType.Readable(NumberType.Int8), 1, false),
        _ => null,
    };

    private static (long Rows, int Dimensions)? Shape((ElementType Type, int Size, bool PerRow) layout, ReadOnlySpan<byte> start, long length)
    {
        if (start.Length < HeaderBytes)
            return layout.PerRow && start.Length == 4 + layout.Size ? (1, 1) : null;
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(start);
        if (layout.PerRow)
        {
            long record = 4 + ((long)first * layout.Size);
            return first is > 0 and <= int.MaxValue && length % record == 0 ? (length / record, (int)first) : null;
        }
        uint second = BinaryPrimitives.ReadUInt32LittleEndian(start[4..]);
        bool fits = second is > 0 and <= int.MaxValue
            && (UInt128)first * second * (uint)layout.Size == (UInt128)(length - HeaderBytes);
        return fits ? (first, (int)second) : null;
    }

    private static string Told((ElementType Type, int Size, bool PerRow) layout, ReadOnlySpan<byte> start, long length)
    {
        if (start.Length < HeaderBytes)
            return $"it has only {Shown.Bytes(length)}.";
        int first = BinaryPrimitives.ReadInt32LittleEndian(start);
        if (layout.PerRow)
            return $"its first row announces {Shown.Count(first)} dimensions of {layout.Type.Name}; its {Shown.Bytes(length)} are not whole rows of that.";
        uint rows = BinaryPrimitives.ReadUInt32LittleEndian(start), dimensions = BinaryPrimitives.ReadUInt32LittleEndian(start[4..]);
        return $"it announces {Shown.Count(rows)} rows of {Shown.Count(dimensions)} values of {layout.Type.Name}; "
            + $"{Shown.Bytes(length - HeaderBytes)} of them are there.";
    }
}
