using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Deployment;
using ModalityGap.CommandLine;
using ModalityGap.Corrections;
using ModalityGap.Deployment;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap emit GAP.json --as sql|numpy|csharp</c>: a fitted correction as code for production.</summary>
internal static class EmitVerb
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("emit", "Print code that searches with a fitted correction: baked vectors in one index, or one search per modality, merged.");
        Argument<string> artefact = CorrectionArgument.Create();
        command.Arguments.Add(artefact);
        Option<string> language = Language();
        Option<string?> path = OutputOption.Out("The file to write; default standard output.");
        command.Options.Add(language);
        command.Options.Add(path);
        command.SetAction(parsed =>
        {
            string source = parsed.GetRequiredValue(artefact);
            FittedCorrection correction = CorrectionFile.Load(source);
            using var destination = new Destination(terminal, parsed.GetValue(path));
            destination.Write(writer => DeploymentCode.Write(parsed.GetRequiredValue(language), correction, source, writer));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<string> Language()
    {
        var option = new Option<string>("--as")
        {
            Description = "SQL for PostgreSQL with pgvector, Python with NumPy, or C#.",
            HelpName = string.Join('|', DeploymentCode.Languages),
            Required = true,
        };
        option.CompletionSources.Add([.. DeploymentCode.Languages]);
        option.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!DeploymentCode.Languages.Contains(word))
                result.AddError($"--as is one of {string.Join(", ", DeploymentCode.Languages)}, not '{word}'.{Suggestion.Sentence(word, DeploymentCode.Languages)}");
        });
        return option;
    }
}
