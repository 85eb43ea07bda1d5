using System.Globalization;
using ModalityGap.Report.Markup;
using ModalityGap.Report.Page;

namespace ModalityGap.Report;

/// <summary>The report: one HTML file that needs nothing else, neither a network nor a script.</summary>
public static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="result">What an analysis found.</param>
    /// <param name="writer">Where the page goes; its encoding must be UTF-8.</param>
    public static void Write(AnalysisResult result, TextWriter writer) => Write(new ReportContents { Analysis = result }, writer);

    /// <summary>Writes the page with everything that belongs beside the analysis.</summary>
    /// <param name="contents">What the page shows.</param>
    /// <param name="writer">Where the page goes; its encoding must be UTF-8.</param>
    public static void Write(ReportContents contents, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(contents);
        AnalysisResult result = contents.Analysis;
        using var body = new StringWriter(CultureInfo.InvariantCulture);
        new PageBody(contents, new HtmlWriter(body)).Write();

        var html = new HtmlWriter(writer);
        html.Doctype();
        using (html.Open("html", ("lang", "en")))
        {
            PageHead.Write(html, result);
            using (html.Open("body"))
            {
                html.Body(body);
                ResultJson.Write(html, result, body.GetStringBuilder().Length);
                html.Asset("script", Assets.SavedFigureStyle, ("type", "text/plain"), ("id", "figure-style"));
                html.Asset("script", Assets.Script);
            }
        }
    }
}
