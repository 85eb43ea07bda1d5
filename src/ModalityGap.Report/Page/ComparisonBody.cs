using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The page of a comparison from top to bottom: which model is best and whether that is known, the pictures, then method and numbers.</summary>
internal sealed class ComparisonBody(ComparisonResult result, HtmlWriter html)
{
    private readonly ComparedModels models = new(result);

    public void Write()
    {
        PageFrame.Bar(html, result.Detected);
        using (html.Open("main", ("id", "top"), ("class", "comparison")))
        {
            PageFrame.Warnings(html, result.Findings);
            new ComparisonScreen(result, models, html).Write();
            new ModelTable(result, models, html).Write();
            Section("Numbers, and differences from the reference", "numbers", ComparisonFigures.OfNumbers(models));
            Section("Does the gap predict what is found?", "associations", ComparisonFigures.OfAssociations(models, result));
            Section("What the models look like", "pictures", ComparisonFigures.OfPictures(models, result));
            new ComparisonMethod(result, models, html).Write();
        }
        PageFrame.Foot(html, result.Tool);
    }

    private void Section(string heading, string id, IEnumerable<Figure> figures)
    {
        Figure[] all = [.. figures];
        if (all.Length == 0)
            return;
        html.Heading(2, heading);
        PageFrame.Cards(html, all, id, 3);
    }
}
