using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Page;

/// <summary>Three modalities and more: the gap of each pair, as a table that leads to the pair's own section.</summary>
internal sealed class GapMatrix(AnalysisResult result, HtmlWriter html)
{
    /// <summary>The id of a pair's section.</summary>
    public static string IdOf(int pair) => $"pair-{pair + 1}";

    public void Write()
    {
        using (html.Open("section", ("class", "matrix")))
        {
            html.Heading(1, Headline());
            using (html.Open("div", ("class", "scroll card"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Gap of each pair")))
            using (html.Open("table", ("class", "numbers")))
            {
                html.Element("caption", "Length of the gap with its interval; each leads to the pair.");
                Head();
                using (html.Open("tbody"))
                    foreach (InputSummary row in result.Inputs)
                        Row(row.Modality);
            }
        }
    }

    private string Headline()
    {
        double[] gaps = [.. result.Pairs.Select(Gap).OfType<Estimate>().Select(gap => gap.Value)];
        string start = $"{Words.Capital(Words.Spelled(result.Inputs.Count))} modalities, {Words.Counted(result.Pairs.Count, "pair")}";
        return gaps.Length == 0 ? start : $"{start}: gaps from {Numbers.Three(gaps.Min())} to {Numbers.Three(gaps.Max())}";
    }

    private void Head()
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("td", "");
            foreach (InputSummary column in result.Inputs)
                html.Element("th", column.Modality, ("scope", "col"));
        }
    }

    private void Row(string modality)
    {
        using (html.Open("tr"))
        {
            html.Element("th", modality, ("scope", "row"));
            foreach (InputSummary column in result.Inputs)
                Cell(modality, column.Modality);
        }
    }

    private void Cell(string row, string column)
    {
        int k = 0;
        while (k < result.Pairs.Count && !Joins(result.Pairs[k], row, column))
            k++;
        using (html.Open("td"))
        {
            if (row == column || k == result.Pairs.Count)
            {
                html.Element("span", Numbers.None, ("class", "interval"));
                return;
            }
            PairResult pair = result.Pairs[k];
            using (html.Open("a", ("href", "#" + IdOf(k)), ("aria-label", $"{pair.First} and {pair.Second}: {pair.Verdict.Headline}")))
                html.Element("span", Gap(pair) is { } gap ? Numbers.Three(gap.Value) : "not measured", ("class", "value"));
            string interval = Gap(pair) is { } measured ? Numbers.Interval(measured, Numbers.Three) : "";
            html.Element("span", $"{interval} {pair.Verdict.Band}", ("class", "interval"));
        }
    }

    private static bool Joins(PairResult pair, string a, string b) =>
        (pair.First == a && pair.Second == b) || (pair.First == b && pair.Second == a);

    private static Estimate? Gap(PairResult pair) =>
        pair.Measures.TryGetValue("gap", out Measures.Measurement? measured) ? measured.Estimate : null;
}
