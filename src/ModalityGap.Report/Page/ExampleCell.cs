using ModalityGap.Explanations;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>A row as a cell: its picture, its name, by what else it can be found, and a number. Everything in it is text from data.</summary>
internal sealed class ExampleCell(ExampleRow row, string? number = null, ExampleRow? beside = null)
{
    /// <summary>Whether the page has room: texts are cut later, and what was cut has all that the result holds of it as its title.</summary>
    public bool IsRoomy { get; init; } = true;

    /// <summary>The classes of its picture, if it has one.</summary>
    public string? Picture { get; init; }

    private int LongestName => IsRoomy ? 72 : 40;

    private int LongestDetail => IsRoomy ? 40 : 20;

    public void Write(HtmlWriter html, string element = "td")
    {
        using (html.Open(element, ("scope", element == "th" ? "row" : null)))
        {
            Name(html);
            if (number is not null)
                html.Element("span", number, ("class", "about number"));
            if (Details() is { Length: > 0 } details)
                html.Element("span", details, ("class", "about"), ("dir", "auto"));
        }
    }

    /// <summary>Picture and name alone.</summary>
    public void Name(HtmlWriter html)
    {
        string shown = Words.Short(row.Name, LongestName);
        if (Picture is not null)
            html.Element("span", "", ("class", Picture), ("role", "img"), ("aria-label", "Picture: " + shown));
        html.Element("span", shown, ("class", "name"), ("dir", "auto"), ("title", shown == row.Name || !IsRoomy ? null : row.Name));
    }

    // The id is the name already where there is no caption; what the row beside it has too is not said twice.
    private string Details()
    {
        string? id = row.Caption is null || row.Id == beside?.Id ? null : row.Id, label = row.Label == beside?.Label ? null : row.Label;
        return string.Join(" · ", new[] { id, label }.OfType<string>().Select(text => Words.Short(text, LongestDetail)));
    }
}
