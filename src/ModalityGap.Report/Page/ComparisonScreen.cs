using ModalityGap.Comparisons;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The screen that decides: the verdict in words beside the first places of the ranking.</summary>
internal sealed class ComparisonScreen(ComparisonResult result, ComparedModels models, HtmlWriter html)
{
    private const int Shown = 8;

    public void Write()
    {
        var verdict = new ComparisonVerdict(result, models);
        using (html.Open("section", ("class", "screen")))
        {
            using (html.Open("div", ("class", "headline")))
            {
                html.Element("p", verdict.Band, ("class", verdict.IsDecided ? "band good" : "band warn"));
                html.Heading(1, Words.Tied(verdict.Headline()));
            }
            using (html.Open("div", ("class", "verdict")))
            {
                using (html.Open("ul", ("class", "sentences")))
                    foreach (string sentence in verdict.Sentences())
                        html.Element("li", Words.Tied(sentence));
                html.Element("p", AboutGroups, ("class", "reference"));
            }
            using (html.Open("section", ("class", "ranking card"), ("aria-labelledby", "ranking")))
                Ranking();
        }
    }

    private const string AboutGroups = "A group holds its first model and those after it that the paired 95 % interval cannot tell from it; "
        + "each is compared once, "
        + "without a correction for many models.";

    private void Ranking()
    {
        html.Heading(2, $"By {Words.LowerCase(models.Names.Full(result.Ranking.Measure))}", ("id", "ranking"));
        using (html.Open("table", ("class", "numbers")))
        {
            using (html.Open("thead"))
            using (html.Open("tr"))
                foreach (string column in (ReadOnlySpan<string>)["Model", "Group", "Value"])
                    html.Element("th", column, ("scope", "col"));
            using (html.Open("tbody"))
                foreach (RankedRun place in result.Ranking.Places.Take(Shown))
                    Row(place);
        }
        if (result.Ranking.Places.Count > Shown)
            html.Element("p", $"{Words.Counted(result.Ranking.Places.Count - Shown, "model")} more stand in the table below.", ("class", "reference"));
    }

    private void Row(RankedRun place)
    {
        using (html.Open("tr", ("class", place.Group == 1 ? "advised" : null)))
        {
            using (html.Open("th", ("scope", "row")))
                ModelTable.Name(html, place.Run, place.Run == models.Reference);
            html.Element("td", Numbers.Count(place.Group));
            using (html.Open("td"))
            {
                html.Element("span", Numbers.Plain(place.Value.Value), ("class", "value"));
                html.Element("span", Numbers.Interval(place.Value, Numbers.Plain), ("class", "interval"));
            }
        }
    }
}
