using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap doctor</c>: what the tool runs on, how fast its kernel is here, and what would keep it from working.</summary>
internal static class DoctorVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("doctor", "Say what the tool runs on and how fast it is here.");
        command.SetAction(_ =>
        {
            string? fault = TemporaryFolderFault();
            FactTable.Draw(terminal, Facts(fault, cancellation));
            return fault is null ? ExitCode.Ok : ExitCode.Data;
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> Facts(string? temporaryFolderFault, CancellationToken cancellation)
    {
        yield return ("tool", $"modgap {CommandTree.Version}");
        yield return ("build", Hardware.IsNative ? "native, compiled ahead of time" : $"just in time, {RuntimeInformation.FrameworkDescription}");
        yield return ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return ("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        yield return ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):0.0} GiB available to the tool");
        yield return ("kernel", Hardware.Kernel);
        cancellation.ThrowIfCancellationRequested();
        yield return ("kernel rate, one thread", Rate(1));
        cancellation.ThrowIfCancellationRequested();
        yield return ("kernel rate, all threads", Rate(0));
        yield return ("temporary folder", temporaryFolderFault ?? $"{Path.GetTempPath()} can be written");
        yield return ("other programs", "none needed");
    }

    private static string Rate(int threads) =>
        Hardware.MeasureKernelRate(threads).ToString("0.0", CultureInfo.InvariantCulture) + " GFLOP/s";

    private static string? TemporaryFolderFault()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose))
                return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{Path.GetTempPath()} cannot be written ({exception.Message.TrimEnd('.')}). Set TMPDIR to a folder that can.";
        }
    }
}
