using ModalityGap.Explanations;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The page from top to bottom: what decides, the pictures, then method and numbers.</summary>
internal sealed class PageBody(AnalysisResult result, HtmlWriter html)
{
    /// <summary>More pairs of modalities leave less room for each map.</summary>
    private int MostPairs => Math.Clamp(3000 / Math.Max(1, result.Pairs.Count + result.Pairs.Count / 4), 80, ReportFigures.MostPairs);

    /// <summary>A page with many pairs of modalities shows the first few of each list.</summary>
    private int MostExamples => result.Pairs.Count > 3 ? 2 : PairExamples.Listed;

    public void Write()
    {
        PageFrame.Bar(html, result.Detected);
        using (html.Open("main", ("id", "top")))
        {
            PageFrame.Warnings(html, result.Findings.Concat(result.Pairs.SelectMany(pair => pair.Findings)));
            if (result.Pairs.Count == 1)
                SinglePair(result.Pairs[0]);
            else
                SeveralPairs();
            new MethodSection(result, html).Write();
        }
        PageFrame.Foot(html, result.Tool);
    }

    private void SinglePair(PairResult pair)
    {
        using (html.Open("article", ("id", "pair-1")))
        {
            new PairScreen(pair, html, level: 1, id: "pair-1").Write();
            html.Heading(2, "What the numbers look like");
            PageFrame.Cards(html, [.. FiguresOf(pair), .. result.MixedSearch.Select(MixedSearchFigure.Of).OfType<Figure>()], "pair-1", 3);
            new ExamplesSection(pair, html, level: 2, "pair-1", MostExamples).Write();
        }
    }

    private void SeveralPairs()
    {
        new GapMatrix(result, html).Write();
        Figure[] overview = [.. OverviewFigures.Of(result)];
        if (overview.Length > 0)
        {
            html.Heading(2, "Every pair on the same axes");
            PageFrame.Cards(html, overview, "overview", 3);
        }
        for (int k = 0; k < result.Pairs.Count; k++)
        {
            string id = GapMatrix.IdOf(k);
            using (html.Open("article", ("id", id), ("class", "pair")))
            {
                new PairScreen(result.Pairs[k], html, level: 2, id).Write();
                PageFrame.Cards(html, [.. FiguresOf(result.Pairs[k])], id, 3);
                new ExamplesSection(result.Pairs[k], html, level: 3, id, MostExamples).Write();
            }
        }
        Figure[] mixed = [.. result.MixedSearch.Select(MixedSearchFigure.Of).OfType<Figure>()];
        if (mixed.Length == 0)
            return;
        html.Heading(2, "Search over an index that mixes two modalities");
        PageFrame.Cards(html, mixed, "mixed", 3);
    }

    private IEnumerable<Figure> FiguresOf(PairResult pair) =>
        ReportFigures.OfPair(pair, MostPairs, result.Inputs.Count > 0 ? result.Inputs[0].Dimensions : null);
}
