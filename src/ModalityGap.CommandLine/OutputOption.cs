using System.CommandLine;

namespace ModalityGap.CommandLine;

/// <summary>Options about where results go and how much is said.</summary>
internal static class OutputOption
{
    /// <summary><c>-o</c>, <c>--out</c>.</summary>
    public static Option<string?> Out(string description) => new("--out", "-o") { Description = description, HelpName = "FILE" };

    /// <summary><c>--quiet</c>.</summary>
    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "No progress and no messages but errors." };

    /// <summary><c>--format</c> with these choices.</summary>
    public static Option<string?> Format(params string[] choices) => ChoiceOption.Create(
        "--format", $"Form of the result; default {choices[0]}, or what the output file's name says.", choices);
}
