using System.Xml.Linq;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class ReportVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ReportVerbTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Report_PrintsThePageAndWritesIt()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("page.html", run.Output.Trim());
        Assert.StartsWith("2 modalities x 60 pairs", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(folder["page.html"]), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["img.npy", "page.html", "txt.npy"], folder.Names);
    }

    [Fact]
    public void Figures_AreStandAloneSvgFiles()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--figures", "figures", "-q");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(run.Errors);
        string[] figures = Directory.GetFiles(folder["figures"]);
        Assert.True(figures.Length >= 4, $"{figures.Length} figures");
        Assert.All(figures, figure => Assert.Equal("svg", XDocument.Load(figure).Root!.Name.LocalName));
    }

    [Fact]
    public void Figures_OfHostileModalities_StayInTheirFolder()
    {
        var random = new Random(5);
        NpyFile.Write(folder["eeg.npy"], [.. Enumerable.Range(0, 60 * 16).Select(_ => random.NextSingle())], 60, 16);

        ToolRun run = ModgapProcess.Run(
            folder.Path, "report", "img.npy", "txt.npy", "eeg.npy", "--modalities", "../../x,y/z,<w>", "-o", "page.html", "--figures", "figures");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["eeg.npy", "figures", "img.npy", "page.html", "txt.npy"], folder.Names);
        Assert.Contains("pair-forest.svg", Directory.GetFiles(folder["figures"]).Select(Path.GetFileName));
        Assert.Contains("pair-cosines.svg", Directory.GetFiles(folder["figures"]).Select(Path.GetFileName));
        Assert.All(Directory.GetFiles(folder["figures"]), figure => Assert.Matches(@"^[A-Za-z0-9-]+\.svg$", Path.GetFileName(figure)));
    }

    [Fact]
    public void Figures_WhereAFileIs_IsRefusedBeforeTheWork()
    {
        File.WriteAllText(folder["figures"], "");

        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--figures", "figures");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("figures: is a file, where a folder is needed.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["figures", "img.npy", "txt.npy"], folder.Names);
    }
}
