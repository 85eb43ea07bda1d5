using System.Globalization;
using Microsoft.Playwright;
using ModalityGap.Measures;

namespace ModalityGap.Report.Tests;

/// <summary>The threshold that a reader drags, in a real browser.</summary>
public sealed class ThresholdTests(Browser browser) : IClassFixture<Browser>
{
    private static ThresholdCurve Curve => SampleResults.Two.Pairs[0].Thresholds.Curve!;

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(110)]
    public async Task Slider_AtAnyStep_TellsRecallAndFalsePositivesOfTheCounts(int step)
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two);
        await opened.Page.Locator(".threshold-live input[type=range]").FillAsync(step.ToString(CultureInfo.InvariantCulture));
        string reading = await opened.Page.Locator(".threshold-live output").InnerTextAsync();
        Assert.Contains(Numbers.Three(Curve.First + step * Curve.Step), reading, StringComparison.Ordinal);
        Assert.Contains("recall " + Numbers.Percent(Curve.Matched[step] / (double)Curve.MatchedPairs), reading, StringComparison.Ordinal);
        Assert.Contains("false positives " + Numbers.Percent(Curve.Unmatched[step] / (double)Curve.UnmatchedPairs), reading, StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Rarity_Changed_ChangesThePrecisionAlone()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two);
        ILocator reading = opened.Page.Locator(".threshold-live output");
        await opened.Page.Locator(".rarity input").FillAsync("2");
        int step = int.Parse(await opened.Page.Locator(".threshold-live input[type=range]").InputValueAsync(), CultureInfo.InvariantCulture);
        double recall = Curve.Matched[step] / (double)Curve.MatchedPairs, alarms = Curve.Unmatched[step] / (double)Curve.UnmatchedPairs;
        await Assertions.Expect(reading).ToContainTextAsync("precision " + Numbers.Percent(recall / (recall + alarms)));
    }

    [Fact]
    public async Task Drawing_Dragged_MovesTheThresholdAndKeepsItInTheAddress()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two);
        ILocator drawing = opened.Page.Locator("figure.cosines svg.chart"), slider = opened.Page.Locator(".threshold-live input[type=range]");
        await drawing.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await drawing.BoundingBoxAsync())!;
        string before = await slider.InputValueAsync();
        await opened.Page.Mouse.MoveAsync(box.X + 0.5f * box.Width, box.Y + 0.5f * box.Height);
        await opened.Page.Mouse.DownAsync();
        await opened.Page.Mouse.MoveAsync(box.X + 0.8f * box.Width, box.Y + 0.5f * box.Height);
        await opened.Page.Mouse.UpAsync();
        string after = await slider.InputValueAsync();
        Assert.NotEqual(before, after);
        Assert.Contains("-threshold=", opened.Page.Url, StringComparison.Ordinal);
        await opened.Page.ReloadAsync();
        Assert.Equal(after, await slider.InputValueAsync());
    }

    [Fact]
    public async Task Files_OfTheCorrection_AreDownloadedByteByByte()
    {
        await using OpenedPage opened = await browser.OpenAsync(SampleResults.Two, extras: SampleResults.WithCorrections);
        Assert.NotNull(SampleResults.WithCorrections.Corrections[0]!.Result.Fitted);
        IDownload download = await opened.Page.RunAndWaitForDownloadAsync(() => opened.Page.GetByText("Download gap.safetensors").ClickAsync());
        Assert.Equal("gap.safetensors", download.SuggestedFilename);
        Assert.Equal([0, 1, 2, 255], await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.Empty(opened.Complaints);
    }
}
