using System.Diagnostics;
using System.Text;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>Corpora of shards, parts of them and their merging, from the command line.</summary>
public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ShardTests() => Run("generate", "c", "--pairs", "1100", "--dim", "24", "--shard-rows", "250", "--gap", "0.6", "-q");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folder_IsMeasuredInOnePass()
    {
        ToolRun run = Run("measure", "c");
        Assert.StartsWith("2 modalities x 1100 pairs x 24 dimensions, float16", run.Output, StringComparison.Ordinal);
        Assert.Contains("note: one pass over the rows, as with --linear", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Run("measure", "c", "-q").Errors);
        Assert.Equal(
            Value(Json(Run("measure", "c", "--format", "json").Output)),
            Value(Json(Run("measure", "c/img_emb/img_emb_{0..4}.npy", "c/text_emb/*.npy", "--format", "json").Output)));
    }

    [Fact]
    public void Parts_Merged_AreTheSinglePass()
    {
        double whole = Value(Json(Run("measure", "c", "--format", "json").Output));
        for (int i = 0; i < 3; i++)
            Assert.Contains($"part-{i}.gap holds part {i} of 3.", Run("measure", "c", "--shard", $"{i}/3", "-o", $"part-{i}.gap").Errors, StringComparison.Ordinal);
        LinearResult merged = Json(Run("merge", "part-2.gap", "part-0.gap", "part-1.gap", "--format", "json").Output);
        Assert.Equal(whole, Value(merged), 1e-9);
        Assert.Equal(1100, merged.Pairs[0].Items);

        Assert.Contains("is finished already", Run("measure", "c", "--shard", "1/3", "-o", "part-1.gap").Errors, StringComparison.Ordinal);
        Refuses(3, "it is there already, and was made with other options (seed 20220303, not 1)", "measure", "c", "--shard", "1/3", "--seed", "1", "-o", "part-1.gap");
        Refuses(3, "it is there already, and holds other rows", "measure", "c", "--shard", "2/3", "-o", "part-1.gap");
        Refuses(3, "not measured. Measure and merge them too", "merge", "part-0.gap", "part-2.gap");
        Refuses(3, "in two of the parts", "merge", "part-0.gap", "part-1.gap", "part-0.gap");
        Assert.Contains("rows were measured", Run("merge", "part-0.gap", "part-2.gap", "--partial", "--format", "json").Errors, StringComparison.Ordinal);
        File.WriteAllBytes(folder["part-2.gap"], File.ReadAllBytes(folder["part-2.gap"])[..^1]);
        Refuses(3, "part-2.gap: it has ", "merge", "part-0.gap", "part-2.gap");
        Refuses(3, "it is not a part", "merge", "c/img_emb/img_emb_0.npy");
        Run("generate", "c", "--pairs", "1100", "--dim", "24", "--shard-rows", "250", "--gap", "0.7", "-q");
        Refuses(3, "which has changed since", "measure", "c", "--shard", "0/3", "-o", "part-0.gap");
    }

    [Fact]
    public void Sample_IsTheSameOfPartsAndOfOnePass()
    {
        for (int i = 0; i < 2; i++)
            Run("measure", "c", "--shard", $"{i}/2", "--sample", "100", "-o", $"s{i}.gap");
        LinearSample merged = Json(Run("merge", "s1.gap", "s0.gap", "--sample", "--format", "json").Output).Pairs[0].Sample!;
        LinearSample whole = Json(Run("measure", "c", "--sample", "100", "--format", "json").Output).Pairs[0].Sample!;
        Assert.Equal(100, merged.Items);
        Assert.NotEmpty(whole.Measures);
        Assert.Equal(whole.Measures.Select(entry => (entry.Key, entry.Value.Estimate?.Value)), merged.Measures.Select(entry => (entry.Key, entry.Value.Estimate?.Value)));
        Assert.Contains("of a random sample of 100 of 1100 items", Run("measure", "c", "--sample", "100").Output, StringComparison.Ordinal);
        LinearSample kept = Json(Run("measure", "c", "--sample", "100", "--parts", "kept", "--format", "json").Output).Pairs[0].Sample!;
        Assert.Equal(whole.Measures.Keys, kept.Measures.Keys);
        Assert.Contains("Thresholds", Run("measure", "c", "--sample", "100", "--format", "md").Output, StringComparison.Ordinal);
        Assert.Contains("image,text,recall-at-1,image-to-text,", Run("merge", "s0.gap", "s1.gap", "--sample", "--format", "csv").Output, StringComparison.Ordinal);
        Assert.Contains("clip-loss/0.3", Run("measure", "c", "--sample", "100", "--temperatures", "0.3", "--format", "json").Output, StringComparison.Ordinal);
        Assert.Contains("each row once, then every pair of a sample of 1100 items", Run("measure", "c", "--sample", "5000", "--dry-run").Output, StringComparison.Ordinal);
        Refuses(2, "has no use for --temperatures", "measure", "c", "--temperatures", "0.3");
        Refuses(2, "--sample", "measure", "c", "--sample", "3");
    }

    [Fact]
    public void RowsOfOnePairOfFiles_AreParts()
    {
        NpyFile.WritePair(folder, 900);
        double whole = Value(Json(Run("measure", "img.npy", "txt.npy", "--linear", "--format", "json").Output));
        foreach (string part in (string[])["0", "1"])
            Run("measure", "img.npy", "txt.npy", "--shard", $"{part}/2", "-o", $"{part}.gap");
        Assert.Equal(whole, Value(Json(Run("merge", "0.gap", "1.gap", "--format", "json").Output)), 1e-9);
    }

    [Fact]
    public void PartsFolder_Interrupted_GoesOnToTheSameBits()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        Run("generate", "l", "--pairs", "60000", "--dim", "256", "--shard-rows", "600", "-q");
        string whole = Run("measure", "l", "--parts", "once", "--format", "json").Output;
        using Process process = ModgapProcess.Start(folder.Path, [], ModgapProcess.Path, "measure", "l", "--parts", "kept", "--threads", "1");
        Assert.True(
            SpinWait.SpinUntil(() => process.HasExited || Parts() >= 3, TimeSpan.FromSeconds(60)) && !process.HasExited, "It ended before it could be stopped.");
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        Assert.Equal(130, ModgapProcess.Finish(process).ExitCode);
        int kept = Parts();
        Assert.InRange(kept, 3, 99);
        Assert.Empty(Directory.EnumerateFiles(folder["kept"], ".*.tmp"));
        DateTime first = File.GetLastWriteTimeUtc(Directory.EnumerateFiles(folder["kept"], "*.gap").Order().First());

        Assert.Equal(whole, Run("measure", "l", "--parts", "kept", "--format", "json").Output);

        Assert.Equal(100, Parts());
        Assert.Equal(first, File.GetLastWriteTimeUtc(Directory.EnumerateFiles(folder["kept"], "*.gap").Order().First()));

        int Parts() => Directory.Exists(folder["kept"]) ? Directory.EnumerateFiles(folder["kept"], "part-*.gap").Count() : 0;
    }

    [Fact]
    public void SkipShards_LeavesThemOutAndSaysSo()
    {
        File.Delete(folder["c/text_emb/text_emb_2.npy"]);
        Refuses(3, "shard 2 is missing, which ", "measure", "c");
        ToolRun run = Run("measure", "c", "--skip-shards", "--format", "json");
        Assert.Contains("warning: 1 of 5 shards was left out (2).", run.Errors, StringComparison.Ordinal);
        Assert.Equal(850, Json(run.Output).Pairs[0].Items);
        Assert.Contains("Shard 2 would be left out", Run("measure", "c", "--skip-shards", "--dry-run").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatDoNotFit_AreRefused()
    {
        NpyFile.WritePair(folder);
        Refuses(2, "--shard takes a part and their number", "measure", "c", "--shard", "3/3", "-o", "p.gap");
        Refuses(2, "--shard writes a part: name its file", "measure", "c", "--shard", "0/3");
        Refuses(2, "--shard makes one part, --parts all of them", "measure", "c", "--shard", "0/3", "--parts", "d");
        Refuses(2, "--shard writes a part for modgap merge", "measure", "c", "--shard", "0/3", "-o", "p.gap", "--all");
        Refuses(2, "--skip-shards goes with shards", "measure", "img.npy", "txt.npy", "--skip-shards");
        Refuses(3, "too few for 2000 parts", "measure", "c", "--shard", "0/2000", "-o", "p.gap");
        Assert.Contains("Would read each of 250 rows once, in shard 3", Run("measure", "c", "--shard", "3/5", "--dry-run").Output, StringComparison.Ordinal);
    }

    private static double Value(LinearResult result) => result.Pairs[0].Measures["gap"].Estimate!.Value;

    private static LinearResult Json(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return LinearJson.Read(stream);
    }

    private void Refuses(int code, string words, params string[] arguments)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, arguments);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Output);
    }

    private ToolRun Run(params string[] arguments)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, arguments);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }
}
