using System.ComponentModel;
using System.Diagnostics;

namespace ModalityGap.Lab.Data.Emoji;

/// <summary>Runs the npm that is on the path. Which registry it asks is its own configuration.</summary>
internal static class NpmProcess
{
    public static NpmOutcome? Run(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using Process? process = Start(folder, arguments);
        if (process is null)
            return null;
        using CancellationTokenRegistration kill = cancellation.Register(() => Kill(process));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        string errors = process.StandardError.ReadToEnd();
        output.GetAwaiter().GetResult();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return new NpmOutcome(process.ExitCode, errors);
    }

    private static Process? Start(string folder, IReadOnlyList<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
