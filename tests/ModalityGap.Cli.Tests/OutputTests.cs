using System.Diagnostics;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>Outputs that cannot be written: exit code 3, the reason, and nothing half written.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Out_IsAFolder_SaysSoBeforeTheWork()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "-o", folder.Path);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is a folder. Name a file in it", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Out_InAMissingFolder_SaysSo()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "-o", "missing/report.html");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("missing/report.html: its folder does not exist.", run.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Out_InAReadOnlyPlace_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc, where nobody can create a file");

        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "-o", "/proc/report.html");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("/proc/report.html: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Choose another place with --out.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Out_WithoutPermission_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "root may write everywhere");

        ToolRun run = ModgapProcess.Shell(folder.Path, "mkdir closed && chmod 500 closed && $MODGAP demo -o closed/report.html");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("no permission to write here", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$MODGAP demo --no-corrections -o /dev/full", "/dev/full: the disk is full.")]
    [InlineData("$MODGAP demo --no-corrections -o - >/dev/full", "standard output: the disk is full.")]
    [InlineData("$MODGAP explain >/dev/full", "standard output: the disk is full.")]
    public void Out_DiskFull_SaysSo(string command, string message)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");

        ToolRun run = ModgapProcess.Shell(folder.Path, command);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Out_FailsInTheMiddle_LeavesTheOldFileAlone()
    {
        File.WriteAllText(folder["report.html"], "old");

        // A limit on the size of files stops the writing after a kilobyte; the runtime itself needs larger ones unless told not to.
        ToolRun run = ModgapProcess.Shell(folder.Path, "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 1; $MODGAP demo -o report.html");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("old", File.ReadAllText(folder["report.html"]));
        Assert.Equal(["report.html"], folder.Names);
    }

    [Fact]
    public void Out_LinkToADevice_LeavesTheDeviceInPlace()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        File.CreateSymbolicLink(folder["link.html"], "/dev/full");

        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "-o", "link.html", "--no-corrections");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("link.html: the disk is full.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["link.html"], folder.Names);
    }

    [Fact]
    public void Out_OverAnOldFile_ReplacesItAndKeepsALink()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        File.WriteAllText(folder["real.html"], "old");
        File.CreateSymbolicLink(folder["link.html"], folder["real.html"]);

        ToolRun run = ModgapProcess.Run(folder.Path, "demo", "-o", "link.html", "--no-corrections");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(folder["real.html"]), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["link.html", "real.html"], folder.Names);
        Assert.NotNull(new FileInfo(folder["link.html"]).LinkTarget);
    }

    [Fact]
    public void Pipe_ReaderGoesAway_IsQuiet()
    {
        ToolRun run = ModgapProcess.Shell(folder.Path, "set -o pipefail; $MODGAP explain | head -1; echo \"${PIPESTATUS[0]}\"");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("\n0\n", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void CtrlC_InTheMiddle_ExitsWith130AndLeavesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        using var inputs = new TemporaryFolder();
        NpyFile.WritePair(inputs, 12_000, 256);
        using Process process = ModgapProcess.Start(
            folder.Path, [], ModgapProcess.Path, "report", inputs["img.npy"], inputs["txt.npy"], "-o", "report.html");
        Assert.True(
            SpinWait.SpinUntil(() => folder.Names.Length > 0 || process.HasExited, TimeSpan.FromSeconds(30)) && !process.HasExited,
            "The tool never opened its output.");
        Thread.Sleep(300);

        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        ToolRun run = ModgapProcess.Finish(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("modgap: cancelled; nothing was written.", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(folder.Names);
    }
}
