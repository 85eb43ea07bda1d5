using System.Buffers.Binary;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>
/// The messages of an Arrow file or stream. They are walked before the library reads them: it would take memory for whatever length a
/// message announces, and their headers tell the number of rows.
/// </summary>
/// <param name="Start">Where the first message begins.</param>
/// <param name="Length">Bytes from there to the end of the last.</param>
/// <param name="Rows">Rows in all batches.</param>
internal readonly record struct ArrowMessages(long Start, long Length, long Rows)
{
    private const string Damaged = "The file is truncated or damaged: copy or write it again.";
    private const int FileStart = 8;
    private const int HeaderTypeField = 1;
    private const int HeaderField = 2;
    private const int BodyLengthField = 3;

    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Whether a file begins as a stream does: the mark of a message, the length of its header, the header.</summary>
    public static bool BeginsStream(ReadOnlySpan<byte> start) =>
        start.Length >= 12
        && BinaryPrimitives.ReadInt32LittleEndian(start) == -1
        && BinaryPrimitives.ReadInt32LittleEndian(start[4..]) is > 8 and < 1 << 28 and var length
        && BinaryPrimitives.ReadInt32LittleEndian(start[8..]) is > 0 and var root
        && root < length;

    /// <exception cref="EmbeddingDataException">A message is longer than what follows it.</exception>
    public static ArrowMessages Of(SourceFile file)
    {
        Span<byte> magic = stackalloc byte[(int)Math.Min(FileStart, file.Length)];
        file.ReadAt(0, magic);
        (long start, long end) = magic.StartsWith(Magic) ? (FileStart, EndInFile(file)) : (0, file.Length);
        long at = start, rows = 0;
        while (ReadPrefix(file, at, end) is { Length: > 0 } prefix)
        {
            if (prefix.Length > end - prefix.Header)
                throw file.Fault(
                    $"the message at byte {at} announces a header of {Shown.Bytes(prefix.Length)}, but only {Shown.Bytes(end - prefix.Header)} follow.",
                    Damaged);
            var header = new byte[prefix.Length];
            file.ReadAt(prefix.Header, header);
            (long body, long held) = Parse(file, header, at);
            long next = prefix.Header + prefix.Length;
            if (body > end - next)
                throw file.Fault(
                    $"the message at byte {at} announces {Shown.Bytes(body)} of data, but only {Shown.Bytes(end - next)} follow.", Damaged);
            rows = checked(rows + held);
            at = next + body;
        }
        return new(start, at - start, rows);
    }

    /// <summary>Where the messages of a file end: before the footer, whose length stands before the closing magic.</summary>
    private static long EndInFile(SourceFile file)
    {
        Span<byte> tail = stackalloc byte[4 + Magic.Length];
        if (file.Length < FileStart + tail.Length)
            throw file.Fault($"it begins as an Arrow file, but ends after {Shown.Bytes(file.Length)}.", Damaged);
        file.ReadAt(file.Length - tail.Length, tail);
        int footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail[4..].SequenceEqual(Magic))
            throw file.Fault("it begins as an Arrow file, but does not end as one.", Damaged);
        long end = file.Length - tail.Length - footer;
        return footer > 0 && end >= FileStart
            ? end
            : throw file.Fault($"its footer announces {Shown.Count(footer)} bytes; the file has {Shown.Count(file.Length)}.", Damaged);
    }

    private static (long Header, int Length) ReadPrefix(SourceFile file, long at, long end)
    {
        Span<byte> prefix = stackalloc byte[4];
        if (end - at < prefix.Length)
            return (at, 0);
        file.ReadAt(at, prefix);
        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length != -1)
            return (at + 4, Math.Max(0, length));
        if (end - at < 8)
            return (at, 0);
        file.ReadAt(at + 4, prefix);
        return (at + 8, Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(prefix)));
    }

    private static (long Body, long Rows) Parse(SourceFile file, byte[] header, long at)
    {
        try
        {
            FlatTable message = FlatTable.Root(header);
            long body = message.Long(BodyLengthField);
            long rows = message.TryTable(HeaderField, out FlatTable content) ? ArrowHeaders.Check(message.Byte(HeaderTypeField), content) : 0;
            if (body >= 0 && rows >= 0)
                return (body, rows);
            throw file.Fault($"the message at byte {at} announces a negative length.", Damaged);
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw file.Fault($"the message at byte {at} has a damaged header.", Damaged, fault);
        }
    }
}
