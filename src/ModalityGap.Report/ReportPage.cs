using ModalityGap.Report.Page;

namespace ModalityGap.Report;

/// <summary>The report: one HTML file that needs nothing else, neither a network nor a script.</summary>
public static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="result">What an analysis found.</param>
    /// <param name="writer">Where the page goes; its encoding must be UTF-8.</param>
    public static void Write(AnalysisResult result, TextWriter writer) => PageDocument.Write(
        writer,
        "Modality gap: " + string.Join(", ", result.Inputs.Select(input => input.Modality)),
        result.Tool,
        html => new PageBody(result, html).Write(),
        (html, written) => ResultJson.Write(html, result, written));
}
