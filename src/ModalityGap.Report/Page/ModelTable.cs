using ModalityGap.Comparisons;
using ModalityGap.Measures;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>Every model with its main numbers.</summary>
internal sealed class ModelTable(ComparisonResult result, ComparedModels models, HtmlWriter html)
{
    public void Write()
    {
        using (html.Open("section", ("class", "card models"), ("aria-labelledby", "models")))
        {
            html.Heading(2, "Models and their main numbers", ("id", "models"));
            using (html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", "models")))
            using (html.Open("table", ("class", "numbers")))
            {
                Head();
                using (html.Open("tbody"))
                    foreach (RunResult run in models.Order)
                        Row(run);
            }
            html.Element("p", "In the order of the ranking, each number with its own 95 % interval. Whether two models differ the "
                + "differences below say: they know that the items are the "
                + "same.", ("class", "reference"));
        }
    }

    /// <summary>A model's name, and whether it is the reference.</summary>
    public static void Name(HtmlWriter html, string name, bool isReference)
    {
        string shown = Words.Short(name, 60);
        html.Element("span", shown, ("title", shown == name ? null : name));
        if (isReference)
            html.Element("span", "reference", ("class", "tag plain"));
    }

    private void Head()
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", "Model", ("scope", "col"));
            html.Element("th", "Dimensions", ("scope", "col"));
            foreach (string key in models.MainKeys)
                html.Element("th", Words.Capital(models.Names.Brief(key)), ("scope", "col"));
        }
    }

    private void Row(RunResult run)
    {
        bool first = result.Ranking.Places.First(place => place.Run == run.Name).Group == 1;
        using (html.Open("tr", ("class", first ? "advised" : null)))
        {
            using (html.Open("th", ("scope", "row")))
                Name(html, run.Name, run.Name == models.Reference);
            html.Element("td", Numbers.Count(run.Dimensions));
            foreach (string key in models.MainKeys)
                Cell(ComparedModels.Value(run, key));
        }
    }

    private void Cell(Measurement measured)
    {
        using (html.Open("td", ("title", measured.Missing)))
        {
            if (measured.Estimate is not { } estimate)
            {
                html.Text(Numbers.None);
                return;
            }
            html.Element("span", Text(estimate.Value), ("class", "value"));
            html.Element("span", Numbers.Interval(estimate, Text).TrimStart(), ("class", "interval"));
        }
    }

    // In a column "1" beside "0.945" would look like another kind of number.
    private static string Text(double value) => value == Math.Round(value) ? Numbers.Three(value) : Numbers.Plain(value);
}
