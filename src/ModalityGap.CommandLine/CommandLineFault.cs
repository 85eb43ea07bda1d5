using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ModalityGap.CommandLine;

/// <summary>Says in two lines what is wrong with a command line, where the parser's default would print the whole help.</summary>
internal static class CommandLineFault
{
    /// <summary>The message, or <c>null</c> where nothing is wrong.</summary>
    public static string? Of(ParseResult parsed, string tool)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.Action is System.CommandLine.Help.HelpAction)
            return null;
        string? fault = MistypedOption(parsed, command, tool)
            ?? UnknownWord(parsed, command, tool)
            ?? MissingArgument(parsed, command, tool)
            ?? (parsed.Action is ParseErrorAction ? parsed.Errors[0].Message : null);
        return fault is null ? null : $"{fault}{Environment.NewLine}Try '{NameOf(parsed, tool)} --help'.";
    }

    // A variadic argument takes every word that is no known option, also one that was meant to be an option.
    private static string? MistypedOption(ParseResult parsed, Command command, string tool)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return null;
        string? option = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens)
            .FirstOrDefault(value => value.StartsWith('-') && value.Length > 1);
        if (option is null)
            return null;
        string typed = option.Split('=', ':')[0];
        string file = command.Arguments.Any(argument => argument.Arity.MaximumNumberOfValues > 1)
            ? $" A file of that name is written ./{option}."
            : "";
        return $"'{typed}' is not an option of '{NameOf(parsed, tool)}'.{Suggestion.Sentence(typed, Names(parsed))}{file}";
    }

    private static string? UnknownWord(ParseResult parsed, Command command, string tool)
    {
        if (parsed.UnmatchedTokens.Count == 0)
            return null;
        string word = parsed.UnmatchedTokens[0];
        return command.Subcommands.Count > 0
            ? $"'{word}' is not a verb of {NameOf(parsed, tool)}.{Suggestion.Sentence(word, command.Subcommands.Select(verb => verb.Name))}"
            : $"'{word}' is one word too many for '{NameOf(parsed, tool)}'.";
    }

    private static string? MissingArgument(ParseResult parsed, Command command, string tool)
    {
        Argument? missing = command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 });
        return missing is null ? null : $"'{NameOf(parsed, tool)}' needs {(missing.Arity.MaximumNumberOfValues > 1 ? "at least one " : "")}{missing.Name}.";
    }

    private static IEnumerable<string> Names(ParseResult parsed)
    {
        for (SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
            if (result is CommandResult { Command: { } command })
                foreach (Option option in command.Options)
                    foreach (string name in option.Aliases.Prepend(option.Name))
                        yield return name;
    }

    private static string NameOf(ParseResult parsed, string tool)
    {
        string name = tool;
        foreach (Command verb in Path(parsed.CommandResult))
            name += $" {verb.Name}";
        return name;
    }

    // The verbs from the outermost to the one that was parsed.
    private static IEnumerable<Command> Path(SymbolResult? result)
    {
        if (result is not CommandResult { Command: var command } || command is RootCommand)
            return [];
        return Path(result.Parent).Append(command);
    }
}
