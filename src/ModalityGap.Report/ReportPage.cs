using System.Globalization;
using ModalityGap.Report.Markup;
using ModalityGap.Report.Page;

namespace ModalityGap.Report;

/// <summary>The report: one HTML file that needs nothing else, neither a network nor a script.</summary>
public static class ReportPage
{
    /// <summary>Pictures take at most so many characters, however much room there is: a page should open at once.</summary>
    private const int MostForPictures = 2_500_000;

    /// <summary>Writes the page.</summary>
    /// <param name="result">What an analysis found.</param>
    /// <param name="writer">Where the page goes; its encoding must be UTF-8.</param>
    public static void Write(AnalysisResult result, TextWriter writer) => Write(result, writer, ReportExtras.None);

    /// <summary>Writes the page with all that belongs beside the result.</summary>
    /// <param name="result">What an analysis found.</param>
    /// <param name="writer">Where the page goes; its encoding must be UTF-8.</param>
    /// <param name="extras">What it shows beside the result.</param>
    public static void Write(AnalysisResult result, TextWriter writer, ReportExtras extras)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(extras);
        PictureStyle? pictures = extras.Pictures is { } rows ? new PictureStyle(rows) : null;
        PageDocument.Write(
            writer,
            "Modality gap: " + string.Join(", ", result.Inputs.Select(input => input.Modality)),
            result.Tool,
            html => Tell(html, result, extras, pictures),
            (html, written) => ResultJson.Write(html, result, written),
            pictures?.Text);
    }

    /// <summary>How many bytes all sheets of pictures may have together, so that a page stays below 5 MB with them; 0 where it is too full already.</summary>
    /// <param name="result">What the page will show.</param>
    /// <param name="extras">What it shows beside, but for the pictures.</param>
    public static int RoomForPictures(AnalysisResult result, ReportExtras extras)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(extras);
        using var body = new StringWriter(CultureInfo.InvariantCulture);
        Tell(new HtmlWriter(body), result, extras, null);
        int written = body.GetStringBuilder().Length, json = ResultJson.LeastLength(result);
        // Each row on a map and each example says where its picture is.
        int places = result.Pairs.Sum(pair => 3 * pair.Map.Pairs.Count) + 60_000;
        int room = ResultJson.LargestPage - Assets.PageStyle.Length - Assets.Script.Length - written - places;
        int beside = room - json;
        // Numbers can be had elsewhere, pictures cannot: a result that leaves them no room stays out of the page.
        return (int)(Math.Clamp(beside > MostForPictures / 10 ? beside : room, 0, MostForPictures) * 3L / 4);
    }

    private static void Tell(HtmlWriter html, AnalysisResult result, ReportExtras extras, PictureStyle? pictures)
    {
        AnalysisResult shown = extras.Findings.Count == 0 ? result : result with { Findings = [.. result.Findings, .. extras.Findings] };
        new PageBody(shown, extras, pictures, html).Write();
    }
}
