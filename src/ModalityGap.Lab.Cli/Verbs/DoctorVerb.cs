using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Native;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>
/// <c>modgap-lab doctor</c>: whether libtorch loads, what had to be done for it, how fast it is; with <c>--model</c> whether a CLIP model is whole and sees what it should.
/// </summary>
internal static class DoctorVerb
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("doctor", "Say whether libtorch loads here, what was done for that, and how fast it is; or examine a CLIP model.");
        var model = new Option<string?>("--model") { Description = "Examine a CLIP model: its folder or its file.", HelpName = "DIR" };
        command.Options.Add(model);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(model) is { } path)
                return Examine(path, terminal);
            FactTable.Draw(terminal, Facts(LibTorch.Load()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static int Examine(string path, Terminal terminal)
    {
        using ClipEncoder encoder = Work.Run(terminal, quiet: false, _ => ClipEncoder.Open(path));
        ModelCheck check = ModelCheck.Run(encoder);
        FactTable.Draw(terminal, ModelFacts.Of(encoder, check));
        return check.Passes ? ExitCode.Ok : ExitCode.CheckFailed;
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
