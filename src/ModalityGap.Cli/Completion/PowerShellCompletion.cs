namespace ModalityGap.Cli.Completion;

/// <summary>The script for PowerShell: <c>modgap completion pwsh | Out-String | Invoke-Expression</c>.</summary>
internal static class PowerShellCompletion
{
    public static void Write(CompletionModel model, TextWriter writer)
    {
        writer.WriteLine("# PowerShell completion for modgap: modgap completion pwsh | Out-String | Invoke-Expression");
        writer.WriteLine("Register-ArgumentCompleter -Native -CommandName modgap -ScriptBlock {");
        writer.WriteLine("    param($wordToComplete, $commandAst, $cursorPosition)");
        writer.WriteLine("    $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })");
        writer.WriteLine("    if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }");
        writer.WriteLine("    $words = if ($typed.Count -le 1) {");
        writer.WriteLine($"        {List(model.Verbs.Select(verb => verb.Name).Concat(model.Options.SelectMany(option => option.Names)))}");
        writer.WriteLine("    } else {");
        writer.WriteLine("        switch -CaseSensitive (\"$($typed[1]) $($typed[-1])\") {");
        foreach (CompletionVerbModel verb in model.Verbs)
            foreach (CompletionOptionModel option in verb.Options.Where(option => option.Words.Count > 0))
                foreach (string name in option.Names)
                    writer.WriteLine($"            '{verb.Name} {name}' {{ {List(option.Words)} }}");
        writer.WriteLine("            default {");
        writer.WriteLine("                switch -CaseSensitive ($typed[1]) {");
        foreach (CompletionVerbModel verb in model.Verbs)
            writer.WriteLine($"                    '{verb.Name}' {{ {List(verb.Words.Concat(verb.Options.SelectMany(option => option.Names)))} }}");
        writer.WriteLine("                }");
        writer.WriteLine("            }");
        writer.WriteLine("        }");
        writer.WriteLine("    }");
        writer.WriteLine("    $words | Where-Object { $_ -like \"$wordToComplete*\" } | ForEach-Object {");
        writer.WriteLine("        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)");
        writer.WriteLine("    }");
        writer.WriteLine("}");
    }

    private static string List(IEnumerable<string> words) =>
        string.Join(", ", words.Select(word => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'"));
}
