using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tables;

/// <summary>
/// Takes the ids or labels of a table. A text that repeats is kept once, and all of them may take no more memory than the file's
/// length justifies: a dictionary in the file could repeat a long text without end.
/// </summary>
internal sealed class TextSink(SourceFile file, string column, bool isLabel = false)
{
    private const int MostKnown = 4096;
    private const int BytesPerText = 40;

    private readonly Dictionary<string, string> known = [];
    private long allowance = (8L << 20) + (16 * file.Length);

    public List<string> Texts { get; } = [];

    private string Otherwise => isLabel ? "give that column another name" : "name another column with --id-column";

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

    /// <summary>A refusal of a row without a text.</summary>
    public EmbeddingDataException Missing() => file.Fault(
        $"row {Texts.Count} has nothing in column {Shown.Name(column)}.", $"Give every row one, or {Otherwise}.");

    private void Pay(long bytes)
    {
        allowance -= bytes;
        if (allowance < 0)
            throw file.Fault(
                $"the texts of its column {Shown.Name(column)} unpack to far more than the file's {Shown.Bytes(file.Length)}.",
                $"Leave that column out of the file, or {Otherwise}.");
    }
}
