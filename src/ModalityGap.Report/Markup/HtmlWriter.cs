namespace ModalityGap.Report.Markup;

/// <summary>Writes an HTML page.</summary>
internal sealed class HtmlWriter(TextWriter writer) : MarkupWriter(writer)
{
    /// <summary>The document type.</summary>
    public void Doctype() => Trusted("<!DOCTYPE html>\n");

    /// <summary>An element that holds text only.</summary>
    public void Element(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Open(element, attributes))
            Text(text);
    }

    /// <summary>An element without content, such as <c>meta</c>.</summary>
    public void Void(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        End(">\n");
    }

    /// <summary>A heading; levels below 6 do not exist.</summary>
    public void Heading(int level, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Element($"h{Math.Clamp(level, 1, 6)}", text, attributes);

    /// <summary>A drawing made by <see cref="SvgWriter"/>.</summary>
    public void Drawing(Drawing drawing, string label) => Trusted(drawing.Inline(label));

    /// <summary>What another writer of this kind has written.</summary>
    public void Body(StringWriter written) => Trusted(written.ToString());

    /// <summary>A style sheet or script of this assembly, exactly as it is: the page's policy holds its hash.</summary>
    public void Asset(string element, string content, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Open(element, attributes))
            Trusted(content);
    }

    /// <summary>JSON as data that no browser runs. The text must hold no &lt;, as System.Text.Json escapes it.</summary>
    public void Json(string id, string json, string? look = null)
    {
        if (json.Contains('<', StringComparison.Ordinal))
            throw new ArgumentException("JSON inside a page must have every < escaped.", nameof(json));
        Asset("script", json, ("type", "application/json"), ("id", id), ("class", look));
    }
}
