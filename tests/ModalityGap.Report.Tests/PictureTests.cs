using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ModalityGap.Explanations;
using ModalityGap.Projections;

namespace ModalityGap.Report.Tests;

/// <summary>Pictures of rows, on the page and in a real browser.</summary>
public sealed partial class PictureTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly ReportExtras Extras = SamplePictures.Of(SampleResults.Live, "image");

    [Fact]
    public void Write_Pictures_AreInAStyleThatThePolicyNames()
    {
        string page = Page(SampleResults.Live, Extras);
        string policy = Policy(page);
        string[] styles = [.. StyleElement().Matches(page).Select(match => match.Groups[1].Value)];

        Assert.Equal(2, styles.Length);
        Assert.Contains($"style-src 'sha256-{Hash(styles[0])}' 'sha256-{Hash(styles[1])}';", policy, StringComparison.Ordinal);
        Assert.Contains("; img-src data:; ", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Matches(@"^(\.[a-z0-9-]+\{background-(size:[0-9% ]+;background-image:url\(data:image/bmp;base64,[A-Za-z0-9+/=]+\)|position:[0-9.% ]+)\}\n)+$", styles[1]);
        Assert.DoesNotMatch("<[a-z]+[^>]*\\sstyle=", page);
        Assert.DoesNotContain("data:image/bmp", StyleElement().Replace(page, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutPictures_IsThePageAsItWas()
    {
        Assert.Single(StyleElement().Matches(Page(SampleResults.Live, ReportExtras.None)));
        Assert.Contains("\"pictures\":null", Page(SampleResults.Live, ReportExtras.None), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Findings_AreOnThePageAndNotInTheResult()
    {
        string page = Page(SampleResults.Live, Extras);

        Assert.Contains("<strong>Warning.</strong> a.png &lt;b&gt;is cut off&lt;/b&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("<li>Some pictures are left out.</li>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("pictures-sampled", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ShownRows_OfExamples_AreThePositionsInTheInput()
    {
        PairExamples examples = SampleResults.Live.Pairs[0].Examples!;
        ShownRows images = ShownRows.Of(SampleResults.Live, "image"), texts = ShownRows.Of(SampleResults.Live, "text");

        Assert.Contains(examples.Searches[0].Worst[0].Query.Row, images.Examples);
        Assert.Contains(examples.Searches[0].Worst[0].Rival.Row, texts.Examples);
        Assert.Contains(examples.Impostors[0].First.Row, images.Examples);
        Assert.Equal(images.Examples.Order(), images.Examples);
        Assert.Empty(ShownRows.Of(SampleResults.Live, "audio").Map);
        // The map shows an item's first text.
        Assert.Equal(SampleResults.Live.Pairs[0].Map.Pairs.Select(item => Sources.BuiltInSample.Captions * item), texts.Map);
    }

    [Fact]
    public void RoomForPictures_OfACrowdedMap_KeepsThePageBelowFiveMegabytes()
    {
        AnalysisResult crowded = SampleResults.Crowded(50_000);
        int room = ReportPage.RoomForPictures(crowded, ReportExtras.None);
        ShownRows shown = ShownRows.Of(crowded, "image");
        // Sheets as large as there is room, of bytes that no browser has to understand here.
        var full = new PictureSheets
        {
            Sheets = [new PictureSheet("image/webp", new byte[room], 100, 100)],
            Places = shown.Map.Take(10_000).Select((row, place) => (row, place)).ToDictionary(one => one.row, one => one.place),
            PerSheet = 10_000,
        };
        var none = new PictureSheets { Sheets = [], Places = new Dictionary<int, int>(), PerSheet = 1 };

        string page = Page(crowded, new ReportExtras { Pictures = new RowPictures { Modality = "image", Examples = none, Map = full } });

        Assert.InRange(room, 300_000, 1_900_000);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 3_000_000, 5_000_000);
    }

    [Fact]
    public async Task Examples_WithoutJavaScript_ShowEachRowsOwnPicture()
    {
        await using OpenedPage opened = await browser.OpenAsync(
            SampleResults.Live, new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 1280, Height = 900 } }, extras: Extras);
        PairExamples examples = SampleResults.Live.Pairs[0].Examples!;

        ILocator cells = opened.Page.Locator(".examples .card").First.Locator("tbody th");
        for (int k = 0; k < 3; k++)
            await AssertColourAsync(cells.Nth(k).Locator(".thumb"), examples.Searches[0].Worst[k].Query.Row);
        // The text that the image asks for has none.
        Assert.Equal(0, await opened.Page.Locator(".examples .card").First.Locator("tbody td .thumb").CountAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Map_PointedAtAndChosen_ShowsThePictureOfThePair()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Live, new() { ViewportSize = new() { Width = 1280, Height = 1000 } }, extras: Extras);
        PairMap map = SampleResults.Live.Pairs[0].Map;
        int pairs = map.Pairs.Count;
        foreach (int row in (int[])[0, 5, 299, pairs - 1, pairs + 5])
        {
            await opened.Page.EvaluateAsync("(row) => { const map = document.querySelector('figure.map').gapMap; map.hover(row); map.choose(row); }", row);
            await AssertColourAsync(opened.Page.Locator(".map .tip .thumb"), map.Pairs[row % pairs]);
            await AssertColourAsync(opened.Page.Locator(".map-details > .thumb"), map.Pairs[row % pairs]);
        }
        Assert.NotEqual(0, await opened.Page.Locator(".map-details li.first .thumb").CountAsync());
        Assert.Equal(0, await opened.Page.Locator(".map-details li.second .thumb").CountAsync());
        await opened.Page.EvaluateAsync("() => { const map = document.querySelector('figure.map').gapMap; map.hover(0); map.choose(0); }");
        await Assertions.Expect(opened.Page.Locator(".map-details > p")).ToContainTextAsync("image: " + SampleResults.Hostile);
        await Assertions.Expect(opened.Page.Locator(".tip strong")).ToHaveTextAsync("image: " + SampleResults.Hostile);
        Assert.Empty(opened.Complaints);
        Assert.All(opened.Requests.Skip(1), address => Assert.StartsWith("data:", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Map_RowWithoutPicture_ShowsItsNameAlone()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Live, extras: SamplePictures.Of(SampleResults.Live, "image", row => row % 2 == 1));
        PairMap map = SampleResults.Live.Pairs[0].Map;
        int with = Enumerable.Range(0, map.Pairs.Count).First(k => map.Pairs[k] % 2 == 0 && k > 2), without = Enumerable.Range(0, map.Pairs.Count).First(k => map.Pairs[k] % 2 == 1);

        await opened.Page.EvaluateAsync("(row) => document.querySelector('figure.map').gapMap.hover(row)", without);
        Assert.Equal(0, await opened.Page.Locator(".map .tip .thumb").CountAsync());
        await opened.Page.EvaluateAsync("(row) => document.querySelector('figure.map').gapMap.hover(row)", with);
        await AssertColourAsync(opened.Page.Locator(".map .tip .thumb"), map.Pairs[with]);
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Open_WithPictures_HasNoHorizontalScrollAndNoFaultOfStructure(int width)
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Live, new() { ViewportSize = new() { Width = width, Height = 844 } }, extras: Extras);
        await opened.Page.EvaluateAsync("document.querySelector('figure.map').gapMap.choose(3)");

        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        // Picture, sentence and lists stand beside or below each other, each with room.
        double[] widths = await opened.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('.map-details > *')].map((part) => part.getBoundingClientRect().width)");
        Assert.Equal(96, widths[0]);
        Assert.All(widths[1..], wide => Assert.InRange(wide, 200, width));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageLook.AccessibilityFaults));
        Assert.Empty(opened.Complaints);
    }

    // What the reader sees in the middle of the element.
    private async Task AssertColourAsync(ILocator thumb, int row)
    {
        await thumb.ScrollIntoViewIfNeededAsync();
        byte[] png = await thumb.ScreenshotAsync();
        Assert.Equal(SamplePictures.Colour(row), await browser.MiddleOfAsync(png));
    }

    private static string Page(AnalysisResult result, ReportExtras extras)
    {
        using var writer = new StringWriter();
        ReportPage.Write(result, writer, extras);
        return writer.ToString();
    }

    private static string Policy(string page) =>
        Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleElement();
}
