using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class MeasureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public MeasureTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Table_SaysFirstWhatWasDetected()
    {
        ToolRun run = Measure("img.npy", "txt.npy");

        Assert.StartsWith("2 modalities x 60 pairs x 16 dimensions, float32", run.Output, StringComparison.Ordinal);
        Assert.Contains("image and text: 60 items", run.Output, StringComparison.Ordinal);
        Assert.Contains("Modality gap", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_IsTheSameForTheSameSeedAndAnyNumberOfThreads()
    {
        string first = Measure("img.npy", "txt.npy", "--format", "json").Output;
        Assert.Equal(first, Measure("img.npy", "txt.npy", "--format", "json").Output);
        Assert.Equal(first, Measure("img.npy", "txt.npy", "--format", "json", "--threads", "1").Output);
        Assert.Equal(first, Measure("img.npy", "txt.npy", "--format", "json", "--threads", "2").Output);
        Assert.NotEqual(first, Measure("img.npy", "txt.npy", "--format", "json", "--seed", "1").Output);
    }

    [Fact]
    public void Json_HoldsTheNumbersOfTheLibrary()
    {
        AnalysisResult result = Json("img.npy", "txt.npy", "--temperatures", "0.05", "--prevalence", "0.5", "--seed", "-3");

        Assert.Equal(-3, result.Parameters.Seed);
        Assert.Equal([0.05], result.Parameters.Temperatures);
        PairResult pair = Assert.Single(result.Pairs);
        Assert.Equal(0.5, pair.Thresholds.Prevalence);
        AnalysisResult direct = GapAnalysis.Run(
            [
                .. Sources.EmbeddingFile.Read(folder["img.npy"], cancellation: TestContext.Current.CancellationToken),
                .. Sources.EmbeddingFile.Read(folder["txt.npy"], cancellation: TestContext.Current.CancellationToken),
            ],
            new AnalysisOptions { Temperatures = [0.05], Prevalence = 0.5, Seed = -3 },
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(direct.Pairs[0].Measures["gap"].Estimate, pair.Measures["gap"].Estimate);
        Assert.Equal(direct.Pairs[0].Thresholds.Rows, pair.Thresholds.Rows);
    }

    [Fact]
    public void Maps_HoldTheLayoutsThatWereAskedFor()
    {
        Assert.Null(Json("img.npy", "txt.npy").Pairs[0].Map.Layouts);
        Assert.Equal(["umap", "pca"], Json("img.npy", "txt.npy", "--maps", "umap,pca").Pairs[0].Map.Layouts!.Select(layout => layout.Id));
    }

    [Fact]
    public void Csv_HasOneNumberALineWithAllItsDigits()
    {
        AnalysisResult result = Json("img.npy", "txt.npy");

        string[] lines = Measure("img.npy", "txt.npy", "--format", "csv").Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("first,second,measure,subject,value,low,high,level,count,method,missing", lines[0]);
        string gap = lines.Single(line => line.StartsWith("image,text,gap,", StringComparison.Ordinal));
        Assert.Equal(
            result.Pairs[0].Measures["gap"].Estimate!.Value,
            double.Parse(gap.Split(',')[4], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(result.Pairs[0].Measures.Count, lines.Count(line => !line.Contains(",threshold,", StringComparison.Ordinal)) - 1);
    }

    [Fact]
    public void Markdown_HasTablesOfEqualWidth()
    {
        string[] lines = Measure("img.npy", "txt.npy", "--format", "md").Output.Split('\n');

        Assert.Equal("# Modality gap", lines[0].TrimEnd());
        string[] rows = [.. lines.Where(line => line.StartsWith('|'))];
        Assert.True(rows.Length > 20);
        Assert.All(rows, row => Assert.Equal(5, System.Text.RegularExpressions.Regex.Count(row, @"(?<!\\)\|")));
    }

    [Theory]
    [InlineData("result.json", "{")]
    [InlineData("result.md", "# Modality gap")]
    [InlineData("result.csv", "first,second,")]
    [InlineData("result.txt", "2 modalities x 60 pairs")]
    public void Out_ExtensionDecidesTheForm(string name, string start)
    {
        ToolRun run = Measure("img.npy", "txt.npy", "-o", name);

        Assert.Empty(run.Output);
        Assert.StartsWith(start, File.ReadAllText(folder[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void Modalities_NamedByTheFilesOrTheUser()
    {
        Assert.Equal(["image", "text"], Names("img.npy", "txt.npy"));
        Assert.Equal(["photo", "caption"], Names("img.npy", "txt.npy", "--modalities", "photo, caption"));
        File.Copy(folder["img.npy"], folder["a.npy"]);
        File.Copy(folder["txt.npy"], folder["b.npy"]);
        Assert.Equal(["first", "second"], Names("a.npy", "b.npy"));
        File.Copy(folder["txt.npy"], folder["img_2.npy"]);
        Assert.Equal(["img", "img_2"], Names("img.npy", "img_2.npy"));
    }

    [Fact]
    public void StackedFile_GivesTheSameNumbersAsTwoFiles()
    {
        byte[] image = File.ReadAllBytes(folder["img.npy"]), text = File.ReadAllBytes(folder["txt.npy"]);
        int data = 60 * 16 * 4;
        NpyFile.WriteRaw(folder["both.npy"], "<f4", [2, 60, 16], [.. image[^data..], .. text[^data..]]);

        AnalysisResult stacked = Json("both.npy"), apart = Json("img.npy", "txt.npy");

        Assert.Equal(apart.Pairs[0].Measures["gap"].Estimate, stacked.Pairs[0].Measures["gap"].Estimate);
        Assert.Equal(2, stacked.Inputs.Count);
    }

    [Fact]
    public void ThreeFiles_GiveThreePairs()
    {
        var random = new Random(5);
        NpyFile.Write(folder["eeg.npy"], [.. Enumerable.Range(0, 60 * 16).Select(_ => random.NextSingle())], 60, 16);

        AnalysisResult result = Json("img.npy", "txt.npy", "eeg.npy");

        Assert.Equal(["image/text", "image/eeg", "text/eeg"], result.Pairs.Select(pair => $"{pair.First}/{pair.Second}"));
        Assert.NotEmpty(result.MixedSearch);
        string[] table = Measure("img.npy", "txt.npy", "eeg.npy").Output.Split('\n');
        int head = Array.FindIndex(table, line => line.TrimStart().StartsWith("Gap between", StringComparison.Ordinal));
        Assert.Equal(["image", "text", "eeg"], table[(head + 2)..(head + 5)].Select(line => line.Trim().Split(' ')[0]));
        Assert.Equal([4, 4, 4], table[(head + 2)..(head + 5)].Select(line => line.Count(sign => sign is '[' or ']')));
    }

    [Fact]
    public void DryRun_SaysWhatWouldRunAndRunsNothing()
    {
        ToolRun run = Measure("img.npy", "txt.npy", "--dry-run", "-o", "result.json");

        Assert.StartsWith("2 modalities x 60 pairs x 16 dimensions", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was run.", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["result.json"]));
    }

    [Fact]
    public void HostileName_IsPrintedAsItIs()
    {
        ToolRun run = Measure("img.npy", "txt.npy", "--modalities", "[red]a[/],b[");

        Assert.Contains("[red]a[/] and b[: 60 items", run.Output, StringComparison.Ordinal);
    }

    private ToolRun Measure(params string[] arguments)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, ["measure", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    private AnalysisResult Json(params string[] arguments)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Measure([.. arguments, "--format", "json"]).Output));
        return AnalysisJson.Read(stream);
    }

    private string[] Names(params string[] arguments) => [.. Json(arguments).Inputs.Select(input => input.Modality)];
}
