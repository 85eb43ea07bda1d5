using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public void Doctor_HealthyMachine_SaysWhatItRunsOn()
    {
        ToolRun run = ModgapProcess.Run(".", "doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(Hardware.Kernel, run.Output, StringComparison.Ordinal);
        Assert.Contains("just in time", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"kernel rate, one thread +\d+\.\d GFLOP/s", run.Output);
        Assert.Matches(@"kernel rate, all threads +\d+\.\d GFLOP/s", run.Output);
    }

    [Fact]
    public void Doctor_NoPlaceForTemporaryFiles_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "TMPDIR is a POSIX variable");

        ToolRun run = ModgapProcess.Run(".", [("TMPDIR", "/proc/nowhere")], "doctor");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Set TMPDIR to a folder that can.", run.Output, StringComparison.Ordinal);
    }
}
