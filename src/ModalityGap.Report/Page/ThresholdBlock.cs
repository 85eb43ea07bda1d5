using ModalityGap.Measures;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Page;

/// <summary>Which cosine to use as a threshold, and what it costs.</summary>
internal sealed class ThresholdBlock(ThresholdTable table, HtmlWriter html, string id, int level)
{
    public void Write()
    {
        html.Heading(level, "Which cosine is a match?", ("id", id));
        if (table.Rows.Count == 0)
        {
            html.Element("p", "There are too few pairs to take a threshold from.");
            return;
        }
        using (html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", id)))
        using (html.Open("table", ("class", "numbers")))
        {
            Head();
            using (html.Open("tbody"))
                for (int k = 0; k < table.Rows.Count; k++)
                    Row(table.Rows[k], advised: k == 0 && table.Rows[k].Rule == "false-positive-rate");
        }
        html.Element(
            "p",
            $"Precision is for a prevalence of {Numbers.Percent(table.Prevalence)}: {table.PrevalenceSource}. {table.Note}",
            ("class", "reference"));
    }

    private void Head()
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
            foreach (string column in (ReadOnlySpan<string>)["False positives", "Cosine at least", "Recall", "Precision"])
                html.Element("th", column, ("scope", "col"));
    }

    private void Row(ThresholdRow row, bool advised)
    {
        using (html.Open("tr", ("class", advised ? "advised" : null)))
        {
            using (html.Open("th", ("scope", "row")))
            {
                html.Text(Rate(row));
                if (advised)
                    html.Element("span", "advised", ("class", "tag"));
                if (row.Rule == "equal-error")
                    html.Element("span", "equal error", ("class", "tag plain"));
            }
            Cell(row.Cosine, Numbers.Three);
            Cell(row.Recall, Numbers.Percent);
            Cell(row.Precision, Numbers.Percent);
        }
    }

    private void Cell(Estimate estimate, Func<double, string> format)
    {
        using (html.Open("td"))
        {
            html.Element("span", format(estimate.Value), ("class", "value"));
            string interval = Numbers.Interval(estimate, value => format(value).Replace("\u00A0%", "", StringComparison.Ordinal));
            if (interval.Length > 0)
                html.Element("span", interval, ("class", "interval"));
        }
    }

    private static string Rate(ThresholdRow row) => row.Rule == "equal-error"
        ? Numbers.Percent(row.FalsePositiveRate.Value)
        : Numbers.RuledPercent(row.FalsePositiveRate.Value);
}
