using ModalityGap.Embeddings;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>What pages have in common around their content.</summary>
internal static class PageFrame
{
    /// <summary>The line at the top: what was detected, and the switch of colours.</summary>
    public static void Bar(HtmlWriter html, string detected)
    {
        using (html.Open("header", ("class", "bar")))
        {
            html.Element("p", "ModalityGap", ("class", "brand"));
            html.Element("p", detected, ("class", "detected"));
            html.Element("button", "Dark", ("type", "button"), ("class", "quiet"), ("data-theme-switch", ""), ("hidden", ""));
        }
    }

    /// <summary>What makes the numbers doubtful.</summary>
    public static void Warnings(HtmlWriter html, IEnumerable<Finding> findings)
    {
        Finding[] warnings = [.. findings.Where(finding => finding.Severity == FindingSeverity.Warning).Distinct()];
        if (warnings.Length == 0)
            return;
        using (html.Open("div", ("class", "warnings"), ("role", "note"), ("aria-label", "Warnings")))
        {
            foreach (Finding warning in warnings)
            {
                using (html.Open("p"))
                {
                    html.Element("strong", "Warning.");
                    html.Text(" " + warning.Message);
                }
            }
        }
    }

    /// <summary>Figures in a grid.</summary>
    public static void Cards(HtmlWriter html, IReadOnlyList<Figure> figures, string prefix, int level)
    {
        using (html.Open("div", ("class", "cards")))
            for (int k = 0; k < figures.Count; k++)
                new FigureCard(figures[k], html, $"{prefix}-figure-{k + 1}", level).Write();
    }

    /// <summary>The last line.</summary>
    public static void Foot(HtmlWriter html, string tool)
    {
        using (html.Open("footer"))
            html.Element("p", $"Made by {tool}. This page is one file: it loads nothing and sends nothing.");
    }
}
