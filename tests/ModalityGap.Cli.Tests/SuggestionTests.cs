using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Tests;

public sealed class SuggestionTests
{
    private static readonly string[] Verbs = ["demo", "measure", "report", "inspect", "explain"];

    [Theory]
    [InlineData("mesure", "measure")]
    [InlineData("meausre", "measure")]
    [InlineData("REPORT", "report")]
    [InlineData("insp", "inspect")]
    [InlineData("dmeo", "demo")]
    public void For_SlipOfTheFingers_FindsWhatWasMeant(string typed, string meant) => Assert.Equal(meant, Suggestion.For(typed, Verbs));

    [Theory]
    [InlineData("xyzzy")]
    [InlineData("a")]
    [InlineData("train")]
    public void For_SomethingElse_SuggestsNothing(string typed) => Assert.Null(Suggestion.For(typed, Verbs));
}
