using System.CommandLine;
using System.CommandLine.Completions;

namespace ModalityGap.Cli.Completion;

/// <summary>What a shell can complete: the verbs with their options and fixed words.</summary>
internal sealed record CompletionModel(IReadOnlyList<CompletionVerbModel> Verbs, IReadOnlyList<CompletionOptionModel> Options)
{
    public static CompletionModel Of(Command root) =>
        new([.. root.Subcommands.Select(CompletionVerbModel.Of)], [.. root.Options.Select(CompletionOptionModel.Of)]);
}

/// <summary>A verb.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Options">Its options.</param>
/// <param name="Words">The words that its argument can be; empty where the argument is a file.</param>
/// <param name="TakesFiles">Whether its argument is a file.</param>
internal sealed record CompletionVerbModel(
    string Name, string Description, IReadOnlyList<CompletionOptionModel> Options, IReadOnlyList<string> Words, bool TakesFiles)
{
    public static CompletionVerbModel Of(Command verb) => new(
        verb.Name,
        verb.Description ?? "",
        [.. verb.Options.Select(CompletionOptionModel.Of), CompletionOptionModel.Help],
        [.. verb.Arguments.SelectMany(argument => argument.CompletionSources).SelectMany(Labels)],
        verb.Arguments.Any(argument => argument.Arity.MaximumNumberOfValues > 1));

    internal static IEnumerable<string> Labels(Func<CompletionContext, IEnumerable<CompletionItem>> source) =>
        source(CompletionContext.Empty).Select(item => item.Label);
}

/// <summary>An option.</summary>
/// <param name="Names">Its names, the long one first.</param>
/// <param name="Description">One sentence.</param>
/// <param name="TakesValue">Whether a value follows it.</param>
/// <param name="TakesPath">Whether that value is a file or a folder.</param>
/// <param name="Words">The values that it can have, where they are fixed.</param>
internal sealed record CompletionOptionModel(
    IReadOnlyList<string> Names, string Description, bool TakesValue, bool TakesPath, IReadOnlyList<string> Words)
{
    public static CompletionOptionModel Help { get; } = new(["--help", "-h"], "Show this help.", false, false, []);

    public static CompletionOptionModel Of(Option option) => new(
        [option.Name, .. option.Aliases],
        option.Description ?? "",
        option.ValueType != typeof(bool) && option is not System.CommandLine.Help.HelpOption,
        option.HelpName is "FILE" or "FOLDER",
        [.. option.CompletionSources.SelectMany(CompletionVerbModel.Labels).Where(label => label is not ("true" or "false"))]);
}
