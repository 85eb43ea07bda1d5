using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary><c>modgap apply</c> as a user meets it.</summary>
public sealed class ApplyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ApplyTests()
    {
        NpyFile.WritePair(folder);
        CorrectionFile.Save(folder["gap.json"], FittedSample.MeanRemoval(folder));
        CorrectionFile.Save(folder["scores.json"], FittedSample.WithScores(folder));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("out.npy")]
    [InlineData("out.npz")]
    [InlineData("out.safetensors")]
    [InlineData("out.jsonl")]
    [InlineData("out.parquet")]
    [InlineData("out.csv")]
    public void Apply_ToAnyFormat_GivesTheBitsOfMemory(string target)
    {
        ToolRun run = Apply("gap.json", "img.npy", "--modality", "image", "-o", target);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(target, run.Output.Trim());
        Assert.Contains("60 image documents, 16 dimensions, float32: mean-removal.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(Values(FittedSample.MeanRemoval(folder).Bake(RowRole.Documents(Modality.Image), Unit("img.npy"))), Values(Read(target)));
    }

    [Fact]
    public void Apply_Baked_HasOneValueMore()
    {
        ToolRun run = Apply("scores.json", "img.npy", "--modality", "image", "--baked", "-o", "out.npy");
        ToolRun queries = Apply("scores.json", "txt.npy", "--modality", "text", "--query", "--baked", "-o", "queries.npy");

        Assert.Contains("60 image documents, 17 dimensions", run.Errors, StringComparison.Ordinal);
        Assert.Contains("[a*d, b], not of norm 1: search them by inner product", run.Errors, StringComparison.Ordinal);
        Assert.Contains("[q, 1]", queries.Errors, StringComparison.Ordinal);
        Assert.Contains("saw no queries of text", queries.Errors, StringComparison.Ordinal);
        FittedCorrection correction = CorrectionFile.Load(folder["scores.json"]);
        Assert.Equal(Values(correction.Bake(RowRole.Documents(Modality.Image), Unit("img.npy"))), Values(Read("out.npy")));
        Assert.Equal(Values(correction.Bake(RowRole.Queries(Modality.Text), Unit("txt.npy"))), Values(Read("queries.npy")));
    }

    [Fact]
    public void Apply_ScoresThatAreNotBaked_AreMentioned()
    {
        ToolRun run = Apply("scores.json", "img.npy", "--modality", "image", "-o", "out.npy");
        Assert.Contains("60 image documents, 16 dimensions", run.Errors, StringComparison.Ordinal);
        Assert.Contains("note: the correction changes scores too", run.Errors, StringComparison.Ordinal);
        Assert.Contains("leaves scores alone", Apply("gap.json", "img.npy", "--modality", "image", "--baked", "-o", "out.npy").Errors, StringComparison.Ordinal);
        Assert.Empty(Apply("scores.json", "img.npy", "--modality", "image", "-o", "out.npy", "--quiet").Errors);
    }

    [Fact]
    public void Apply_NamesPassThroughWhereTheFormatHoldsThem()
    {
        EmbeddingSet set = Read("img.npy");
        File.WriteAllLines(folder["img.jsonl"], Enumerable.Range(0, set.Rows).Select(row =>
            $"{{\"id\":\"i{row}\",\"label\":\"l{row % 3}\",\"embedding\":[{string.Join(',', set.Row(row).ToArray().Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}]}}"));

        ToolRun run = Apply("gap.json", "img.jsonl", "--modality", "image", "-o", "out.jsonl");
        ToolRun lossy = Apply("gap.json", "img.jsonl", "--modality", "image", "-o", "out.npy");

        Assert.True(run.ExitCode == 0, run.Errors);
        EmbeddingSet corrected = Read("out.jsonl");
        Assert.Equal(("i7", "l1"), (corrected.Ids![7], corrected.Labels![7]));
        Assert.Contains("note: npy holds no ids", lossy.Errors, StringComparison.Ordinal);
        Assert.Contains("read into memory whole, because jsonl", lossy.Errors, StringComparison.Ordinal);
        Assert.Equal(Values(corrected), Values(Read("out.npy")));
    }

    [Fact]
    public void Apply_FileOfSeveralModalities_TakesTheNamedOne()
    {
        Assert.Equal(0, ModgapProcess.Run(folder.Path, "convert", "img.npy", "txt.npy", "-o", "both.npz").ExitCode);

        ToolRun run = Apply("gap.json", "both.npz", "--modality", "text", "-o", "out.npy");
        ToolRun stranger = Apply("gap.json", "stack.npy", "--modality", "text", "-o", "no.npy");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Values(FittedSample.MeanRemoval(folder).Bake(RowRole.Documents(Modality.Text), Unit("txt.npy"))), Values(Read("out.npy")));
        Assert.Equal(3, stranger.ExitCode);
    }

    [Fact]
    public void Apply_FaultyRows_AreNamedOrSkipped()
    {
        float[] values = Values(Read("img.npy"));
        Array.Clear(values, 3 * 16, 16);
        values[9 * 16] = float.NaN;
        NpyFile.Write(folder["faulty.npy"], values, 60, 16);

        Refuses(3, "faulty.npy: row 9 holds NaN; row 3 holds only zeros.", "gap.json", "faulty.npy", "--modality", "image", "-o", "out.npy");
        ToolRun run = Apply("gap.json", "faulty.npy", "--modality", "image", "--skip-invalid", "-o", "out.npy");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("2 rows without a direction were left out", run.Errors, StringComparison.Ordinal);
        Assert.Equal(58, Read("out.npy").Rows);
    }

    [Fact]
    public void Apply_WhatCannotBeMeant_IsRefused()
    {
        NpyFile.Write(folder["wide.npy"], [.. Enumerable.Range(1, 60).Select(i => (float)i)], 3, 20);
        File.WriteAllText(folder["newer.json"], File.ReadAllText(folder["gap.json"]).Replace("\"schemaVersion\": 1", "\"schemaVersion\": 9", StringComparison.Ordinal));

        Refuses(3, "wide.npy: its rows have 20 dimensions, and the correction mean-removal takes 16", "gap.json", "wide.npy", "--modality", "image", "-o", "out.npy");
        Refuses(2, "--modality imag: the correction was fitted for image documents, text documents. Did you mean image?", "gap.json", "img.npy", "--modality", "imag", "-o", "out.npy");
        Refuses(2, "--modality", "gap.json", "img.npy", "-o", "out.npy");
        Refuses(3, "newer.json: it is of schema version 9", "newer.json", "img.npy", "--modality", "image", "-o", "out.npy");
        Refuses(3, "img.npy: it is not the description of a correction.", "img.npy", "img.npy", "--modality", "image", "-o", "out.npy");
        Refuses(2, "--out img.npy: this is an input", "gap.json", "img.npy", "--modality", "image", "-o", "img.npy");
        Refuses(2, "is no format that can be written", "gap.json", "img.npy", "--modality", "image", "-o", "out.xyz");
        Refuses(3, "missing/out.npy: its folder does not exist", "gap.json", "img.npy", "--modality", "image", "-o", "missing/out.npy");
        Refuses(3, "nowhere.npy", "gap.json", "nowhere.npy", "--modality", "image", "-o", "out.npy");
    }

    [Fact]
    public void Apply_FullDisk_IsSaid()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        File.CreateSymbolicLink(folder["full.npy"], "/dev/full");

        ToolRun run = Apply("gap.json", "img.npy", "--modality", "image", "-o", "full.npy");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("full.npy: the disk is full", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_FileLargerThanItsMemory_IsCorrected()
    {
        // 100 MB of float16 in a heap of 64 MB. A cheap way to a large file without zero rows: one block of rows, many times.
        const int block = 1000, blocks = 3200;
        EmbeddingSet set = Read("img.npy");
        byte[] rows = new byte[block * 16 * 2];
        for (int i = 0; i < block * 16; i++)
            BitConverter.TryWriteBytes(rows.AsSpan(2 * i), (Half)set.Row(i / 16 % 60)[i % 16]);
        NpyFile.WriteRaw(folder["large.npy"], "<f2", [block * blocks, 16], []);
        using (FileStream file = new(folder["large.npy"], FileMode.Append))
            for (int i = 0; i < blocks; i++)
                file.Write(rows);

        ToolRun run = ModgapProcess.Run(
            folder.Path,
            [("DOTNET_GCHeapHardLimit", "0x4000000"), ("DOTNET_PROCESSOR_COUNT", "2")],
            "apply", "scores.json", "large.npy", "--modality", "image", "--baked", "-o", "out.npy");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("3,200,000 image documents, 17 dimensions, float16", run.Errors, StringComparison.Ordinal);
        byte[] written = new byte[2 * block * 17 * 2];
        using FileStream output = File.OpenRead(folder["out.npy"]);
        output.Seek(-written.Length, SeekOrigin.End);
        output.ReadExactly(written);
        Assert.Equal(written[..(written.Length / 2)], written[(written.Length / 2)..]);
        Assert.Equal(128 + (long)block * blocks * 17 * 2, output.Length);
    }

    private void Refuses(int code, string words, params string[] arguments)
    {
        string[] before = folder.Names;
        ToolRun run = Apply(arguments);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal(before, folder.Names);
    }

    private ToolRun Apply(params string[] arguments) => ModgapProcess.Run(folder.Path, ["apply", .. arguments]);

    private EmbeddingSet Read(string name) => EmbeddingFile.Read(folder[name], new ReadOptions { Formats = Formats.AllFormats.List })[0];

    private UnitEmbeddings Unit(string name) => UnitEmbeddings.Normalize(Read(name));

    private static float[] Values(EmbeddingSet set) => [.. Enumerable.Range(0, set.Rows).SelectMany(row => set.Row(row).ToArray())];
}
