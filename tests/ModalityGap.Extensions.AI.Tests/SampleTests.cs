using System.Diagnostics;
using ModalityGap.Testing;

namespace ModalityGap.Extensions.AI.Tests;

/// <summary>The programs of samples/ print what the comment at their top says.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("mixed-search")]
    [InlineData("embedding-pipeline")]
    public void Sample_PrintsWhatItsCommentSays(string name)
    {
        string[] stated = [.. File.ReadLines(Path.Combine(SharedFolder.RepositoryRoot, "samples", $"{name}.cs"))
            .Where(line => line.StartsWith("//     ", StringComparison.Ordinal))
            .Select(line => line[7..].Trim())];
        using Process process = ToolProcess.Start(SharedFolder.RepositoryRoot, [], new ToolProcess(name).Path);

        ToolRun run = ToolProcess.Finish(process);

        Assert.Equal("", run.Errors);
        Assert.NotEmpty(stated);
        Assert.Equal(stated, run.Output.Trim().Split('\n').Select(line => line.Trim()));
    }
}
