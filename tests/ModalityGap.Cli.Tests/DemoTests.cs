using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Demo_WithoutOptions_PrintsAVerdictAndWritesAReport()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "demo");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("2 modalities x 1400 items (1400 image, 2800 text) x 128 dimensions", run.Output, StringComparison.Ordinal);
        Assert.Contains("a severe gap", run.Output, StringComparison.Ordinal);
        Assert.Contains("What to do: Correct:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Report: {Path.Combine(folder.Path, "modgap-report", "index.html")}", run.Output, StringComparison.Ordinal);
        Assert.Contains("1400 emoji, each as a picture and 2 texts", run.Errors, StringComparison.Ordinal);
        string page = File.ReadAllText(folder["modgap-report/index.html"]);
        Assert.StartsWith("<!doctype html>", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("eight-pointed star", page, StringComparison.Ordinal);
        Assert.Equal(["modgap-report"], folder.Names);
    }

    [Fact]
    public void Demo_NotOnATerminal_HasNoColourAndNoProgress()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "--no-corrections");

        Assert.DoesNotContain('\e', run.Output);
        Assert.DoesNotContain('\e', run.Errors);
        Assert.All(run.Output.Split('\n'), line => Assert.Equal(line.TrimEnd('\r').TrimEnd(), line.TrimEnd('\r')));
    }

    [Theory]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    [InlineData("TERM=xterm-256color", true)]
    public void Demo_OnATerminal_HasColourUnlessAskedNotTo(string environment, bool colour)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs the program script (bsdutils)");

        ToolRun run = ModgapProcess.Shell(folder.Path, $"env -u NO_COLOR -u CI {environment} script -qec \"$MODGAP explain gap\" /dev/null");

        Assert.Equal(0, run.ExitCode);
        // Bold is no colour; a colour code is 30 to 37 or 90 to 97.
        Assert.Equal(colour, System.Text.RegularExpressions.Regex.IsMatch(run.Output, @"\e\[([0-9;]*;)?[39][0-7]m"));
    }

    [Fact]
    public void Demo_Quiet_SaysNothingBesideTheResult()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "--quiet", "--no-corrections");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void Demo_ToStandardOutput_IsOnlyThePage()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "-o", "-", "--no-corrections");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("<!doctype html>", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(folder.Names);
    }
}
