using System.CommandLine;
using ModalityGap.Cli.Completion;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap completion SHELL</c>: a script that lets the shell complete verbs, options and their values.</summary>
internal static class CompletionVerb
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create(Terminal terminal, Command root)
    {
        var command = new Command("completion", "Print a completion script for a shell.");
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh.", HelpName = string.Join('|', Shells) };
        shell.CompletionSources.Add(Shells);
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(shell);
            Action<CompletionModel, TextWriter> write = name switch
            {
                "bash" => BashCompletion.Write,
                "zsh" => ZshCompletion.Write,
                "fish" => FishCompletion.Write,
                "pwsh" => PowerShellCompletion.Write,
                _ => throw new UsageException(
                    $"'{name}' is not a shell that can be completed: {string.Join(", ", Shells)}.{Suggestion.Sentence(name, Shells)}"),
            };
            write(CompletionModel.Of(root), terminal.Out);
            return ExitCode.Ok;
        });
        return command;
    }
}
