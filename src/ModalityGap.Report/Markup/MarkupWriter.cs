using System.Text;

namespace ModalityGap.Report.Markup;

/// <summary>
/// Writes elements, attributes and text, always escaped: text from data cannot become markup. Elements close in the order in which they
/// were opened.
/// </summary>
internal abstract class MarkupWriter(TextWriter writer)
{
    private readonly Stack<string> open = new();

    /// <summary>Closes its element when disposed.</summary>
    internal readonly struct Scope(MarkupWriter owner) : IDisposable
    {
        public void Dispose() => owner.Close();
    }

    /// <summary>Opens an element until the scope is disposed; attributes whose value is null are left out.</summary>
    public Scope Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        writer.Write('>');
        open.Push(element);
        return new Scope(this);
    }

    /// <summary>Text between tags.</summary>
    public void Text(string text) => Escape(text);

    /// <summary>Markup that this assembly made itself: a drawing, or a file of its own.</summary>
    protected void Trusted(string markup) => writer.Write(markup);

    protected void Tag(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        writer.Write('<');
        writer.Write(element);
        foreach ((string name, string? value) in attributes)
        {
            if (value is null)
                continue;
            writer.Write(' ');
            writer.Write(name);
            writer.Write("=\"");
            Escape(value);
            writer.Write('"');
        }
    }

    protected void End(string text) => writer.Write(text);

    private void Close()
    {
        writer.Write("</");
        writer.Write(open.Pop());
        writer.Write('>');
    }

    private void Escape(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': writer.Write("&amp;"); break;
                case '<': writer.Write("&lt;"); break;
                case '>': writer.Write("&gt;"); break;
                case '"': writer.Write("&quot;"); break;
                case '\'': writer.Write("&#39;"); break;
                default: writer.Write(IsAllowed(rune.Value) ? rune.ToString() : "\uFFFD"); break;
            }
        }
    }

    // XML has no way to write other control characters; directional overrides would let a name rearrange the line that it stands in.
    private static bool IsAllowed(int value) =>
        value is '\t' or '\n' or >= 0x20 and < 0x7F or >= 0xA0 and not 0xFFFE and not 0xFFFF
        && value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069);
}
