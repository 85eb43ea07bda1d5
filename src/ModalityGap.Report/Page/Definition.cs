using ModalityGap.Measures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>What a measure is, word for word as <c>modgap explain</c> says it.</summary>
internal static class Definition
{
    public static void Write(HtmlWriter html, MeasureInfo info)
    {
        using (html.Open("dl", ("class", "definition")))
        {
            Entry(html, info.Name, info.Definition);
            Entry(html, "Formula", info.Formula);
            Entry(html, "Range", info.Direction switch
            {
                Direction.HigherIsBetter => $"{info.Range}, higher is better",
                Direction.LowerIsBetter => $"{info.Range}, lower is better",
                _ => info.Range,
            });
            Entry(html, "Reading", info.Reading);
            Entry(html, "Reference", info.Reference);
        }
    }

    private static void Entry(HtmlWriter html, string name, string text)
    {
        html.Element("dt", name);
        html.Element("dd", text);
    }
}
