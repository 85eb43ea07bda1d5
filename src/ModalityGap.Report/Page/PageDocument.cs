using System.Globalization;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>What every page is made of: the head with its policy, a body, the numbers as data, the script.</summary>
internal static class PageDocument
{
    /// <summary>Writes a page.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="title">What the browser calls it.</param>
    /// <param name="tool">Name and version of the program.</param>
    /// <param name="content">Writes the body.</param>
    /// <param name="data">Writes the result as data, given how many characters the body has.</param>
    /// <param name="pictures">The style sheet that holds pictures, if any.</param>
    public static void Write(
        TextWriter writer, string title, string tool, Action<HtmlWriter> content, Action<HtmlWriter, int> data, string? pictures = null)
    {
        using var body = new StringWriter(CultureInfo.InvariantCulture);
        content(new HtmlWriter(body));

        var html = new HtmlWriter(writer);
        html.Doctype();
        using (html.Open("html", ("lang", "en")))
        {
            PageHead.Write(html, title, tool, pictures);
            using (html.Open("body"))
            {
                html.Body(body);
                data(html, body.GetStringBuilder().Length + (pictures?.Length ?? 0));
                html.Asset("script", Assets.SavedFigureStyle, ("type", "text/plain"), ("id", "figure-style"));
                html.Asset("script", Assets.Script);
            }
        }
    }
}
