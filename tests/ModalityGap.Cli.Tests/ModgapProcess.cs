using System.Diagnostics;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Tests;

/// <summary>What a run of the real tool left behind.</summary>
internal sealed record ModgapRun(int ExitCode, string Output, string Errors);

/// <summary>Runs the tool that was built, as a process of its own.</summary>
internal static class ModgapProcess
{
    /// <summary>The executable beside the tests.</summary>
    public static string Path { get; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "modgap.exe" : "modgap");

    public static ModgapRun Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    public static ModgapRun Run(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, Path, arguments);
        return Finish(process);
    }

    /// <summary>Runs a shell command in which $MODGAP is the tool.</summary>
    public static ModgapRun Shell(string folder, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        using Process process = Start(folder, [("MODGAP", Path)], "/bin/bash", "-c", command);
        return Finish(process);
    }

    public static Process Start(string folder, (string Name, string Value)[] environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
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

    public static ModgapRun Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The tool did not end within two minutes.");
        }
        return new ModgapRun(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
