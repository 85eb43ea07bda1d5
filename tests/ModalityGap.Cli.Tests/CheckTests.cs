using System.Text;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>The gate: its exit code, its baseline, its words.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CheckTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Check_ThatHolds_ExitsWith0()
    {
        ToolRun run = Check(0, "--max-gap", "2", "--min-recall", "0.01");

        Assert.Contains("all checks hold", run.Output, StringComparison.Ordinal);
        Assert.Contains("holds beyond doubt", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ThatFails_ExitsWith4AndSaysHowSurely()
    {
        ToolRun run = Check(4, "--max-gap", "0.1", "--format", "md", "-o", "summary.md");

        Assert.Empty(run.Output);
        string summary = File.ReadAllText(folder["summary.md"]);
        Assert.StartsWith("# Modality gap: 1 of 1 checks fail\n", summary, StringComparison.Ordinal);
        Assert.Contains("fails beyond doubt", summary, StringComparison.Ordinal);
        Assert.Contains("| max-gap gap-debiased | 0.100 |", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void StrictAndLenient_GoByTheInterval()
    {
        CheckResult result = Parsed(Check(0, "--max-gap", "2", "--format", "json"));
        Statistics.Estimate gap = result.Pairs[0].Measures["gap-debiased"].Estimate!;
        string above = Halfway(gap.Value, gap.High!.Value), below = Halfway(gap.Value, gap.Low!.Value);

        Check(0, "--max-gap", above);
        Check(4, "--max-gap", above, "--strict");
        Check(4, "--max-gap", below);
        Check(0, "--max-gap", below, "--lenient");

        static string Halfway(double a, double b) => ((a + b) / 2).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Baseline_OfTheSameFiles_ShowsNoDrift()
    {
        ToolRun written = Check(0, "--write-baseline", "baseline.json");
        ToolRun run = Check(0, "--baseline", "baseline.json", "--max-drift", "0", "--max-recall-drop", "0", "--strict", "--format", "json");

        Assert.Contains("baseline.json holds the baseline.", written.Errors, StringComparison.Ordinal);
        CheckResult result = Parsed(run);
        Assert.All(result.Pairs[0].Drifts.Values, drift => Assert.Equal(0, drift.Estimate!.Value));
        Assert.Equal("baseline.json", result.Baseline!.Source);
    }

    [Fact]
    public void Baseline_OfAnEarlierModel_ShowsTheDriftWithItsInterval()
    {
        Assert.Equal(0, ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "--format", "json", "-o", "baseline.json").ExitCode);
        MoveTexts(0.5f);

        ToolRun run = Check(4, "--baseline", "baseline.json", "--max-drift", "0.1");

        Assert.Contains("The gap's drift is", run.Output, StringComparison.Ordinal);
        Assert.Contains("fails beyond doubt", run.Output, StringComparison.Ordinal);
        Assert.Contains("less the baseline's", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteBaseline_WhereACheckFails_WritesNothing()
    {
        ToolRun run = Check(4, "--max-gap", "0.1", "--write-baseline", "baseline.json");

        Assert.Contains("not written, for a check fails", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["img.npy", "txt.npy"], folder.Names);
    }

    [Fact]
    public void Csv_HasALineForEachCriterion()
    {
        string[] lines = Check(4, "--max-gap", "0.1", "--min-recall", "0.01", "--format", "csv").Output.Trim().Split("\r\n");

        Assert.StartsWith("criterion,first,second,measure,limit,value,low,high,passed,standing", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("max-gap,image,text,gap-debiased,0.1,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",false,Beyond", lines[1], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    [Theory]
    [InlineData("", "nothing to check")]
    [InlineData("--baseline b.json", "nothing to check")]
    [InlineData("--max-drift 0.1", "--max-drift needs --baseline FILE")]
    [InlineData("--max-recall-drop 0.1", "--max-recall-drop needs --baseline FILE")]
    [InlineData("--max-gap 3", "--max-gap takes a number from 0 to 2, not '3'.")]
    [InlineData("--min-recall NaN", "--min-recall takes a number from 0 to 1, not 'NaN'.")]
    [InlineData("--max-gap 1 --strict --lenient", "contradict each other")]
    [InlineData("--max-gap 1 -o x.json --write-baseline x.json", "name the same file")]
    [InlineData("--write-baseline b.json -o x.json", "no limit was given")]
    [InlineData("--write-baseline -", "takes a file")]
    public void WrongUse_ExitsWith2(string options, string message)
    {
        ToolRun run = Check(2, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(["img.npy", "txt.npy"], folder.Names);
    }

    [Fact]
    public void BadBaseline_ExitsWith3AndNamesIt()
    {
        Check(0, "--write-baseline", "baseline.json");
        string whole = File.ReadAllText(folder["baseline.json"]);
        File.WriteAllText(folder["cut.json"], whole[..(whole.Length / 2)]);
        File.WriteAllText(folder["newer.json"], whole.Replace("\"schemaVersion\": 1,", "\"schemaVersion\": 2,", StringComparison.Ordinal));
        File.WriteAllText(folder["larger.json"], whole.Replace("\"dimensions\": 16,", "\"dimensions\": 512,", StringComparison.Ordinal));
        File.WriteAllText(folder["other.json"], whole.Replace("\"image\"", "\"video\"", StringComparison.Ordinal));

        Refuses("missing.json", "there is no such file");
        Refuses("cut.json", "was it cut off?");
        Refuses("newer.json", "version 2");
        Refuses("larger.json", "another model");
        Refuses("other.json", "it is about video, text, these files about image and text");

        void Refuses(string baseline, string fault)
        {
            ToolRun run = Check(3, "--baseline", baseline, "--max-drift", "1");
            Assert.Contains($"{baseline}: ", run.Errors, StringComparison.Ordinal);
            Assert.Contains(fault, run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SampleWorkflow_CallsTheToolAsItIs()
    {
        string[] lines = File.ReadAllLines(Path.Combine(SharedFolder.RepositoryRoot, "samples", "workflows", "modality-gap.yml"));
        int first = Array.FindIndex(lines, line => line.Contains("dotnet modgap check", StringComparison.Ordinal));
        string[] check = string.Join(' ', lines[first..(first + 3)]).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
        string[] baseline = lines[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..];
        Directory.CreateDirectory(folder["eval"]);
        File.Copy(folder["img.npy"], folder["eval/images.npy"]);
        File.Copy(folder["txt.npy"], folder["eval/texts.npy"]);

        ToolRun made = ModgapProcess.Run(folder.Path, baseline), gate = ModgapProcess.Run(folder.Path, check);

        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.True(gate.ExitCode == 0, gate.Errors);
        Assert.StartsWith("# Modality gap: all checks hold", File.ReadAllText(folder["summary.md"]), StringComparison.Ordinal);
    }

    private ToolRun Check(int code, params string[] options)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, ["check", "img.npy", "txt.npy", .. options]);
        Assert.True(run.ExitCode == code, $"{run.ExitCode}: {run.Errors}");
        return run;
    }

    private static CheckResult Parsed(ToolRun run) => CheckJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(run.Output)));

    private void MoveTexts(float by)
    {
        Embeddings.EmbeddingSet texts = Sources.EmbeddingFile.Read(folder["txt.npy"])[0];
        float[] moved = [.. Enumerable.Range(0, texts.Rows).SelectMany(row => texts.Row(row).ToArray())];
        for (int i = 1; i < moved.Length; i += texts.Dimensions)
            moved[i] += by;
        NpyFile.Write(folder["txt.npy"], moved, texts.Rows, texts.Dimensions);
    }
}
