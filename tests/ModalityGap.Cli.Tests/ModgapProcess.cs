using System.Diagnostics;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>Runs modgap, as a process of its own.</summary>
internal static class ModgapProcess
{
    private static readonly ToolProcess Tool = new("modgap");

    /// <summary>The executable beside the tests.</summary>
    public static string Path => Tool.Path;

    public static ToolRun Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    public static ToolRun Run(string folder, (string Name, string Value)[] environment, params string[] arguments) =>
        Tool.Run(folder, environment, arguments);

    /// <summary>Runs a shell command in which $MODGAP is the tool.</summary>
    public static ToolRun Shell(string folder, string command) => Tool.Shell(folder, "MODGAP", command);

    public static Process Start(string folder, (string Name, string Value)[] environment, string program, params string[] arguments) =>
        ToolProcess.Start(folder, environment, program, arguments);

    public static ToolRun Finish(Process process) => ToolProcess.Finish(process);
}
