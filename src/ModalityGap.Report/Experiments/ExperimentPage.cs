using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;
using ModalityGap.Report.Page;

namespace ModalityGap.Report.Experiments;

/// <summary>The report of the laboratory: one HTML file in the look of the main report.</summary>
public static class ExperimentPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">What to show.</param>
    /// <param name="writer">Where the page goes; its encoding must be UTF-8.</param>
    public static void Write(ExperimentReport report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        PageDocument.Write(writer, report.Title, report.Tool, html => WriteBody(report, html), (_, _) => { });
    }

    private static void WriteBody(ExperimentReport report, HtmlWriter html)
    {
        PageFrame.Bar(html, report.Lead);
        using (html.Open("main", ("id", "top")))
        {
            html.Heading(1, report.Title);
            html.Heading(2, report.Overview.Title);
            Open(html, report.Overview);
            foreach (ExperimentSection section in report.Sections)
                WriteSection(html, section);
        }
        PageFrame.Foot(html, report.Tool);
    }

    private static void WriteSection(HtmlWriter html, ExperimentSection section)
    {
        using (html.Open("article", ("id", Words.Kebab(section.Id)), ("class", "pair")))
        {
            html.Heading(2, section.Title);
            html.Element("p", section.How, ("class", "reference"));
            Open(html, section.Claims);
            using (html.Open("div", ("class", "cards")))
                for (int k = 0; k < section.Charts.Count; k++)
                    new FigureCard(ChartFigure.Of(section.Charts[k]), html, $"{Words.Kebab(section.Id)}-figure-{k + 1}", 3).Write();
            if (section.Notes.Count > 0)
                using (html.Open("ul", ("class", "notes")))
                    foreach (string note in section.Notes)
                        html.Element("li", note);
            using (html.Open("section", ("class", "method")))
                foreach (ExperimentTable table in section.Tables)
                    using (html.Open("details"))
                    {
                        html.Element("summary", table.Title);
                        Scrolled(html, table, "unfolded scroll tall");
                    }
        }
    }

    private static void Open(HtmlWriter html, ExperimentTable table)
    {
        using (html.Open("div", ("class", "card")))
            Scrolled(html, table, "scroll");
    }

    private static void Scrolled(HtmlWriter html, ExperimentTable table, string look)
    {
        using (html.Open("div", ("class", look), ("tabindex", "0"), ("role", "region"), ("aria-label", table.Title)))
            Tables.Write(html, new DataTable(table.Columns, table.Rows));
    }
}
