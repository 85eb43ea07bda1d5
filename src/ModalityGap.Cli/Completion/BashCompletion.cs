namespace ModalityGap.Cli.Completion;

/// <summary>The script for bash: <c>source &lt;(modgap completion bash)</c>.</summary>
internal static class BashCompletion
{
    public static void Write(CompletionModel model, TextWriter writer)
    {
        writer.WriteLine("# bash completion for modgap: source <(modgap completion bash)");
        writer.WriteLine("_modgap()");
        writer.WriteLine("{");
        writer.WriteLine("    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=''");
        writer.WriteLine("    COMPREPLY=()");
        writer.WriteLine("    if [ \"$COMP_CWORD\" -eq 1 ]; then");
        writer.WriteLine($"        words='{Join(model.Verbs.Select(verb => verb.Name).Concat(model.Options.SelectMany(option => option.Names)))}'");
        writer.WriteLine("    else");
        writer.WriteLine("        case \"${COMP_WORDS[1]} $before\" in");
        foreach (CompletionVerbModel verb in model.Verbs)
            foreach (CompletionOptionModel option in verb.Options.Where(option => option.TakesValue))
                writer.WriteLine($"            {Patterns(verb, option)}) {AfterOption(option)} ;;");
        writer.WriteLine("        esac");
        writer.WriteLine("        case \"${COMP_WORDS[1]} $word\" in");
        foreach (CompletionVerbModel verb in model.Verbs)
        {
            writer.WriteLine($"            '{verb.Name} -'*) words='{Join(verb.Options.SelectMany(option => option.Names))}' ;;");
            if (verb.Words.Count > 0)
                writer.WriteLine($"            '{verb.Name} '*) words='{Join(verb.Words)}' ;;");
        }
        writer.WriteLine("        esac");
        writer.WriteLine("    fi");
        writer.WriteLine("    if [ -n \"$words\" ]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\")); fi");
        writer.WriteLine("}");
        writer.WriteLine("complete -o bashdefault -o default -F _modgap modgap");
    }

    private static string Patterns(CompletionVerbModel verb, CompletionOptionModel option) =>
        string.Join('|', option.Names.Select(name => $"'{verb.Name} {name}'"));

    // With no reply of ours, bash completes file names.
    private static string AfterOption(CompletionOptionModel option) =>
        option.Words.Count > 0 ? $"COMPREPLY=($(compgen -W '{Join(option.Words)}' -- \"$word\")); return" : "return";

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);
}
