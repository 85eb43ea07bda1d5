using System.Diagnostics;

namespace ModalityGap.Testing;

/// <summary>What a run of a real tool left behind.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors);

/// <summary>Runs a tool that was built, as a process of its own.</summary>
/// <param name="name">Its name on the command line.</param>
internal sealed class ToolProcess(string name)
{
    /// <summary>The executable beside the tests.</summary>
    public string Path { get; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    public ToolRun Run(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, Path, arguments);
        return Finish(process);
    }

    /// <summary>Runs a shell command in which $<paramref name="variable"/> is the tool.</summary>
    public ToolRun Shell(string folder, string variable, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        using Process process = Start(folder, [(variable, Path)], "/bin/bash", "-c", command);
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
        foreach ((string key, string value) in environment)
            start.Environment[key] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static ToolRun Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The tool did not end within two minutes.");
        }
        return new ToolRun(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
