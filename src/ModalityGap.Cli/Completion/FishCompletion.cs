namespace ModalityGap.Cli.Completion;

/// <summary>The script for fish: <c>modgap completion fish | source</c>.</summary>
internal static class FishCompletion
{
    public static void Write(CompletionModel model, TextWriter writer)
    {
        writer.WriteLine("# fish completion for modgap: modgap completion fish | source");
        foreach (CompletionOptionModel option in model.Options)
            writer.WriteLine($"complete -c modgap -n __fish_use_subcommand{Option(option)}");
        foreach (CompletionVerbModel verb in model.Verbs)
        {
            writer.WriteLine($"complete -c modgap -n __fish_use_subcommand -f -a {verb.Name} -d {Quote(verb.Description)}");
            string within = $"complete -c modgap -n '__fish_seen_subcommand_from {verb.Name}'";
            if (!verb.TakesFiles)
                writer.WriteLine($"{within} -f");
            if (verb.Words.Count > 0)
                writer.WriteLine($"{within} -a {Quote(string.Join(' ', verb.Words))}");
            foreach (CompletionOptionModel option in verb.Options)
                writer.WriteLine(within + Option(option));
        }
    }

    private static string Option(CompletionOptionModel option)
    {
        string names = string.Concat(option.Names.Select(name =>
            name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}"));
        string value = !option.TakesValue ? "" : option.Words.Count > 0 ? $" -x -a {Quote(string.Join(' ', option.Words))}" : option.TakesPath ? " -r -F" : " -x";
        return $"{names}{value} -d {Quote(option.Description)}";
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
