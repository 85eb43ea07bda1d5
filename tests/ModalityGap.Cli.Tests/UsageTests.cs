using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>A command line that is not understood: exit code 2, two lines on standard error, nothing on standard output.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mesure img.npy", "'mesure' is not a verb of modgap. Did you mean measure?")]
    [InlineData("--verison", "'--verison' is not an option of 'modgap'. Did you mean --version?")]
    [InlineData("measure --fromat json img.npy", "'--fromat' is not an option of 'modgap measure'. Did you mean --format?")]
    [InlineData("measure img.npy --skip-invlid", "Did you mean --skip-invalid?")]
    [InlineData("measure img.npy -x", "'-x' is not an option")]
    [InlineData("measure --fromat=json img.npy", "'--fromat' is not an option")]
    [InlineData("measure", "'modgap measure' needs at least one FILE.")]
    [InlineData("measure img.npy --format jsn", "--format is one of table, json, md, csv, not 'jsn'. Did you mean json?")]
    [InlineData("measure img.npy --seed 1.5", "--seed takes a whole number, not '1.5'.")]
    [InlineData("measure img.npy --threads -1", "--threads takes a number from 0 to 4096, not -1.")]
    [InlineData("measure img.npy --captions-per-item 0", "--captions-per-item takes a number from 1 to 1000000, not 0.")]
    [InlineData("measure img.npy --prevalence 1", "--prevalence takes a number between 0 and 1")]
    [InlineData("measure img.npy --temperatures 0.1,0", "--temperatures takes numbers from 0.0001 to 10000")]
    [InlineData("measure img.npy --temperatures 0.1,0.1", "--temperatures has '0.1' twice.")]
    [InlineData("measure img.npy --maps svd,umpa", "--maps takes words of svd, pca, umap, tsne with commas between, not 'umpa'. Did you mean umap?")]
    [InlineData("report img.npy --maps pca,pca", "--maps has 'pca' twice.")]
    [InlineData("measure img.npy --maps", "--maps")]
    [InlineData("measure img.npy --pair-by name", "--pair-by is row or id, not 'name'.")]
    [InlineData("measure img.npy --seed", "--seed")]
    [InlineData("compare", "'modgap compare' needs at least one RUN.")]
    [InlineData("check", "'modgap check' needs at least one FILE.")]
    [InlineData("check img.npy --max-gap", "--max-gap")]
    [InlineData("check img.npy --max-gap 0,5", "--max-gap takes a number from 0 to 2, not '0,5'.")]
    [InlineData("demo now", "'now' is one word too many for 'modgap demo'.")]
    [InlineData("explain recal-at-1", "'recal-at-1' is not a measure. Did you mean recall-at-1?")]
    [InlineData("explain rmg", "Did you mean relative-modality-gap?")]
    [InlineData("completion", "'modgap completion' needs SHELL.")]
    [InlineData("completion bsh", "Did you mean bash?")]
    public void CommandLine_NotUnderstood_SaysWhyAndExitsWith2(string line, string message)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.True(run.Errors.TrimEnd().Split('\n').Length <= 2, run.Errors);
        Assert.Empty(run.Output);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Modalities_OfAnotherNumber_SaysBothNumbers()
    {
        NpyFile.WritePair(folder);

        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "--modalities", "a,b,c");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--modalities names 3 modalities (a, b, c), the files hold 2.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_GoesToStandardOutput()
    {
        foreach (string[] line in (string[][])[[], ["--help"], ["measure", "--help"], ["measure", "-h"]])
        {
            ToolRun run = ModgapProcess.Run(folder.Path, line);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
            Assert.Empty(run.Errors);
        }
    }

    [Fact]
    public void Version_IsOneLine()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^modgap \d+\.\d+\.\d+\S*\s$", run.Output.ReplaceLineEndings("\n"));
    }
}
