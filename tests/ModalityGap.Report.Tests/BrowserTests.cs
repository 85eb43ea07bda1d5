using Microsoft.Playwright;

namespace ModalityGap.Report.Tests;

public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("two")]
    [InlineData("three")]
    [InlineData("hostile")]
    [InlineData("captions")]
    [InlineData("live")]
    [InlineData("missing")]
    public async Task Open_FromTheDisk_AsksForNothingAndComplainsOfNothing(string which)
    {
        await using OpenedPage opened = await browser.OpenAsync(Result(which));
        await opened.Page.WaitForTimeoutAsync(200);
        Assert.Empty(opened.Complaints);
        Assert.Single(opened.Requests, address => !address.StartsWith("data:", StringComparison.Ordinal));
        Assert.Equal(0, await opened.Page.Locator("img, iframe, object, embed").CountAsync());
    }

    [Fact]
    public async Task Open_WithoutJavaScript_ShowsFiguresAndNumbersAndNoDeadButton()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two, new() { JavaScriptEnabled = false });
        Assert.Equal(ReportFigures.All(SampleResults.Two.Pairs[0]).Count, await opened.Page.Locator("svg.chart:visible").CountAsync());
        await Assertions.Expect(opened.Page.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal(SampleResults.Two.Pairs[0].Thresholds.Rows.Count, await opened.Page.Locator(".thresholds tbody tr:visible").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("button:visible").CountAsync());
        await opened.Page.Locator(".method summary", new() { HasText = "All measures" }).ClickAsync();
        Assert.True(await opened.Page.Locator(".method table:visible tbody tr").CountAsync() > 30);
    }

    [Fact]
    public async Task Open_OnALaptop_ShowsTheDecisionWithoutScrolling()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two, new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        foreach (string part in (string[])["h1", ".thresholds tbody tr:last-child", ".effects", ".snippet"])
        {
            LocatorBoundingBoxResult box = (await opened.Page.Locator(part).BoundingBoxAsync())!;
            Assert.True(box.Y + box.Height <= 800, $"{part} ends at {box.Y + box.Height}");
        }
    }

    [Theory]
    [InlineData("two", 390)]
    [InlineData("three", 390)]
    [InlineData("hostile", 390)]
    [InlineData("captions", 390)]
    [InlineData("captions", 1280)]
    [InlineData("live", 320)]
    [InlineData("live", 1280)]
    [InlineData("two", 320)]
    [InlineData("three", 1280)]
    public async Task Open_AtAnyWidth_HasNoHorizontalScroll(string which, int width)
    {
        await using OpenedPage opened = await browser.OpenAsync(Result(which), new() { ViewportSize = new() { Width = width, Height = 844 } });
        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Examples_WithHostileCaptions_ShowThemAsTheyAre()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.HostileCaptions);
        string[] names = [.. await opened.Page.Locator(".examples .name").AllTextContentsAsync()];
        Assert.Contains(SampleResults.Hostile, names);
        Assert.Contains(names, name => name.StartsWith("a plain caption & number", StringComparison.Ordinal));
        Assert.Contains(await opened.Page.Locator(".examples .about").AllTextContentsAsync(), text => text.EndsWith("· <b>Food</b>", StringComparison.Ordinal));
        ILocator cut = opened.Page.Locator(".examples .name[title]").First;
        Assert.Equal(new string('w', 150) + SampleResults.Hostile, await cut.GetAttributeAsync("title"));
        Assert.Equal(new string('w', 71) + "…", await cut.TextContentAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Map_PointedAt_NamesTheRow()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.HostileCaptions);
        ILocator spot = opened.Page.Locator(".map .spots circle").Nth(800 - 1);
        await spot.ScrollIntoViewIfNeededAsync();
        // The last mark lies above all others: what is under the pointer is that mark, though nothing of it is painted.
        string named = await spot.EvaluateAsync<string>("""
            (mark) => {
              const box = mark.getBoundingClientRect();
              return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).querySelector('title')?.textContent ?? 'nothing';
            }
            """);
        Assert.Equal(await spot.Locator("title").TextContentAsync(), named);
        Assert.StartsWith("text: ", named, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_FollowTheSystemUntilTheSwitchIsPressed()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two, new() { ColorScheme = ColorScheme.Dark });
        ILocator body = opened.Page.Locator("body");
        await Assertions.Expect(body).ToHaveCSSAsync("background-color", "rgb(14, 19, 26)");
        await opened.Page.Locator("[data-theme-switch]").ClickAsync();
        await Assertions.Expect(body).ToHaveCSSAsync("background-color", "rgb(245, 246, 248)");
        Assert.EndsWith("#theme=light", opened.Page.Url, StringComparison.Ordinal);
        await opened.Page.ReloadAsync();
        await Assertions.Expect(body).ToHaveCSSAsync("background-color", "rgb(245, 246, 248)");
    }

    [Fact]
    public async Task Save_GivesFilesThatHoldTheFigureAndItsNumbers()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two);
        string svg = await PageLook.SavedAsync(opened.Page, ".dimensions [data-save=svg]", "dimensions.svg");
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.Contains(".chart .axis{stroke:#", svg, StringComparison.Ordinal);
        string csv = await PageLook.SavedAsync(opened.Page, ".dimensions [data-save=csv]", "dimensions.csv");
        Assert.Equal(1 + SampleResults.Two.Pairs[0].TopDimensions.Count, csv.Split("\r\n").Length);
        string png = await PageLook.SavedAsync(opened.Page, ".dimensions [data-save=png]", "dimensions.png");
        Assert.Contains("PNG", png, StringComparison.Ordinal);
        string json = await PageLook.SavedAsync(opened.Page, "[data-download]", "modality-gap.json");
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Equal(AnalysisJson.ToText(SampleResults.Two), AnalysisJson.ToText(AnalysisJson.Read(stream)));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Copy_PutsTheSnippetIntoTheClipboard()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await opened.Page.Locator("[data-copy]").ClickAsync();
        await Assertions.Expect(opened.Page.Locator("[data-copy]")).ToHaveTextAsync("Copied");
        Assert.Equal(SampleResults.Two.Pairs[0].Recommendation.Snippet, await opened.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Keyboard_ReachesEveryControlWithAVisibleFocus()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two);
        await opened.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(opened.Page.Locator("[data-theme-switch]")).ToBeFocusedAsync();
        await Assertions.Expect(opened.Page.Locator("[data-theme-switch]")).ToHaveCSSAsync("outline-style", "solid");
        ILocator question = opened.Page.Locator(".map summary").First;
        await question.FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(opened.Page.Locator(".map .definition")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Print_ShowsTheNumbersThatTheScreenFolds()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two, new() { ColorScheme = ColorScheme.Dark });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(0, await opened.Page.Locator(".method > details:not([open])").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("button:visible").CountAsync());
        await Assertions.Expect(opened.Page.Locator("body")).ToHaveCSSAsync("color", "rgb(22, 32, 44)");
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.Equal(0, await opened.Page.Locator(".method > details[open]").CountAsync());
    }

    [Theory]
    [InlineData("two")]
    [InlineData("three")]
    [InlineData("captions")]
    [InlineData("live")]
    [InlineData("missing")]
    public async Task Structure_IsReadableByAScreenReader(string which)
    {
        await using OpenedPage opened = await browser.OpenAsync(Result(which));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageLook.AccessibilityFaults));
    }

    [Theory]
    [InlineData("two", ColorScheme.Light)]
    [InlineData("live", ColorScheme.Light)]
    [InlineData("live", ColorScheme.Dark)]
    [InlineData("three", ColorScheme.Dark)]
    public async Task Page_LookedAtByAxe_HasNoSeriousFinding(string which, ColorScheme colours)
    {
        PageLook.SkipWithoutAxe();
        await using OpenedPage opened = await browser.OpenAsync(Result(which), new() { ColorScheme = colours });
        Assert.Empty(await PageLook.AxeFindingsAsync(opened.Page));
    }

    private static AnalysisResult Result(string which) => which switch
    {
        "two" => SampleResults.Two,
        "three" => SampleResults.ThreeModalities,
        "hostile" => SampleResults.HostileNames,
        "captions" => SampleResults.HostileCaptions,
        "live" => SampleResults.Live,
        _ => SampleResults.Missing,
    };
}
