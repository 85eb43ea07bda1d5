using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModalityGap.Cli.Tests;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Reproduction;

/// <summary>The verb reproduce of the tool modgap-lab, and the files that it keeps up to date.</summary>
public sealed class ReproduceToolTests : IDisposable
{
    private static readonly (string Name, Type Record, string Title)[] Schemas =
    [
        ("modgap-lab-experiment.schema.json", typeof(ExperimentResult), "The result of an experiment of modgap-lab reproduce"),
        ("modgap-lab-claims.schema.json", typeof(ClaimOverview), "The claims that modgap-lab reproduce --format json prints"),
    ];

    private static readonly ToolProcess Lab = new("modgap-lab");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void List_SaysEveryExperimentAndHowLongItTakes()
    {
        ToolRun run = Run();

        Assert.Equal(0, run.ExitCode);
        Assert.All(ExperimentCatalog.All, experiment => Assert.Contains(experiment.Id, run.Output, StringComparison.Ordinal));
        Assert.Contains($"{ClaimList.All.Count} claims", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, Run("list").Output);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("figur-2b", "Did you mean figure-2b?")]
    [InlineData("figure-1", "--features")]
    [InlineData("table-2", "--predictions")]
    public void Reproduce_WhatCannotBeRun_IsAUsageError(string name, string told)
    {
        ToolRun run = Run(name);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Reproduce_QuickAndFull_ExcludeEachOther() => Assert.Equal(2, Run("section-2.1", "--quick", "--full").ExitCode);

    [Fact]
    public void Reproduce_FileThatIsNotThere_IsAnInputError() => Assert.Equal(3, Run("figure-1", "--features", "nowhere.npy").ExitCode);

    [Fact]
    public void Reproduce_OneExperiment_PrintsItsClaimsAndWritesItsFiles()
    {
        ToolRun run = Run("section-2.1", "--format", "json", "-o", "out");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(Faults(run.Output, Schemas[1].Name));
        JsonElement[] claims = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("claims").EnumerateArray()];
        Assert.Equal(3, claims.Length);
        Assert.Equal("reproduced", claims[0].GetProperty("status").GetString());
        Assert.Equal("differs", claims[1].GetProperty("status").GetString());
        Assert.Equal(0.0334, claims[1].GetProperty("published")[0].GetProperty("value").GetDouble());
        Assert.Empty(Faults(File.ReadAllText(folder["out/section-2.1/result.json"]), Schemas[0].Name));
        Assert.Equal(["index.html", "reproduction.md", "section-2.1"], Directory.EnumerateFileSystemEntries(folder["out"])
            .Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal));
        Assert.Contains("5.84", File.ReadAllText(folder["out/index.html"]), StringComparison.Ordinal);

