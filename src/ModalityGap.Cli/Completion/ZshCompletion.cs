namespace ModalityGap.Cli.Completion;

/// <summary>The script for zsh: <c>source &lt;(modgap completion zsh)</c>, or a file <c>_modgap</c> on <c>fpath</c>.</summary>
internal static class ZshCompletion
{
    public static void Write(CompletionModel model, TextWriter writer)
    {
        writer.WriteLine("#compdef modgap");
        writer.WriteLine("_modgap() {");
        writer.WriteLine("  local -a verbs");
        writer.WriteLine("  verbs=(");
        foreach (CompletionVerbModel verb in model.Verbs)
            writer.WriteLine($"    '{verb.Name}:{Quote(verb.Description)}'");
        writer.WriteLine("  )");
        writer.WriteLine("  if (( CURRENT == 2 )); then _describe 'verb' verbs; return; fi");
        writer.WriteLine("  local verb=$words[2]");
        writer.WriteLine("  shift words; (( CURRENT-- ))");
        writer.WriteLine("  case $verb in");
        foreach (CompletionVerbModel verb in model.Verbs)
        {
            writer.WriteLine($"    {verb.Name})");
            writer.WriteLine("      _arguments \\");
            foreach (CompletionOptionModel option in verb.Options)
                foreach (string name in option.Names)
                    writer.WriteLine($"        '{name}[{Bracket(option.Description)}]{Value(option)}' \\");
            writer.WriteLine($"        '{Rest(verb)}' ;;");
        }
        writer.WriteLine("  esac");
        writer.WriteLine("}");
        writer.WriteLine("if [ \"$funcstack[1]\" = _modgap ]; then _modgap \"$@\"; else compdef _modgap modgap; fi");
    }

    private static string Value(CompletionOptionModel option) =>
        !option.TakesValue ? "" : option.Words.Count > 0 ? $":value:({string.Join(' ', option.Words)})" : option.TakesPath ? ":path:_files" : ":value:";

    private static string Rest(CompletionVerbModel verb) =>
        verb.Words.Count > 0 ? $"1:word:({string.Join(' ', verb.Words)})" : verb.TakesFiles ? "*:file:_files" : "*: :";

    private static string Quote(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Bracket(string text) =>
        text.Replace("'", "'\\''", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
