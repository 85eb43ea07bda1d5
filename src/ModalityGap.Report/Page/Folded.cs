using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The parts of "Method and numbers" that pages share, each folded until it is asked for.</summary>
internal static class Folded
{
    /// <summary>Tables under a heading.</summary>
    public static void Tables(HtmlWriter html, string summary, IReadOnlyList<DataTable> tables, string? before = null)
    {
        using (html.Open("details"))
        {
            html.Element("summary", summary);
            if (before is not null)
                html.Element("p", before, ("class", "reference"));
            using (html.Open("div", ("class", "unfolded scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", summary)))
                foreach (DataTable table in tables)
                    Page.Tables.Write(html, table);
        }
    }

    /// <summary>The definitions of these measures, in the order of the catalogue.</summary>
    public static void Definitions(HtmlWriter html, IReadOnlySet<string> ids)
    {
        using (html.Open("details"))
        {
            html.Element("summary", "Definitions, formulas, references");
            using (html.Open("div", ("class", "unfolded definitions")))
                foreach (MeasureInfo info in MeasureCatalog.All.Where(info => ids.Contains(info.Id)))
                    Definition.Write(html, info);
        }
    }

    /// <summary>What is good to know and no warning.</summary>
    public static void Notes(HtmlWriter html, IEnumerable<Finding> findings)
    {
        Finding[] notes = [.. findings.Where(finding => finding.Severity == FindingSeverity.Note).Distinct()];
        if (notes.Length == 0)
            return;
        using (html.Open("ul", ("class", "notes")))
            foreach (Finding note in notes)
                html.Element("li", note.Message);
    }

    /// <summary>The button that saves the result.</summary>
    public static void Download(HtmlWriter html)
    {
        using (html.Open("p", ("class", "download")))
            html.Element("button", "Download all numbers as JSON", ("type", "button"), ("data-download", ResultJson.Id), ("hidden", ""));
    }
}
