using System.Diagnostics;

namespace ModalityGap.Lab.Tests;

/// <summary>What a run of the real tool left behind.</summary>
internal sealed record LabRun(int ExitCode, string Output, string Errors);

/// <summary>Runs the tool that was built, as a process of its own.</summary>
internal static class LabProcess
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "modgap-lab.exe" : "modgap-lab");

    public static LabRun Run(string folder, params string[] arguments) => Finish(Start(folder, [], arguments));

    public static Process Start(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tool, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static LabRun Finish(Process process)
    {
        using (process)
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("The tool did not end within two minutes.");
            }
            return new LabRun(process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
    }
}
