using System.CommandLine;

namespace ModalityGap.Cli.Arguments;

/// <summary>The artefact of a fitted correction.</summary>
internal static class CorrectionArgument
{
    public static Argument<string> Create() => new("CORRECTION")
    {
        Description = "The JSON file of a fitted correction, such as gap.json; the file with its matrices lies beside it.",
    };
}
