using System.Diagnostics;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Data;

public sealed class DataVerbTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Data_Shapes_SaysWhatIsThereAndDrawsIt()
    {
        LabRun run = LabProcess.Run(folder.Path, "data", "shapes", "--side", "16", "--contact-sheet", "sheet.png");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("shapes: 480 items in 3 styles, 1,440 pictures of 16 x 16, 1,440 texts", run.Output, StringComparison.Ordinal);
        Assert.Contains("Fingerprint: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Licence: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(["sheet.png"], folder.Names);
    }

    [Fact]
    public void Data_Folder_SaysWhatWasLeftOutUnlessQuiet()
    {
        folder.Write("a.png", TestPicture.Encode(9, 9, TestPicture.Noise));
        folder.Write("captions.tsv", "a.png\tA cat\na.png\t\n");

        LabRun run = LabProcess.Run(folder.Path, "data", "."), quiet = LabProcess.Run(folder.Path, "data", ".", "--quiet");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("1 item in 1 style, 1 picture of 64 x 64, 1 text", run.Output, StringComparison.Ordinal);
        Assert.Contains("note: Left out: empty captions (1).", run.Errors, StringComparison.Ordinal);
        Assert.Empty(quiet.Errors);
    }

    [Theory]
    [InlineData(3, "nothing: there is no such file or folder. Give a path that exists, or one of emoji", "data", "nothing")]
    [InlineData(2, "--side takes a number from 8 to 1024", "data", "shapes", "--side", "4")]
    [InlineData(2, "'modgap-lab data' needs SOURCE.", "data")]
    public void Data_Mistakes_AreTold(int code, string message, params string[] arguments)
    {
        LabRun run = LabProcess.Run(folder.Path, arguments);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caches", true)]
    [InlineData("relative", false)]
    public void Data_Help_NamesTheCacheFolderOfXdg(string name, bool absolute)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has a folder of its own");
        string value = absolute ? folder[name] : name;

        LabRun run = LabProcess.Finish(LabProcess.Start(folder.Path, [("XDG_CACHE_HOME", value), ("COLUMNS", "200")], "data", "--help"));

        Assert.Equal(absolute, run.Output.Contains(Path.Combine(value, "modgap-lab"), StringComparison.Ordinal));
        Assert.Contains("modgap-lab", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DataEmoji_NoNpm_SaysSo()
    {
        LabRun run = LabProcess.Finish(LabProcess.Start(folder.Path, [("PATH", folder.Path)], "data", "emoji", "--cache", "cache"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("npm is not installed, or not on the path.", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--data shapes", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder["cache"]));
    }

    [Fact]
    public void DataEmoji_Interrupted_EndsNpmAndLeavesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        folder.Write("npm", "#!/bin/sh\necho $$ > \"$MARK\"\nexec sleep 60\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["npm"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        string path = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", mark = folder["mark"];
        Process process = LabProcess.Start(folder.Path, [("PATH", path), ("MARK", mark)], "data", "emoji", "--cache", "cache");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(mark) && File.ReadAllText(mark).EndsWith('\n'), TimeSpan.FromSeconds(60)), "npm was not started");

        Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
        LabRun run = LabProcess.Finish(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder["cache"]));
        int npm = int.Parse(File.ReadAllText(mark), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(npm), TimeSpan.FromSeconds(10)), "npm still runs");
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