        ToolRun again = Run("section-2.1", "-o", "out");
        Assert.Contains("is there already", again.Errors, StringComparison.Ordinal);
        ToolRun other = Run("section-2.1", "-o", "out", "--seed", "5");
        Assert.DoesNotContain("is there already", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_DryRun_WritesNothing()
    {
        ToolRun run = Run("theorem-1", "--full", "--dry-run", "--format", "csv");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("id,title,minutes,claims\ntheorem-1,", run.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Reproduce_From_WritesTheSamePagesAgain()
    {
        Assert.Equal(0, Run("published-arithmetic", "-o", "out", "-q").ExitCode);
        ToolRun copy = Run("all", "--from", "out", "-o", "copy"), page = Run("all", "--from", "out", "-o", "page.md");

        Assert.True(copy.ExitCode == 0 && page.ExitCode == 0, copy.Errors + page.Errors);
        foreach (string name in (string[])["index.html", "reproduction.md", "published-arithmetic/result.json"])
            Assert.Equal(File.ReadAllText(folder["out/" + name]), File.ReadAllText(folder["copy/" + name]));
        Assert.Equal(File.ReadAllText(folder["out/reproduction.md"]), File.ReadAllText(folder["page.md"]));
        Assert.Contains($"{ClaimList.All.Count} claims", copy.Output, StringComparison.Ordinal);
        Assert.Equal(3, Run("all", "--from", "nowhere").ExitCode);
    }

    [Fact]
    public void Reproduce_DamagedResult_SaysWhichFile()
    {
        Directory.CreateDirectory(folder["out/section-2.1"]);
        File.WriteAllText(folder["out/section-2.1/result.json"], "{}");
        ToolRun run = Run("section-2.1", "-o", "out");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("result.json", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_Interrupted_KeepsPartsAndSaysHowToGoOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        using Process process = ToolProcess.Start(folder.Path, [], Lab.Path, "reproduce", "theorem-1", "--full", "-o", "out");
        for (int i = 0; i < 1200 && !File.Exists(folder["out/theorem-1/parts/width-8.json"]); i++)
            Thread.Sleep(50);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();

        ToolRun run = ToolProcess.Finish(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("reproduce theorem-1 --full -o out", run.Errors, StringComparison.Ordinal);
        Assert.Contains("minutes on two cores", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories), name =>
            name.EndsWith(".tmp", StringComparison.Ordinal));
        ToolRun changed = Run("theorem-1", "--full", "-o", "out", "--seed", "2");
        Assert.Equal(3, changed.ExitCode);
        Assert.Contains("other settings", changed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_TrainingsOnAFullDisk_NameTheFileAndGoOnLater()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        // A limit on the size of files stands for a full disk: the trained model does not fit.
        ToolRun run = Lab.Shell(folder.Path, "LAB", "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 20; $LAB reproduce skin-tones -o out");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("out/skin-tones", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories), name => name.EndsWith(".tmp", StringComparison.Ordinal));

        Assert.Equal(0, Run("skin-tones", "-o", "out").ExitCode);
        Assert.False(Directory.Exists(folder["out/skin-tones/parts"]));
    }

    [Fact]
    public void Schemas_AreUpToDate()
    {
        foreach ((string name, Type record, string title) in Schemas)
        {
            string path = JsonSchemaFile.PathOf(name), generated = JsonSchemaFile.Generate(record, title);
            if (Environment.GetEnvironmentVariable("MODGAP_WRITE_SCHEMA") == "1")
                File.WriteAllText(path, generated);
            Assert.True(
                File.Exists(path) && File.ReadAllText(path) == generated,
                $"docs/{name} does not describe the records. Write it anew: MODGAP_WRITE_SCHEMA=1 dotnet test --project tests/ModalityGap.Lab.Tests");
        }
    }

    [Fact]
    public void CommittedDocument_IsThatOfTheCommittedResults()
    {
        ExperimentResult[] results = new ResultFolder(Path.Combine(SharedFolder.RepositoryRoot, "results")).ReadAll();
        Assert.NotEmpty(results);
        Assert.True(
            ReproductionMarkdown.Of(results) == File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "reproduction.md")),
            "docs/reproduction.md does not say what results holds. Write it anew: modgap-lab reproduce all --from results -o docs/reproduction.md");
    }

    [Fact]
    public void CommittedResults_FitTheSchemaAndStaySmall()
    {
        foreach (string result in Directory.EnumerateDirectories(Path.Combine(SharedFolder.RepositoryRoot, "results")))
        {
            Assert.Empty(Faults(File.ReadAllText(Path.Combine(result, "result.json")), Schemas[0].Name));
            // A figure of thousands of points is the largest file there is.
            Assert.All(Directory.EnumerateFiles(result), file => Assert.True(new FileInfo(file).Length <= 400_000, $"{file} is larger than 400 kB."));
        }
    }

    private static List<string> Faults(string document, string schema)
    {
        var check = new JsonSchemaCheck(JsonNode.Parse(File.ReadAllText(JsonSchemaFile.PathOf(schema)))!.AsObject());
        check.Check(JsonNode.Parse(document));
        return check.Faults;
    }

    private ToolRun Run(params string[] arguments) => Lab.Run(folder.Path, [], ["reproduce", .. arguments]);
}
