using System.Text;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CompareTests()
    {
        WriteRun("a", noise: 0.3f);
        WriteRun("b", noise: 1.2f);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_AreComparedUnderTheirNames()
    {
        ToolRun run = Compare("a", "b");

        Assert.Contains("2 models x 60 items, image and text, 16 dimensions, paired by row", run.Output, StringComparison.Ordinal);
        Assert.Contains("a has the highest recall-at-1/both-ways, beyond the paired interval.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Differences from a", run.Output, StringComparison.Ordinal);
        Assert.Contains("That takes three models at least", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void FoldersFilesAndStacks_WithTheSameRows_AreTheSameModel()
    {
        Directory.CreateDirectory(folder["shards/img_emb"]);
        Directory.CreateDirectory(folder["shards/text_emb"]);
        float[] images = Values("a/images.npy"), texts = Values("a/texts.npy");
        // Eleven shards: as names, 10 comes before 2.
        for (int k = 0; k < 11; k++)
        {
            int first = k * 5, count = k < 10 ? 5 : 10;
            NpyFile.Write(folder[$"shards/img_emb/img_emb_{k}.npy"], images[(first * 16)..((first + count) * 16)], count, 16);
            NpyFile.Write(folder[$"shards/text_emb/text_emb_{k}.npy"], texts[(first * 16)..((first + count) * 16)], count, 16);
        }
        NpyFile.Write(folder["stack_image_text.npy"], [.. images, .. texts], 2, 60, 16);

        ComparisonResult result = Result("a", "files=a/texts.npy,a/images.npy", "shards", "stack=stack_image_text.npy");

        Assert.Equal(["a", "files", "shards", "stack"], result.Runs.Select(run => run.Name));
        Assert.All(result.Runs, run => Assert.Equal(
            result.Runs[0].Measures.Values.Select(measurement => measurement.Estimate?.Value),
            run.Measures.Values.Select(measurement => measurement.Estimate?.Value)));
        Assert.Equal("sha256-of-shards", result.Runs[2].First.Fingerprint.Algorithm);
    }

    [Fact]
    public void IdsBesideTheRows_JoinModels()
    {
        WriteIds("a/images.jsonl", 0);
        WriteIds("a/texts.jsonl", 0);
        WriteIds("b/images.jsonl", 10);
        WriteIds("b/texts.jsonl", 10);

        ToolRun run = Compare("a", "b", "--format", "json");

        ComparisonResult result = Parsed(run);
        Assert.Equal("id", result.PairedBy);
        Assert.Equal(50, result.Items);
        Assert.Contains("warning: 10 of 60 rows of a's image have an id that another input lacks", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_HasEveryForm()
    {
        string csv = Compare("a", "b", "--format", "csv").Output, markdown = Compare("a", "b", "--format", "md").Output;

        Assert.StartsWith("run,against,measure,subject,value,", csv, StringComparison.Ordinal);
        Assert.Contains("\nb,a,gap-debiased,,", csv, StringComparison.Ordinal);
        Assert.StartsWith("# Models compared", markdown, StringComparison.Ordinal);
        Assert.Contains("| measure | a | b |", markdown, StringComparison.Ordinal);
        Compare("a", "b", "-o", "result.json", "--quiet");
        Assert.Equal(2, ComparisonJson.Read(new MemoryStream(File.ReadAllBytes(folder["result.json"]))).Runs.Count);
    }

    [Theory]
    [InlineData("-o", "page.html")]
    [InlineData("-o", "page.HTM")]
    [InlineData("--format", "html", "-o", "page")]
    public void Page_ByItsNameOrByTheFormat_IsWritten(params string[] asked)
    {
        ToolRun run = Compare(["a", "b", .. asked]);

        Assert.Empty(run.Output);
        Assert.StartsWith("2 models x 60 items", run.Errors, StringComparison.Ordinal);
        string page = File.ReadAllText(folder[asked[^1]]);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("data-figure=\"model-cosines\"", page, StringComparison.Ordinal);
        Assert.Contains("<h1>By R@1, both ways, a is highest: ", page, StringComparison.Ordinal);
        Assert.Equal(page, Compare("a", "b", "--format", "html").Output);
    }

    [Fact]
    public void Pictures_AreInNoOtherForm()
    {
        Assert.Null(Result("a", "b").Pictures);
        Assert.Equal(Compare("a", "b", "--format", "json").Output, Compare("a", "b", "--format", "json", "--threads", "1").Output);
    }

    [Fact]
    public void DryRun_RunsNothing()
    {
        ToolRun run = Compare("a", "b", "--dry-run", "-o", "result.json");

        Assert.Contains("b: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was run.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("result.json", folder.Names);
    }

    [Theory]
    [InlineData(2, "compare takes at least two RUNs", "a")]
    [InlineData(2, "two models are called 'a'", "a", "a")]
    [InlineData(2, "is no model", "a", "x.npy,y.npy,z.npy")]
    [InlineData(2, "--by knows no 'recal-at-1'. Did you mean recall-at-1?", "a", "b", "--by", "recal-at-1")]
    [InlineData(2, "--by knows no 'recall-at-1/text-to-sound' here.", "a", "b", "--by", "recall-at-1/text-to-sound")]
    [InlineData(2, "'--bt' is not an option", "a", "b", "--bt")]
    [InlineData(3, "mixed-search", "a", "b", "--by", "mixed-search")]
    [InlineData(3, "missing", "a", "missing")]
    [InlineData(3, "it holds one modality", "a", "b/images.npy")]
    [InlineData(3, "the folder holds no embeddings", "a", "empty")]
    [InlineData(3, "the folder holds 3 files of embeddings: one.npy, three.npy, two.npy.", "a", "many")]
    [InlineData(3, "few has 50 items, a 60.", "a", "few")]
    public void BadCall_SaysWhatIsWrong(int code, string message, params string[] arguments)
    {
        Directory.CreateDirectory(folder["empty"]);
        Directory.CreateDirectory(folder["many"]);
        foreach (string name in new[] { "one", "two", "three" })
            NpyFile.Write(folder[$"many/{name}.npy"], new float[8], 2, 4);
        WriteRun("few", noise: 0.3f, rows: 50);

        ToolRun run = ModgapProcess.Run(folder.Path, ["compare", .. arguments]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private ToolRun Compare(params string[] arguments)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, ["compare", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    private ComparisonResult Result(params string[] arguments) => Parsed(Compare([.. arguments, "--format", "json"]));

    private static ComparisonResult Parsed(ToolRun run) => ComparisonJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(run.Output)));

    private float[] Values(string name) => Sources.EmbeddingFile.Read(folder[name])[0] is var set
        ? [.. Enumerable.Range(0, set.Rows).SelectMany(row => set.Row(row).ToArray())]
        : [];

    // What both files of an item share, and noise of each.
    private void WriteRun(string name, float noise, int rows = 60, int dimensions = 16)
    {
        Directory.CreateDirectory(folder[name]);
        Random shared = new(3), own = new(name[0]);
        float[] images = new float[rows * dimensions], texts = new float[rows * dimensions];
        for (int i = 0; i < images.Length; i++)
        {
            float meaning = shared.NextSingle() - 0.5f;
            images[i] = meaning + noise * (own.NextSingle() - 0.5f) + (i % dimensions == 0 ? 0.5f : 0);
            texts[i] = meaning + noise * (own.NextSingle() - 0.5f) + (i % dimensions == 1 ? 0.5f : 0);
        }
        NpyFile.Write(folder[$"{name}/images.npy"], images, rows, dimensions);
        NpyFile.Write(folder[$"{name}/texts.npy"], texts, rows, dimensions);
    }

    private void WriteIds(string name, int first) =>
        File.WriteAllLines(folder[name], Enumerable.Range(first, 60).Select(i => $$"""{"id":"item {{i}}","caption":"an item"}"""));
}
