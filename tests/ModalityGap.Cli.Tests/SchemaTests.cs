using System.Text.Json.Nodes;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>docs/modgap-result.schema.json: up to date, and true of what the tool writes.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Schema_IsUpToDate()
    {
        foreach ((string name, Type record, string title) in JsonSchemaFile.All)
        {
            string path = JsonSchemaFile.PathOf(name), generated = JsonSchemaFile.Generate(record, title);
            if (Environment.GetEnvironmentVariable("MODGAP_WRITE_SCHEMA") == "1")
                File.WriteAllText(path, generated);

            Assert.True(
                File.Exists(path) && File.ReadAllText(path) == generated,
                $"docs/{name} does not describe the records. Write it anew: MODGAP_WRITE_SCHEMA=1 dotnet test --project tests/ModalityGap.Cli.Tests");
        }
    }

    [Fact]
    public void Output_FitsTheSchema()
    {
        NpyFile.WritePair(folder);
        var random = new Random(5);
        NpyFile.Write(folder["eeg.npy"], [.. Enumerable.Range(0, 60 * 16).Select(_ => random.NextSingle())], 60, 16);

        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "eeg.npy", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(Faults(JsonNode.Parse(run.Output)));
    }

    [Fact]
    public void LinearOutput_FitsItsSchema()
    {
        NpyFile.WritePair(folder);

        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "--linear", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(Faults(JsonNode.Parse(run.Output), "modgap-linear.schema.json"));
        Assert.NotEmpty(Faults(JsonNode.Parse(run.Output)));
    }

    [Fact]
    public void LinearOutputOfParts_FitsItsSchema()
    {
        ModgapProcess.Run(folder.Path, "generate", "c", "--pairs", "400", "--dim", "8", "--shard-rows", "100");
        File.Delete(folder["c/text_emb/text_emb_3.npy"]);
        ModgapProcess.Run(folder.Path, "measure", "c", "--skip-shards", "--shard", "0/3", "-o", "0.gap");

        ToolRun run = ModgapProcess.Run(folder.Path, "merge", "0.gap", "--partial", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Errors);
        JsonNode result = JsonNode.Parse(run.Output)!;
        Assert.Empty(Faults(result, "modgap-linear.schema.json"));
        Assert.Equal((2, 1), (result["coverage"]!["missing"]!.AsArray().Count, result["coverage"]!["skippedShards"]!.AsArray().Count));
    }

    [Fact]
    public void CorrectionOutput_FitsItsSchema()
    {
        NpyFile.WriteTwoTexts(folder, gap: 0.6f);

        ToolRun run = ModgapProcess.Run(folder.Path, "correct", "img.npy", "txt.npy", "--captions-per-item", "2", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(Faults(JsonNode.Parse(run.Output), "modgap-correct.schema.json"));
        Assert.NotEmpty(Faults(JsonNode.Parse(run.Output)));
    }

    [Fact]
    public void ComparisonOutput_FitsItsSchema()
    {
        NpyFile.WritePair(folder);
        NpyFile.WritePair(folder, image: "img2.npy", text: "txt2.npy");
        NpyFile.WriteTwoTexts(folder, gap: 0.6f, items: 60, image: "img3.npy", text: "txt3.npy");

        ToolRun run = ModgapProcess.Run(
            folder.Path, "compare", "a=img.npy,txt.npy", "b=img2.npy,txt2.npy", "c=img3.npy,txt3.npy", "--captions-per-item", "2", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(Faults(JsonNode.Parse(run.Output), "modgap-compare.schema.json"));
        Assert.NotEmpty(Faults(JsonNode.Parse(run.Output)));
    }

    [Fact]
    public void ComparisonInAPage_FitsItsSchema()
    {
        NpyFile.WritePair(folder);
        NpyFile.WritePair(folder, image: "img2.npy", text: "txt2.npy");

        ToolRun run = ModgapProcess.Run(folder.Path, "compare", "a=img.npy,txt.npy", "b=img2.npy,txt2.npy", "--format", "html");

        Assert.True(run.ExitCode == 0, run.Errors);
        string json = System.Text.RegularExpressions.Regex.Match(run.Output, "id=\"result-json\">([^<]*)<").Groups[1].Value;
        JsonNode document = JsonNode.Parse(json)!;
        Assert.Equal(2, document["pictures"]!.AsArray().Count);
        Assert.Empty(Faults(document, "modgap-compare.schema.json"));
    }

    [Fact]
    public void CheckOutput_FitsItsSchema()
    {
        NpyFile.WritePair(folder);
        Assert.Equal(0, ModgapProcess.Run(folder.Path, "check", "img.npy", "txt.npy", "--write-baseline", "then.json").ExitCode);

        ToolRun run = ModgapProcess.Run(
            folder.Path, "check", "img.npy", "txt.npy", "--max-gap", "0.1", "--baseline", "then.json", "--max-drift", "0.1", "--format", "json");

        Assert.True(run.ExitCode == 4, run.Errors);
        Assert.Empty(Faults(JsonNode.Parse(run.Output), "modgap-check.schema.json"));
        Assert.Empty(Faults(JsonNode.Parse(File.ReadAllText(folder["then.json"]))));
        Assert.NotEmpty(Faults(JsonNode.Parse(run.Output)));
    }

    [Fact]
    public void BuiltInSample_FitsTheSchema()
    {
        Assert.Empty(Faults(SampleResult()));
    }

    [Fact]
    public void Check_OfAWrongDocument_Fails()
    {
        JsonNode wrong = SampleResult();
        wrong.AsObject().Remove("detected");
        wrong["schemaVersion"] = "one";
        wrong["pairs"]![0]!["items"] = 1.5;
        wrong["unknown"] = true;

        Assert.Equal(4, Faults(wrong).Count);
    }

    private static JsonNode SampleResult() => JsonNode.Parse(AnalysisJson.ToText(
        GapAnalysis.Run(Sources.BuiltInSample.Create(), cancellation: TestContext.Current.CancellationToken)))!;

    private static List<string> Faults(JsonNode? document, string schema = "modgap-result.schema.json")
    {
        var check = new JsonSchemaCheck(JsonNode.Parse(File.ReadAllText(JsonSchemaFile.PathOf(schema)))!.AsObject());
        check.Check(document);
        return check.Faults;
    }
}
