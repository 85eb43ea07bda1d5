using Microsoft.Playwright;

namespace ModalityGap.Report.Tests;

/// <summary>One headless Chromium for all tests of the page; where there is none, they are skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly string folder = Directory.CreateTempSubdirectory("modality-gap-report-").FullName;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? absent;

    public async ValueTask InitializeAsync()
    {
        string? executable = Places.FirstOrDefault(File.Exists);
        if (executable is null)
        {
            absent = "needs Chromium at /usr/bin/chromium (Debian: apt-get install chromium)";
            return;
        }
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Writes a page and opens it from the disk, as a reader does.</summary>
    internal async Task<OpenedPage> OpenAsync(Action<TextWriter> write, BrowserNewContextOptions? options = null, string? beforeScripts = null)
    {
        Assert.SkipWhen(absent is not null, absent ?? "");
        string file = Path.Combine(folder, $"{Guid.NewGuid():N}.html");
        await using (var writer = new StreamWriter(file))
            write(writer);
        IBrowserContext context = await browser!.NewContextAsync(options ?? new());
        if (beforeScripts is not null)
            await context.AddInitScriptAsync(beforeScripts);
        return await OpenedPage.OpenAsync(context, new Uri(file).AbsoluteUri);
    }

    /// <summary>The colour in the middle of a PNG, as style sheets write it.</summary>
    internal async Task<string> MiddleOfAsync(byte[] png)
    {
        await using IBrowserContext context = await browser!.NewContextAsync();
        IPage page = await context.NewPageAsync();
        return await page.EvaluateAsync<string>(
            $$"""
            async (data) => {
              {{PageLook.PixelsOf}}
              const seen = await pixelsOf(data), at = 4 * (Math.floor(seen.height / 2) * seen.width + Math.floor(seen.width / 2));
              const [red, green, blue] = seen.data.slice(at, at + 3);
              return `rgb(${red}, ${green}, ${blue})`;
            }
            """,
            Convert.ToBase64String(png));
    }
}
