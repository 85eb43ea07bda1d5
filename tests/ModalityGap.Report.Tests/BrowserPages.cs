using Microsoft.Playwright;

namespace ModalityGap.Report.Tests;

/// <summary>Opens the pages of this project in the browser.</summary>
internal static class BrowserPages
{
    /// <summary>Writes the report of a result and opens it.</summary>
    public static Task<OpenedPage> OpenAsync(
        this Browser browser, AnalysisResult result, BrowserNewContextOptions? options = null, string? beforeScripts = null, ReportExtras? extras = null) =>
        browser.OpenAsync(writer => ReportPage.Write(result, writer, extras ?? ReportExtras.None), options, beforeScripts);

    /// <summary>The same with the page of a comparison.</summary>
    public static Task<OpenedPage> OpenAsync(this Browser browser, ComparisonResult result, BrowserNewContextOptions? options = null) =>
        browser.OpenAsync(writer => ComparisonPage.Write(result, writer), options);
}
