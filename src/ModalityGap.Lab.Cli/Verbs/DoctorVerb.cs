using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Native;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary><c>modgap-lab doctor</c>: whether libtorch loads, what had to be done for it, how fast it is, where data are kept.</summary>
internal static class DoctorVerb
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("doctor", "Say whether libtorch loads here, what was done for that, and how fast it is.");
        command.SetAction(_ =>
        {
            FactTable.Draw(terminal, Facts(LibTorch.Load()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> Facts(LibTorchState torch)
    {
        yield return ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return ("libtorch", $"{torch.Version}, {torch.Threads} threads");
        yield return ("native library", torch.Library);
        yield return ("repair", torch.IsRepaired
            ? $"this system's libstdc++ is older than that of GCC 13: the library above is a copy of the package's, in which the version "
                + $"{LibTorchRepair.Version} is asked for weakly (one byte). Nothing in the library refers to the only symbol of that version."
            : "none needed: the package's own library loads");
        yield return ("matrix product", string.Create(CultureInfo.InvariantCulture, $"{LibTorch.MeasureProductRate():0} GFLOP/s"));
    }
}
