using Microsoft.Playwright;

namespace ModalityGap.Report.Tests;

public sealed class ComparisonBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("two")]
    [InlineData("six")]
    [InlineData("thirty")]
    [InlineData("hostile")]
    [InlineData("missing")]
    public async Task Open_FromTheDisk_AsksForNothingAndComplainsOfNothing(string which)
    {
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Of(which));
        await opened.Page.WaitForTimeoutAsync(200);
        Assert.Empty(opened.Complaints);
        Assert.Single(opened.Requests, address => !address.StartsWith("data:", StringComparison.Ordinal));
        Assert.Equal(0, await opened.Page.Locator("img, iframe, object, embed").CountAsync());
    }

    [Fact]
    public async Task Open_WithoutJavaScript_ShowsFiguresAndNumbersAndNoDeadButton()
    {
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Six, new() { JavaScriptEnabled = false });
        Assert.Equal(13, await opened.Page.Locator("svg.chart:visible").CountAsync());
        await Assertions.Expect(opened.Page.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal(6, await opened.Page.Locator(".models tbody tr:visible").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("button:visible").CountAsync());
        await opened.Page.Locator(".method summary", new() { HasText = "Every number" }).ClickAsync();
        Assert.Equal(
            ComparisonSamples.Six.Runs.Sum(run => run.Measures.Count), await opened.Page.Locator(".method details[open] tbody tr:visible").CountAsync());
    }

    [Theory]
    [InlineData("two", 390)]
    [InlineData("six", 320)]
    [InlineData("thirty", 390)]
    [InlineData("thirty", 1280)]
    [InlineData("hostile", 390)]
    [InlineData("hostile", 800)]
    public async Task Open_AtAnyWidth_HasNoHorizontalScroll(string which, int width)
    {
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Of(which), new() { ViewportSize = new() { Width = width, Height = 844 } });
        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Theory]
    [InlineData("two", 1280)]
    [InlineData("six", 1280)]
    [InlineData("six", 390)]
    [InlineData("thirty", 1280)]
    [InlineData("thirty", 390)]
    [InlineData("hostile", 1280)]
    [InlineData("hostile", 390)]
    public async Task Texts_OfFigures_FitAndDoNotOverlap(string which, int width)
    {
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Of(which), new() { ViewportSize = new() { Width = width, Height = 844 } });
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageLook.TextFaults));
    }

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(false, 390)]
    [InlineData(true, 390)]
    public async Task Texts_OfOverviewFigures_FitAndDoNotOverlap(bool hostile, int width)
    {
        await using OpenedPage opened = await browser.OpenAsync(
            hostile ? SampleResults.HostileNames : SampleResults.ThreeModalities, new() { ViewportSize = new() { Width = width, Height = 844 } });
        string[] faults = await opened.Page.EvaluateAsync<string[]>(PageLook.TextFaults);
        Assert.DoesNotContain(faults, fault => fault.StartsWith("pair-", StringComparison.Ordinal));
        Assert.Equal(2, await opened.Page.Locator("[data-figure^=pair-] svg.chart:visible").CountAsync());
    }

    [Theory]
    [InlineData("two")]
    [InlineData("six")]
    [InlineData("hostile")]
    [InlineData("missing")]
    public async Task Structure_IsReadableByAScreenReader(string which)
    {
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Of(which));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageLook.AccessibilityFaults));
    }

    [Theory]
    [InlineData("six", ColorScheme.Light)]
    [InlineData("six", ColorScheme.Dark)]
    [InlineData("hostile", ColorScheme.Light)]
    public async Task Page_LookedAtByAxe_HasNoSeriousFinding(string which, ColorScheme colours)
    {
        PageLook.SkipWithoutAxe();
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Of(which), new() { ColorScheme = colours });
        Assert.Empty(await PageLook.AxeFindingsAsync(opened.Page));
    }

    [Fact]
    public async Task Save_GivesFilesThatHoldTheFigureAndItsNumbers()
    {
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Six);
        string svg = await PageLook.SavedAsync(opened.Page, ".number-gap-debiased [data-save=svg]", "number-gap-debiased.svg");
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(svg).Root!.Name.LocalName);
        string csv = await PageLook.SavedAsync(opened.Page, ".number-gap-debiased [data-save=csv]", "number-gap-debiased.csv");
        Assert.Equal(1 + 6, csv.Split("\r\n").Length);
        Assert.Contains("PNG", await PageLook.SavedAsync(opened.Page, ".model-maps [data-save=png]", "model-maps.png"), StringComparison.Ordinal);
        string json = await PageLook.SavedAsync(opened.Page, "[data-download]", "modality-gap.json");
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Equal(ComparisonJson.ToText(ComparisonSamples.Six), ComparisonJson.ToText(ComparisonJson.Read(stream)));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Print_ShowsTheNumbersThatTheScreenFolds()
    {
        await using OpenedPage opened = await browser.OpenAsync(ComparisonSamples.Two, new() { ColorScheme = ColorScheme.Dark });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(0, await opened.Page.Locator(".method > details:not([open])").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("button:visible").CountAsync());
    }
}
