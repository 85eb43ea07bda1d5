using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>A table of text with heads for columns and rows.</summary>
internal static class Tables
{
    public static void Write(HtmlWriter html, DataTable table)
    {
        using (html.Open("table", ("class", "data")))
        {
            using (html.Open("thead"))
            using (html.Open("tr"))
                foreach (string column in table.Columns)
                    html.Element("th", column, ("scope", "col"));
            using (html.Open("tbody"))
                foreach (IReadOnlyList<string> row in table.Rows)
                    Row(html, row);
        }
    }

    private static void Row(HtmlWriter html, IReadOnlyList<string> cells)
    {
        using (html.Open("tr"))
        {
            html.Element("th", cells[0], ("scope", "row"));
            foreach (string cell in cells.Skip(1))
                html.Element("td", cell);
        }
    }
}
