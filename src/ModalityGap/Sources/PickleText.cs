using System.Buffers;
using System.Text;

namespace ModalityGap.Sources;

/// <summary>
/// A text too long to be a key: left in the file until it is known to be wanted. Older pickles hold the bytes of an array so.
/// </summary>
internal sealed class PickleText(FileRegion bytes, bool escaped)
{
    /// <summary>Longer texts are no keys and no ids.</summary>
    public const int LongestShort = 4096;

    private const string NotLatin = "its pickle holds the bytes of an array as text in which some letters are no bytes.";

    /// <summary>A short text as it stands in the file: UTF-8, or Latin-1 with escapes for what that lacks.</summary>
    public static string Decode(SourceFile file, ReadOnlySpan<byte> content, bool escaped)
    {
        file.Charge(PickleMemory.ObjectBytes + (2 * content.Length));
        return escaped ? Unescape(content) : Encoding.UTF8.GetString(content);
    }

    /// <summary>A short text of either Python: those of Python 2 are bytes. <c>null</c> for anything else.</summary>
    public static string? Of(PickleValue value)
    {
        if (value.Item is string text)
            return text;
        if (value.Item is not StoredBytes { Length: <= LongestShort } bytes)
            return null;
        Span<byte> content = stackalloc byte[(int)bytes.Length];
        return Encoding.UTF8.GetString(content[..bytes.ReadStart(content)]);
    }

    /// <summary>The bytes that a text stands for, one per letter; <c>null</c> when the value is no text.</summary>
    public static MemoryBytes? ToLatin(SourceFile file, PickleValue value) => value.Item switch
    {
        string text => new MemoryBytes(Narrow(file, text)),
        PickleText text => new MemoryBytes(text.ToLatin(file)),
        _ => null,
    };

    private byte[] ToLatin(SourceFile file)
    {
        if (bytes.Length > Array.MaxLength)
            throw file.Fault("its pickle holds an array of over 2 GB as text.", "Save it with numpy.save.");
        file.Charge(3 * bytes.Length);
        byte[] content = new byte[bytes.Length];
        bytes.ReadStart(content);
        return escaped ? Narrow(file, Unescape(content)) : content[..NarrowInPlace(file, content)];
    }

    private static byte[] Narrow(SourceFile file, string text)
    {
        file.Charge(text.Length);
        byte[] narrow = new byte[text.Length];
        for (int i = 0; i < narrow.Length; i++)
            narrow[i] = text[i] <= 0xff ? (byte)text[i] : throw file.Fault(NotLatin, PickleInput.Damaged);
        return narrow;
    }

    /// <summary>UTF-8 is never shorter than Latin-1, so the bytes can be narrowed where they are.</summary>
    private static int NarrowInPlace(SourceFile file, byte[] content)
    {
        int count = 0;
        for (int i = 0; i < content.Length;)
        {
            OperationStatus status = Rune.DecodeFromUtf8(content.AsSpan(i), out Rune letter, out int consumed);
            if (status != OperationStatus.Done || letter.Value > 0xff)
                throw file.Fault(NotLatin, PickleInput.Damaged);
            content[count++] = (byte)letter.Value;
            i += consumed;
        }
        return count;
    }

    private static string Unescape(ReadOnlySpan<byte> content)
    {
        if (!content.Contains((byte)'\\'))
            return Encoding.Latin1.GetString(content);
        var text = new StringBuilder(content.Length);
        for (int i = 0; i < content.Length; i++)
        {
            int digits = i + 1 < content.Length && content[i] == '\\' ? content[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 } : 0;
            if (digits > 0 && i + 1 + digits < content.Length && TryHex(content.Slice(i + 2, digits), out int letter))
            {
                text.Append(Rune.IsValid(letter) ? new Rune(letter).ToString() : "\ufffd");
                i += 1 + digits;
            }
            else
            {
                text.Append((char)content[i]);
            }
        }
        return text.ToString();
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out int value) =>
        int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out value);
}
