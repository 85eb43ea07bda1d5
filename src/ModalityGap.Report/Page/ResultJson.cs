using System.Buffers;
using System.Text;
using System.Text.Json;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The whole result inside the page, for the download; data that no browser runs.</summary>
internal static class ResultJson
{
    /// <summary>The id of the element that holds it.</summary>
    public const string Id = "result-json";

    /// <summary>A page must not grow beyond this many characters; in UTF-8 some take two or three bytes.</summary>
    internal const int LargestPage = 4_500_000;

    /// <summary>The length of the result where the page is full: without the map's points, which the map itself holds.</summary>
    public static int LeastLength(AnalysisResult result) => Compact(AnalysisJson.ToText(WithoutPoints(result))).Length;

    public static void Write(HtmlWriter html, AnalysisResult result, int written) =>
        Write(html, AnalysisJson.ToText(result), () => AnalysisJson.ToText(WithoutPoints(result)), "modgap measure", written);

    public static void Write(HtmlWriter html, ComparisonResult result, int written) =>
        Write(html, ComparisonJson.ToText(result), () => ComparisonJson.ToText(result with { Pictures = null }), "modgap compare", written);

    private static void Write(HtmlWriter html, string whole, Func<string> smaller, string verb, int written)
    {
        int room = LargestPage - written - Assets.PageStyle.Length - Assets.Script.Length;
        string json = Compact(whole);
        if (json.Length >= room)
            json = Compact(smaller());
        if (json.Length < room)
            html.Json(Id, json);
        else
            html.Element("p", $"The result is too large to travel inside this page: {verb} --format json writes it.", ("class", "reference"));
    }

    // The page's drawings hold the points and curves already.
    private static AnalysisResult WithoutPoints(AnalysisResult result) => result with
    {
        Pairs = [.. result.Pairs.Select(pair => pair with
        {
            Map = pair.Map with { First = [], Second = [], Pairs = [], FirstNames = null, SecondNames = null, Layouts = null, Facts = null },
            Blocks = null,
            Spectra = null,
            Thresholds = pair.Thresholds with { Curve = null },
        })],
    };

    // Without its indentation the text is half as long; the default encoder writes every < as \u003C.
    private static string Compact(string indented)
    {
        using JsonDocument document = JsonDocument.Parse(indented);
        var buffer = new ArrayBufferWriter<byte>(indented.Length / 2);
        using (var writer = new Utf8JsonWriter(buffer))
            document.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
