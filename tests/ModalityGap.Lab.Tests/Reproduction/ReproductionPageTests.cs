using Microsoft.Playwright;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Report.Experiments;
using ModalityGap.Report.Tests;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Reproduction;

/// <summary>The page over all experiments, made from the committed results, as a reader's browser shows it.</summary>
public sealed class ReproductionPageTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_OfTheCommittedResults_IsWholeAndAsksForNothing(int width, ColorScheme colours)
    {
        await using OpenedPage opened = await OpenAsync(width, colours);

        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageLook.AccessibilityFaults));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageLook.TextFaults));
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("() => Math.max(innerWidth, document.documentElement.scrollWidth)"));
        Assert.Empty(opened.Complaints);
        Assert.Single(opened.Requests, address => !address.StartsWith("data:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_LookedAtByAxe_HasNoSeriousFinding(ColorScheme colours)
    {
        PageLook.SkipWithoutAxe();
        await using OpenedPage opened = await OpenAsync(1280, colours);
        Assert.Empty(await PageLook.AxeFindingsAsync(opened.Page));
    }

    [Fact]
    public async Task Page_OfTheCommittedResults_HasAFigureForEveryChart()
    {
        ExperimentResult[] results = Results();
        await using OpenedPage opened = await OpenAsync(1280, ColorScheme.Light);

        Assert.Equal(results.Sum(result => result.Charts.Count), await opened.Page.Locator("figure svg.chart").CountAsync());
        foreach (ExperimentResult result in results)
            Assert.Equal(1, await opened.Page.GetByRole(AriaRole.Heading, new() { Name = result.Title, Exact = true }).CountAsync());
    }

    private Task<OpenedPage> OpenAsync(int width, ColorScheme colours)
    {
        ExperimentResult[] results = Results();
        return browser.OpenAsync(
            writer => ExperimentPage.Write(ReproductionReport.Of(results), writer),
            new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colours });
    }

    private static ExperimentResult[] Results()
    {
        ExperimentResult[] results = new ResultFolder(Path.Combine(SharedFolder.RepositoryRoot, "results")).ReadAll();
        Assert.NotEmpty(results);
        return results;
    }
}
