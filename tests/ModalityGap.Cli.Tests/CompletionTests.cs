using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("modgap me", "measure merge")]
    [InlineData("modgap ", "demo measure report inspect explain doctor completion")]
    [InlineData("modgap measure --fo", "--format")]
    [InlineData("modgap measure --format ", "table json md csv")]
    [InlineData("modgap measure --pair-by ", "row id")]
    [InlineData("modgap explain relative", "relative-modality-gap")]
    [InlineData("modgap c", "correct compare check convert completion")]
    [InlineData("modgap check --max-", "--max-gap --max-drift --max-recall-drop")]
    [InlineData("modgap compare --by re", "relative-modality-gap recall-at-1 recall-at-10")]
    [InlineData("modgap completion z", "zsh")]
    public void Bash_CompletesWhatWasBegun(string line, string expected)
    {
        string[] words = line.Split(' ');
        string script = $$"""
            source <($MODGAP completion bash) || exit 1
            COMP_WORDS=({{string.Join(' ', words.Select(word => $"'{word}'"))}}); COMP_CWORD={{words.Length - 1}}
            _modgap
            echo "${COMPREPLY[*]}"
            """;

        ToolRun run = ModgapProcess.Shell(".", script);

        Assert.Equal("", run.Errors);
        string[] offered = run.Output.Trim().Split(' ');
        Assert.All(expected.Split(' '), word => Assert.Contains(word, offered));
        Assert.All(offered, word => Assert.StartsWith(words[^1], word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zsh", "zsh -n")]
    [InlineData("fish", "fish --no-execute")]
    public void Script_IsValidForItsShell(string shell, string check)
    {
        ToolRun there = ModgapProcess.Shell(".", $"command -v {shell}");
        Assert.SkipUnless(there.ExitCode == 0, $"{shell} is not installed");

        ToolRun run = ModgapProcess.Shell(".", $"$MODGAP completion {shell} > /tmp/modgap-completion.$$ && {check} /tmp/modgap-completion.$$; code=$?; rm -f /tmp/modgap-completion.$$; exit $code");

        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Script_NamesEveryVerbAndOption(string shell)
    {
        ToolRun run = ModgapProcess.Run(".", "completion", shell);

        Assert.Equal(0, run.ExitCode);
        foreach (string word in (string[])["demo", "measure", "report", "compare", "check", "inspect", "convert", "explain", "doctor", "completion"])
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        foreach (string option in (string[])["captions-per-item", "skip-invalid", "id-column", "dtype", "figures", "relative-modality-gap"])
            Assert.Contains(option, run.Output, StringComparison.Ordinal);
    }
}
