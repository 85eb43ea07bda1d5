using System.Text;
using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class CorrectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Correct_WithAGap_WritesACorrectionThatCanBeLoaded()
    {
        WriteTwoTexts(gap: 0.6f);

        ToolRun run = Correct("--captions-per-item", "2", "-o", "gap.json", "--format", "json");

        CorrectionResult result = Result(run.Output);
        Assert.True(result.Advice.Proven);
        Assert.Equal(["gap.json", "gap.safetensors", "img.npy", "txt.npy"], folder.Names.Order(StringComparer.Ordinal));
        FittedCorrection loaded = CorrectionFile.Load(folder["gap.json"]);
        Assert.Equal(result.Fitted!.Split(':')[0], loaded.Id);
        Assert.Equal(result.Seed, loaded.Origin.Seed);
        Assert.Contains("gap.json and gap.safetensors hold", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Correct_WithoutAGap_WritesNothingAndSucceeds()
    {
        WriteTwoTexts(gap: 0);

        ToolRun run = Correct("--captions-per-item", "2", "-o", "gap.json");

        Assert.Contains("Do nothing", run.Output, StringComparison.Ordinal);
        Assert.Contains("not written", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["img.npy", "txt.npy"], folder.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Method_IsWrittenWhateverTheEvidence()
    {
        WriteTwoTexts(gap: 0);

        Correct("--captions-per-item", "2", "-o", "gap.json", "--method", "mean-removal+score-standardisation", "--quiet");

        Assert.Equal("mean-removal+score-standardisation", CorrectionFile.Load(folder["gap.json"]).Id);
    }

    [Fact]
    public void Output_IsTheSameForAnyNumberOfThreadsAndInEveryForm()
    {
        WriteTwoTexts(gap: 0.6f);

        string json = Correct("--captions-per-item", "2", "--format", "json", "--threads", "1").Output;

        Assert.Equal(json, Correct("--captions-per-item", "2", "--format", "json", "--threads", "3").Output);
        Assert.NotEqual(json, Correct("--captions-per-item", "2", "--format", "json", "--seed", "1").Output);
        Assert.StartsWith("correction,measure,subject,", Correct("--captions-per-item", "2", "--format", "csv").Output, StringComparison.Ordinal);
        string markdown = Correct("--captions-per-item", "2", "--format", "md").Output;
        Assert.StartsWith("# Correction", markdown, StringComparison.Ordinal);
        Assert.Contains("| mean-removal |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_FromAFile_BringZeroShotBeforeAndAfter()
    {
        WriteTwoTexts(gap: 0.6f);
        int items = Result(Correct("--captions-per-item", "2", "--format", "json").Output).Items;
        File.WriteAllLines(folder["labels.txt"], Enumerable.Range(0, items).Select(item => $"class {item % 3}"));

        CorrectionResult result = Result(Correct("--captions-per-item", "2", "--labels", "labels.txt", "--format", "json").Output);

        Assert.Equal(3, result.ZeroShot!.Classes);
        Assert.Contains("Zero-shot among 3 classes", Correct("--captions-per-item", "2", "--labels", "labels.txt", "--format", "md").Output, StringComparison.Ordinal);
        File.WriteAllText(folder["few.txt"], "one\ntwo\n");
        ToolRun wrong = ModgapProcess.Run(folder.Path, "correct", "img.npy", "txt.npy", "--captions-per-item", "2", "--labels", "few.txt");
        Assert.Equal(3, wrong.ExitCode);
        Assert.Contains("it has 2 labels", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Emit_PrintsTheCodeOfTheKeptCorrectionAndNothingElse()
    {
        WriteTwoTexts(gap: 0.6f);

        ToolRun run = Correct("--captions-per-item", "2", "-o", "gap.json", "--emit", "sql");

        Assert.Equal(ModgapProcess.Run(folder.Path, "emit", "gap.json", "--as", "sql").Output, run.Output);
        Assert.Contains("Correct: ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Emit_WhereNothingIsRecommended_PrintsNothing()
    {
        WriteTwoTexts(gap: 0);

        ToolRun run = Correct("--captions-per-item", "2", "-o", "gap.json", "--emit", "numpy");

        Assert.Empty(run.Output);
        Assert.Contains("Do nothing", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--method", "magic")]
    [InlineData(2, "--emit", "sql")]
    [InlineData(2, "--emit", "cobol")]
    [InlineData(2, "--query", "sound")]
    [InlineData(3, "--out", "missing/gap.json")]
    [InlineData(3, "--out", "gap.safetensors")]
    [InlineData(3, "--out", "-")]
    public void Correct_OfWrongOptions_SaysWhatIsWrong(int code, string option, string value)
    {
        WriteTwoTexts(gap: 0);

        ToolRun run = ModgapProcess.Run(folder.Path, "correct", "img.npy", "txt.npy", "--captions-per-item", "2", option, value);

        Assert.Equal(code, run.ExitCode);
        Assert.NotEmpty(run.Errors);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["img.npy", "txt.npy"], folder.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Correct_OfTooFewItemsOrOtherDimensions_NamesTheFile()
    {
        NpyFile.WritePair(folder, rows: 20);
        ToolRun few = ModgapProcess.Run(folder.Path, "correct", "img.npy", "txt.npy");
        Assert.Equal(3, few.ExitCode);
        Assert.Contains("only 20 items", few.Errors, StringComparison.Ordinal);

        NpyFile.Write(folder["txt.npy"], new float[20 * 8], 20, 8);
        ToolRun other = ModgapProcess.Run(folder.Path, "correct", "img.npy", "txt.npy");
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("dimensions", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void DryRun_RunsNothing()
    {
        WriteTwoTexts(gap: 0);

        ToolRun run = Correct("--captions-per-item", "2", "--dry-run", "-o", "gap.json");

        Assert.Contains("Nothing was run.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["img.npy", "txt.npy"], folder.Names.Order(StringComparer.Ordinal));
    }

    private ToolRun Correct(params string[] options)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, ["correct", "img.npy", "txt.npy", .. options]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    private static CorrectionResult Result(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return CorrectionJson.Read(stream);
    }

    private void WriteTwoTexts(float gap) => NpyFile.WriteTwoTexts(folder, gap);
}
