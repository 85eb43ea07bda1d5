using ModalityGap.Embeddings;
using ModalityGap.Formats;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary><c>modgap convert</c> as a user meets it, and the verbs that read what it wrote.</summary>
public sealed class ConvertTests : IDisposable
{
    private static readonly string[] Rows =
    [
        "{\"id\":\"a\",\"label\":\"x\",\"image_embedding\":[1,0.5],\"text_embedding\":[0,1]}",
        "{\"id\":\"b\",\"label\":\"y\",\"image_embedding\":[0.25,2],\"text_embedding\":[3,1]}",
    ];

    private readonly TemporaryFolder folder = new();

    public ConvertTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("out.npy")]
    [InlineData("out.npz")]
    [InlineData("out.safetensors")]
    [InlineData("out.jsonl")]
    [InlineData("out.parquet")]
    [InlineData("out.arrow")]
    [InlineData("out.h5")]
    [InlineData("out.csv")]
    [InlineData("out.tsv")]
    public void Convert_ToAnyFormat_IsMeasuredAlike(string target)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "convert", "img.npy", "txt.npy", "-o", target);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(target, run.Output.Trim());

        ToolRun before = ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "--format", "csv", "--quiet");
        ToolRun after = ModgapProcess.Run(folder.Path, "measure", target, "--modalities", "image,text", "--format", "csv", "--quiet");
        Assert.True(after.ExitCode == 0, after.Errors);
        Assert.Equal(before.Output, after.Output);
    }

    [Fact]
    public void Measure_ParquetBesideCsv_PairsByTheNamedIds()
    {
        ModgapProcess.Run(folder.Path, "convert", "img.npy", "-o", "img.parquet");
        ModgapProcess.Run(folder.Path, "convert", "txt.npy", "-o", "txt.csv");
        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.parquet", "txt.csv", "--dry-run");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("2 modalities x 60 pairs x 16 dimensions", run.Output, StringComparison.Ordinal);
        Assert.Contains("txt.csv (text_embedding_0 ... text_embedding_15), 60 rows x 16 dimensions, csv", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_WhereIdsCannotBeKept_SaysSo()
    {
        File.WriteAllLines(folder["rows.jsonl"], Rows);
        ToolRun run = ModgapProcess.Run(folder.Path, "convert", "rows.jsonl", "-o", "out.npz");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("note: npz holds no ids", run.Errors, StringComparison.Ordinal);
        Assert.Contains("note: npz holds no labels", run.Errors, StringComparison.Ordinal);
        Assert.Empty(ModgapProcess.Run(folder.Path, "convert", "rows.jsonl", "-o", "out.npz", "--quiet").Errors);
    }

    [Fact]
    public void Convert_ThereAndBack_IsTheSameText()
    {
        File.WriteAllLines(folder["rows.jsonl"], Rows);
        foreach (string between in (string[])["x.parquet", "x.arrow", "x.csv", "x.tsv"])
        {
            Assert.Equal(0, ModgapProcess.Run(folder.Path, "convert", "rows.jsonl", "-o", between).ExitCode);
            Assert.Equal(0, ModgapProcess.Run(folder.Path, "convert", between, "-o", "back.jsonl").ExitCode);
            Assert.Equal(Rows, File.ReadAllLines(folder["back.jsonl"]));
        }
    }

    [Fact]
    public void Convert_ShapesDiffer_NeedsThePlaceholder()
    {
        NpyFile.Write(folder["more.npy"], new float[70 * 16], 70, 16);
        string[] before = folder.Names;
        ToolRun refused = ModgapProcess.Run(folder.Path, "convert", "img.npy", "more.npy", "-o", "out.npy");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("npy stacks modalities of one shape", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--out out-{modality}.npy", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(before, folder.Names);

        ToolRun run = ModgapProcess.Run(folder.Path, "convert", "img.npy", "more.npy", "--modalities", "image,a/b", "-o", "out-{modality}.npy");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["out-image.npy", "out-a-b.npy"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(File.ReadAllBytes(folder["img.npy"])[^64..], File.ReadAllBytes(folder["out-image.npy"])[^64..]);
    }

    [Fact]
    public void Convert_ElementType_IsAsAsked()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "convert", "img.npy", "-o", "half.parquet", "--dtype", "float16");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("float16 keeps eleven bits", run.Errors, StringComparison.Ordinal);
        // Without being told, what was float16 stays float16.
        ModgapProcess.Run(folder.Path, "convert", "half.parquet", "-o", "half.npy");
        EmbeddingSet set = EmbeddingFile.Read(folder["half.npy"], new ReadOptions { Formats = AllFormats.List }, TestContext.Current.CancellationToken)[0];
        Assert.Equal("float16", set.Provenance.ElementType);
    }

    [Theory]
    [InlineData("out.xyz", "'.xyz' is no format that can be written")]
    [InlineData("out", "has no ending that says the format")]
    public void Convert_UnknownEnding_IsAUsageError(string target, string words)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "convert", "img.npy", "-o", target);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Contains(".parquet", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dtype|int8", "--dtype is one of float16, float32, float64, not 'int8'")]
    [InlineData("--key|a|--column|b", "--key and --column")]
    public void Convert_WrongOptions_AreUsageErrors(string options, string words)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, ["convert", "img.npy", "-o", "out.npz", .. options.Split('|')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_WithoutOut_AsksForIt()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "convert", "img.npy");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--out", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad.parquet", "PAR1 and no more")]
    [InlineData("bad.arrow", "ARROW1 and no more")]
    [InlineData("bad.csv", "emb_0,emb_1\n1,x\n")]
    [InlineData("bad.h5", "\u0089HDF\r\n\u001a\n and no more")]
    public void BadFile_IsRefusedByEveryVerb(string name, string content)
    {
        File.WriteAllBytes(folder[name], [.. content.Select(letter => (byte)letter)]);
        foreach (string[] arguments in (string[][])[["measure", "img.npy", name], ["inspect", name], ["convert", name, "-o", "out.npy"]])
        {
            ToolRun run = ModgapProcess.Run(folder.Path, arguments);
            Assert.Equal(3, run.ExitCode);
            Assert.Contains($"modgap: {name}: ", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("out.npy", folder.Names);
    }

    [Fact]
    public void FullDisk_IsSaid()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        foreach (string link in (string[])["full.npz", "full.parquet", "full.arrow", "full.csv"])
        {
            File.CreateSymbolicLink(folder[link], "/dev/full");
            ToolRun run = ModgapProcess.Run(folder.Path, "convert", "img.npy", "txt.npy", "-o", link);
            Assert.Equal(3, run.ExitCode);
            Assert.Contains($"{link}: ", run.Errors, StringComparison.Ordinal);
        }
    }
}
