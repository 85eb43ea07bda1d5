using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The page from top to bottom: what decides, the pictures, then method and numbers.</summary>
internal sealed class PageBody(AnalysisResult result, HtmlWriter html, PictureStyle? pictures, RowPictures? rows)
{
    /// <summary>More pairs of modalities leave less room for each map.</summary>
    private int MostPairs => Math.Clamp(3000 / Math.Max(1, result.Pairs.Count), 100, ReportFigures.MostPairs);

    /// <summary>A page with many pairs of modalities shows the first few of each list.</summary>
    public static int MostExamples(AnalysisResult result) => result.Pairs.Count > 3 ? 2 : PairExamples.Listed;

    public void Write()
    {
        Bar();
        using (html.Open("main", ("id", "top")))
        {
            Warnings();
            if (result.Pairs.Count == 1)
                SinglePair(result.Pairs[0]);
            else
                SeveralPairs();
            new MethodSection(result, html).Write();
        }
        Foot();
    }

    private void Bar()
    {
        using (html.Open("header", ("class", "bar")))
        {
            html.Element("p", "ModalityGap", ("class", "brand"));
            html.Element("p", result.Detected, ("class", "detected"));
            html.Element("button", "Dark", ("type", "button"), ("class", "quiet"), ("data-theme-switch", ""), ("hidden", ""));
        }
    }

    private void Warnings()
    {
        Finding[] warnings =
        [
            .. result.Findings.Concat(result.Pairs.SelectMany(pair => pair.Findings))
                .Where(finding => finding.Severity == FindingSeverity.Warning).Distinct(),
        ];
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

    private void SinglePair(PairResult pair)
    {
        using (html.Open("article", ("id", "pair-1")))
        {
            new PairScreen(pair, html, level: 1, id: "pair-1").Write();
            html.Heading(2, "What the numbers look like");
            Cards([.. FiguresOf(pair), .. result.MixedSearch.Select(MixedSearchFigure.Of).OfType<Figure>()], "pair-1", 3);
            Examples(pair, 2, "pair-1");
        }
    }

    private void SeveralPairs()
    {
        new GapMatrix(result, html).Write();
        for (int k = 0; k < result.Pairs.Count; k++)
        {
            string id = GapMatrix.IdOf(k);
            using (html.Open("article", ("id", id), ("class", "pair")))
            {
                new PairScreen(result.Pairs[k], html, level: 2, id).Write();
                Cards([.. FiguresOf(result.Pairs[k])], id, 3);
                Examples(result.Pairs[k], 3, id);
            }
        }
        Figure[] mixed = [.. result.MixedSearch.Select(MixedSearchFigure.Of).OfType<Figure>()];
        if (mixed.Length == 0)
            return;
        html.Heading(2, "Search over an index that mixes two modalities");
        Cards(mixed, "mixed", 3);
    }

    private void Examples(PairResult pair, int level, string id) =>
        new ExamplesSection(pair, html, level, id, MostExamples(result)) { Pictures = pictures }.Write();

    private IEnumerable<Figure> FiguresOf(PairResult pair) =>
        ReportFigures.OfPair(pair, MostPairs, result.Inputs.Count > 0 ? result.Inputs[0].Dimensions : null, rows);

    private void Cards(Figure[] figures, string prefix, int level)
    {
        using (html.Open("div", ("class", "cards")))
            for (int k = 0; k < figures.Length; k++)
                new FigureCard(figures[k], html, $"{prefix}-figure-{k + 1}", level).Write();
    }

    private void Foot()
    {
        using (html.Open("footer"))
            html.Element("p", $"Made by {result.Tool}. This page is one file: it loads nothing and sends nothing.");
    }
}
