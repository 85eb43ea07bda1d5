using ModalityGap.Measures;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class ExplainTests
{
    [Fact]
    public void Explain_Alone_ListsEveryEntry()
    {
        ToolRun run = ModgapProcess.Run(".", "explain");

        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Output.Split('\n');
        Assert.Equal(
            MeasureCatalog.All.Select(info => info.Id),
            lines.Where(line => line.Length > 2 && line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Split(' ')[2]));
        Assert.Equal(
            MeasureCatalog.Families.Select(family => family.Name),
            lines.Where(line => line.Length > 0 && line[0] != ' ').Select(line => line.Trim()));
    }

    [Theory]
    [InlineData("gap")]
    [InlineData("threshold")]
    [InlineData("landscape")]
    public void Explain_OneMeasure_PrintsItsWholeEntry(string id)
    {
        Assert.True(MeasureCatalog.TryFind(id, out MeasureInfo? info));

        ToolRun run = ModgapProcess.Run(".", [("COLUMNS", "1000")], "explain", id);

        Assert.Equal(0, run.ExitCode);
        foreach (string text in (string[])[info.Name, info.Definition, info.Formula, info.Range, info.Reading, info.Reference])
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_KeyOfAResult_IsUnderstood()
    {
        ToolRun run = ModgapProcess.Run(".", "explain", "recall-at-1/image-to-text");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("R@1 (recall-at-1)", run.Output, StringComparison.Ordinal);
    }
}
