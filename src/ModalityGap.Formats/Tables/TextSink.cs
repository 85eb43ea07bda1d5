using System.Text;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tables;

/// <summary>
/// Takes the ids, labels or captions of a table. A text that repeats is kept once, and all of them may take no more memory than the file's
/// length justifies: a dictionary in the file could repeat a long text without end.
/// </summary>
internal sealed class TextSink(SourceFile file, TextColumn column)
{
    private const int MostKnown = 4096;
    private const int BytesPerText = 40;

    private readonly Dictionary<string, string> known = [];
    private long allowance = (8L << 20) + (16 * file.Length);

    public List<string> Texts { get; } = [];

    private string Otherwise => column.Role == TextRole.Id ? "name another column with --id-column" : "give that column another name";

    public void Add(ReadOnlySpan<char> text)
    {
        Pay(8);
        if (known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out string? same))
        {
            Texts.Add(same);
            return;
        }
        Pay(BytesPerText + (2L * text.Length));
        string kept = text.ToString();
        if (known.Count < MostKnown)
            known.Add(kept, kept);
        Texts.Add(kept);
    }

    public void Add(ReadOnlySpan<byte> utf8)
    {
        const int Short = 512;
        if (utf8.Length > Short)
        {
            Pay(BytesPerText + (2L * utf8.Length));
            Texts.Add(Encoding.UTF8.GetString(utf8));
            return;
        }
        Span<char> text = stackalloc char[Short];
        Add(text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    /// <summary>Takes a row without a text: a caption helps a reader and pairs nothing, so a row may lack it.</summary>
    public void AddMissing()
    {
        if (column.Role != TextRole.Caption)
            throw file.Fault($"row {Texts.Count} has nothing in column {Shown.Name(column.Column.Name)}.", $"Give every row one, or {Otherwise}.");
        Add(ReadOnlySpan<char>.Empty);
    }

    private void Pay(long bytes)
    {
        allowance -= bytes;
        if (allowance < 0)
            throw file.Fault(
                $"the texts of its column {Shown.Name(column.Column.Name)} unpack to far more than the file's {Shown.Bytes(file.Length)}.",
                $"Leave that column out of the file, or {Otherwise}.");
    }
}
