using ModalityGap.Explanations;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The page from top to bottom: what decides, the pictures, then method and numbers.</summary>
internal sealed class PageBody(AnalysisResult result, ReportExtras extras, PictureStyle? pictures, HtmlWriter html)
{
    /// <summary>More pairs of modalities leave less room for each map.</summary>
    private int MostPairs => Math.Clamp(3000 / Math.Max(1, result.Pairs.Count), 80, ReportFigures.MostPairs) / (result.Pairs.Count > 10 ? 3 : 1);

    /// <summary>A page with many pairs of modalities shows the first few of each list.</summary>
    public static int MostExamples(AnalysisResult result) => result.Pairs.Count switch { > 10 => 1, > 3 => 2, _ => PairExamples.Listed };

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
            new PairScreen(pair, extras.CorrectionOf(0), html, level: 1, id: "pair-1").Write();
            IReadOnlyList<Chapter> chapters = [.. Chapters(0, result.MixedSearch)];
            Ways(chapters, "pair-1");
            Tell(0, chapters, "pair-1", level: 2);
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
                new PairScreen(result.Pairs[k], extras.CorrectionOf(k), html, level: 2, id).Write();
                Tell(k, [.. Chapters(k, [])], id, level: 3);
            }
        }
        Figure[] mixed = [.. result.MixedSearch.Select(MixedSearchFigure.Of).OfType<Figure>()];
        if (mixed.Length == 0)
            return;
        html.Heading(2, "Search over an index that mixes two modalities");
        PageFrame.Cards(html, mixed, "mixed", 3);
    }

    private IEnumerable<Chapter> Chapters(int k, IEnumerable<Measures.MixedSearchTable> mixedSearch) => Story.Of(
        result.Pairs[k], extras.CorrectionOf(k)?.Result, mixedSearch, MostPairs, result.Inputs.Count > 0 ? result.Inputs[0].Dimensions : null,
        isRoomy: result.Pairs.Count <= 3, extras.Pictures, k == 0 ? extras.ZeroShot : null);

    // A long page needs a way to its parts.
    private void Ways(IReadOnlyList<Chapter> chapters, string id)
    {
        using (html.Open("nav", ("class", "ways"), ("aria-label", "Parts of this page")))
        {
            foreach (Chapter chapter in chapters)
                html.Element("a", chapter.Heading.Split(':')[0], ("href", $"#{id}-{chapter.Anchor}"));
            if (result.Pairs[0].Examples is not null)
                html.Element("a", "Examples", ("href", $"#{id}-examples"));
            html.Element("a", "Method and numbers", ("href", "#method"));
        }
    }

    private void Tell(int k, IReadOnlyList<Chapter> chapters, string id, int level)
    {
        int figures = 0;
        foreach (Chapter chapter in chapters)
        {
            html.Heading(level, chapter.Heading, ("id", $"{id}-{chapter.Anchor}"));
            using (html.Open("div", ("class", "cards")))
            {
                foreach (Figure figure in chapter.Figures)
                    new FigureCard(figure, html, $"{id}-figure-{++figures}", level + 1).Write();
                if (chapter.Anchor == "fix" && extras.CorrectionOf(k) is { } evidence)
                    new FixBlock(evidence, html, $"{id}-use", level + 1).Write();
            }
        }
        new ExamplesSection(result.Pairs[k], html, level, id, MostExamples(result)) { Pictures = pictures }.Write();
    }
}
