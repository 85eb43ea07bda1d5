using Microsoft.Playwright;

namespace ModalityGap.Report.Tests;

/// <summary>What a look at screenshots would find: labels that are cut off or lie on each other, in every figure, at three widths, light and dark.</summary>
public sealed class LayoutTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<string, int, string> Views()
    {
        TheoryData<string, int, string> views = [];
        foreach (string which in (string[])["corrections", "groups", "three", "classes", "many classes"])
            foreach (int width in (int[])[390, 820, 1280])
                views.Add(which, width, width == 820 ? "dark" : "light");
        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Labels_OfEveryFigure_AreWholeAndApart(string which, int width, string theme)
    {
        await using OpenedPage opened = await browser.OpenAsync(
            Result(which), View(width, theme), extras: Extras(which));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageLook.TextFaults));
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Screens_AtThreeWidths_AreNotEmptyAnywhere(string theme)
    {
        foreach (int width in (int[])[390, 820, 1280])
        {
            await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two, View(width, theme), extras: SampleResults.WithCorrections);
            foreach (ILocator card in await opened.Page.Locator("figure.card").AllAsync())
            {
                byte[] png = await card.ScreenshotAsync();
                int colours = await opened.Page.EvaluateAsync<int>($$"""
                    async (data) => {
                      {{PageLook.PixelsOf}}
                      const seen = new Map();
                      for (const colour of new Uint32Array((await pixelsOf(data)).data.buffer)) seen.set(colour, (seen.get(colour) ?? 0) + 1);
                      return [...seen.values()].filter((count) => count > 12).length;
                    }
                    """, Convert.ToBase64String(png));
                Assert.True(colours > 20, $"{await card.GetAttributeAsync("data-figure")} at {width} pixels in {theme} shows {colours} colours");
            }
            Assert.Empty(opened.Complaints);
        }
    }

    private static ReportExtras? Extras(string which) => which switch
    {
        "corrections" => SampleResults.WithCorrections,
        "classes" => new ReportExtras { ZeroShot = SampleResults.Classified(["cat", SampleResults.Hostile], groups: true) },
        "many classes" => new ReportExtras { ZeroShot = SampleResults.Classified([.. Enumerable.Range(1, 9).Select(k => $"class of long name {k}")], groups: true) },
        _ => null,
    };

    private static BrowserNewContextOptions View(int width, string theme) =>
        new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light };

    private static AnalysisResult Result(string which) => which switch
    {
        "corrections" or "classes" or "many classes" => SampleResults.Two,
        "groups" => SampleResults.HostileCaptions,
        _ => SampleResults.ThreeModalities,
    };
}
