using System.Text;
using System.Text.Json.Nodes;
using ModalityGap.Deployment;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public EvaluateTests()
    {
        NpyFile.WriteTwoTexts(folder, gap: 0.5f, items: 60, dimensions: 16);
        File.WriteAllLines(folder["labels.txt"], Enumerable.Range(0, 60).Select(i => $"label {i % 3}"));
        File.WriteAllLines(folder["rows.jsonl"], Enumerable.Range(0, 60).Select(i => $$"""{"id":{{i}},"group":"{{(i < 20 ? "few" : "many")}}","tone":{{i % 5}}}"""));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Evaluate_WithEverything_FitsItsSchema()
    {
        CorrectionFile.Save(folder["gap.json"], FittedOnTheseFiles());

        ToolRun run = Evaluate("--labels", "labels.txt", "--groups", "rows.jsonl", "--class-sets", "a=label 0;b=label 1,label 2", "--correction", "gap.json", "--sweep", "--format", "json");

        JsonNode result = JsonNode.Parse(run.Output)!;
        var check = new JsonSchemaCheck(JsonNode.Parse(File.ReadAllText(JsonSchemaFile.PathOf("modgap-evaluate.schema.json")))!.AsObject());
        check.Check(result);
        Assert.Empty(check.Faults);
        Assert.Equal("mean-removal", result["correction"]!.GetValue<string>());
        Assert.Equal(60, result["raw"]!["zeroShot"]!["images"]!.GetValue<int>());
        Assert.Equal(["few", "many"], result["raw"]!["groups"]!["groups"]!.AsArray().Select(row => row!["name"]!.GetValue<string>()));
        Assert.True(result["changes"]!.AsArray().Count > 20);
        Assert.Equal(3, result["sweeps"]!.AsArray().Count);
        Assert.Contains("flatters", run.Errors, StringComparison.Ordinal);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(run.Output));
        Assert.Equal(run.Output.Trim(), EvaluationJson.ToText(EvaluationJson.Read(stream)).Trim());
    }

    [Fact]
    public void Evaluate_InEveryForm_SaysTheSame()
    {
        string[] options = ["--labels", "labels.txt", "--groups", "rows.jsonl", "--group-key", "tone", "--quiet"];

        string table = Evaluate(options).Output, csv = Evaluate([.. options, "--format", "csv", "--threads", "3"]).Output;
        string again = Evaluate([.. options, "--format", "csv", "--threads", "1"]).Output;
        Evaluate([.. options, "-o", "out.md"]);
        string markdown = File.ReadAllText(folder["out.md"]);

        Assert.Equal(csv, again);
        foreach (string title in (string[])["Search across the modalities", "Mixed search", "Fused search", "Zero-shot classification", "By group", "Disparity between groups", "Clusters", "Robustness"])
        {
            Assert.Contains(title, table, StringComparison.Ordinal);
            Assert.Contains($"## {title}", markdown, StringComparison.Ordinal);
        }
        Assert.StartsWith("rows,part,number,subject,shift,value,low,high,level,count,method,missing\r\n", csv, StringComparison.Ordinal);
        Assert.Contains("raw,zero-shot,top-1,", csv, StringComparison.Ordinal);
        Assert.Contains("raw,groups,accuracy,4,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_WithNames_AreThePrompts()
    {
        NpyFile.Write(folder["classes.npy"], [.. Enumerable.Range(0, 6 * 16).Select(k => k % 17 == 0 ? 1f : 0.1f)], 6, 16);
        File.WriteAllLines(folder["names.txt"], ["label 0", "label 1", "label 2", "label 0", "label 1", "label 2"]);

        ToolRun run = Evaluate("--labels", "labels.txt", "--classes", "classes.npy", "--class-names", "names.txt");

        Assert.Contains("6 prompts of 3 classes from classes.npy", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("flatters", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutLabels_SaysWhatIsNotEvaluated()
    {
        ToolRun run = Evaluate();

        Assert.Contains("not evaluated: zero-shot. The rows have no labels", run.Output, StringComparison.Ordinal);
        Assert.Contains("Robustness", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DryRun_NamesThePartsAndRunsNothing()
    {
        ToolRun run = Evaluate("--labels", "labels.txt", "--sweep", "--shift", "first-only", "--dry-run");

        Assert.Contains("zero-shot classification by the mean of the text rows of each label", run.Output, StringComparison.Ordinal);
        Assert.Contains("shifts along the gap (first-only)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was run.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--class-names goes with --classes.", "--class-names", "labels.txt")]
    [InlineData(2, "--class-sets goes with --groups.", "--class-sets", "a=b")]
    [InlineData(2, "--shift goes with --sweep.", "--shift", "both")]
    [InlineData(2, "--shift is one of both, first-only, second-only", "--shift", "text")]
    [InlineData(2, "not 'crime'", "--labels", "labels.txt", "--groups", "rows.jsonl", "--class-sets", "crime")]
    [InlineData(3, "missing.txt:", "--labels", "missing.txt")]
    [InlineData(3, "short.txt: it holds 2 labels, img.npy 60 rows.", "--labels", "short.txt")]
    [InlineData(3, "gaps.txt: line 2 is empty.", "--labels", "gaps.txt")]
    [InlineData(3, "img.npy: it is no text.", "--labels", "img.npy")]
    [InlineData(3, "rows.jsonl: line 1 has no text or number \"age\".", "--labels", "labels.txt", "--groups", "rows.jsonl", "--group-key", "age")]
    [InlineData(3, "keyless.jsonl: its first object has none of group, label, class; its keys are x.", "--labels", "labels.txt", "--groups", "keyless.jsonl")]
    [InlineData(3, "broken.jsonl: line 2 is not one whole JSON object.", "--labels", "labels.txt", "--groups", "broken.jsonl")]
    [InlineData(3, "labels.txt: a key, \"x\", was named", "--labels", "labels.txt", "--label-key", "x")]
    [InlineData(3, "names \"thief\", which is none of the 3 classes", "--labels", "labels.txt", "--groups", "rows.jsonl", "--class-sets", "crime=thief")]
    [InlineData(3, "all its rows are of one group", "--labels", "labels.txt", "--groups", "same.txt")]
    [InlineData(3, "other.json:", "--correction", "other.json")]
    [InlineData(3, "takes 5", "--correction", "small.json")]
    public void Evaluate_OfWrongInput_SaysWhatIsWrong(int code, string message, params string[] options)
    {
        File.WriteAllLines(folder["short.txt"], ["a", "b"]);
        File.WriteAllLines(folder["gaps.txt"], ["a", "", "b"]);
        File.WriteAllLines(folder["keyless.jsonl"], ["{\"x\":1}"]);
        File.WriteAllLines(folder["broken.jsonl"], ["{\"group\":1}", "{"]);
        File.WriteAllLines(folder["same.txt"], Enumerable.Repeat("one", 60));
        if (options.Contains("small.json"))
        {
            using var small = new TemporaryFolder();
            NpyFile.WritePair(small, rows: 20, dimensions: 5);
            CorrectionFile.Save(folder["small.json"], FittedSample.MeanRemoval(small));
        }

        ToolRun run = ModgapProcess.Run(folder.Path, ["evaluate", "img.npy", "txt.npy", "--captions-per-item", "2", .. options]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private Corrections.FittedCorrection FittedOnTheseFiles()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "correct", "img.npy", "txt.npy", "--captions-per-item", "2", "--method", "mean-removal", "-o", "fitted.json", "--quiet");
        Assert.True(run.ExitCode == 0, run.Errors);
        return CorrectionFile.Load(folder["fitted.json"]);
    }

    private ToolRun Evaluate(params string[] options)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, ["evaluate", "img.npy", "txt.npy", "--captions-per-item", "2", .. options]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }
}
