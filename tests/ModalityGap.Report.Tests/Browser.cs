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

    /// <summary>Writes the report of a result and opens it from the disk, as a reader does.</summary>
    internal Task<OpenedPage> OpenAsync(AnalysisResult result, BrowserNewContextOptions? options = null, string? beforeScripts = null, ReportExtras? extras = null) =>
        OpenAsync(writer => ReportPage.Write(result, writer, extras ?? ReportExtras.None), options, beforeScripts);

    /// <summary>The same with the page of a comparison.</summary>
    internal Task<OpenedPage> OpenAsync(ComparisonResult result, BrowserNewContextOptions? options = null) =>
        OpenAsync(writer => ComparisonPage.Write(result, writer), options, null);

    private async Task<OpenedPage> OpenAsync(Action<TextWriter> write, BrowserNewContextOptions? options, string? beforeScripts)
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

/// <summary>A page with all that it asked for and complained about.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private OpenedPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    public IPage Page { get; }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    public static async Task<OpenedPage> OpenAsync(IBrowserContext context, string address)
    {
        IPage page = await context.NewPageAsync();
        var opened = new OpenedPage(context, page);
        page.Request += (_, request) => opened.Requests.Add(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                opened.Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => opened.Complaints.Add(error);
        page.Dialog += async (_, dialog) =>
        {
            opened.Complaints.Add("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        await page.GotoAsync(address);
        return opened;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
