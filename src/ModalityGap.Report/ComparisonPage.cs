using ModalityGap.Report.Page;

namespace ModalityGap.Report;

/// <summary>The page of a comparison of models, in the look of the report: one HTML file that needs nothing else, neither a network nor a script.</summary>
public static class ComparisonPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="result">What a comparison found; with <see cref="ComparisonOptions.Pictures"/> the page shows cosines and maps too.</param>
    /// <param name="writer">Where the page goes; its encoding must be UTF-8.</param>
    public static void Write(ComparisonResult result, TextWriter writer) => PageDocument.Write(
        writer,
        $"{result.Runs.Count} models compared: {result.First}, {result.Second}",
        result.Tool,
        html => new ComparisonBody(result, html).Write(),
        (html, written) => ResultJson.Write(html, result, written));
}
