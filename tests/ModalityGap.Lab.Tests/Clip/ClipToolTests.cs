using System.Diagnostics;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>CLIP models in the tool, as a process of its own.</summary>
public sealed class ClipToolTests : IDisposable
{
    private static readonly ToolProcess Lab = new("modgap-lab");

    private readonly TemporaryFolder folder = new();

    public ClipToolTests() => SmallClipFolder.WriteModel(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Embed_ClipModel_WritesRowsAndTellsWhatWasLeftOut()
    {
        SmallClipFolder.WritePictures(folder, 4);
        File.WriteAllText(folder["pictures/p01.png"], "no picture");
        File.WriteAllLines(folder["texts.txt"], ["the cat", "the dog", "the end", string.Concat(Enumerable.Repeat("the cat ", 30))]);

        ToolRun run = Run("embed", "--model", "model", "--images", "pictures", "--texts", "texts.txt", "-o", "out", "--float16");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("3 pictures and 3 texts, 24 dimensions: out", run.Output, StringComparison.Ordinal);
        Assert.Contains("ViT of 32 pixels", run.Errors, StringComparison.Ordinal);
        Assert.Contains("(1): p01.png is no PNG", run.Errors, StringComparison.Ordinal);
        Assert.Contains("1 texts are too long", run.Errors, StringComparison.Ordinal);
        Assert.Contains("modgap report", run.Errors, StringComparison.Ordinal);
        Assert.Equal("float16", EmbeddingFile.Read(folder["out/images.npy"])[0].Provenance.ElementType);
    }

    [Fact]
    public void Embed_Killed_GoesOnWhereItWas()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        SmallClipFolder.WritePictures(folder, 40);
        string[] command = ["embed", "model", "--images", "pictures", "--shard-items", "1", "-o"];
        Assert.Equal(0, Run([.. command, "whole"]).ExitCode);

        using (Process process = ToolProcess.Start(folder.Path, [], Lab.Path, [.. command, "out"]))
        {
            for (int i = 0; i < 2400 && !process.HasExited && !File.Exists(folder["out/.shards/image-1.rows"]); i++)
                Thread.Sleep(25);
            process.Kill();
            process.WaitForExit();
        }
        // It may have come to its end before it was killed.
        bool wasStopped = Directory.Exists(folder["out/.shards"]);
        ToolRun run = Run([.. command, "out"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(wasStopped, run.Errors.Contains("by an earlier run", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllBytes(folder["whole/images.npy"]), File.ReadAllBytes(folder["out/images.npy"]));
        Assert.False(Directory.Exists(folder["out/.shards"]));
    }

    [Theory]
    [InlineData("which model", "embed")]
    [InlineData("nothing to embed", "embed", "model")]
    [InlineData("two models", "embed", "model", "--model", "model")]
    [InlineData("--part is for models that were trained here", "embed", "model", "--images", "pictures", "--part", "train")]
    [InlineData("npy, parquet, clip-retrieval", "embed", "model", "--images", "pictures", "--layout", "faiss")]
    public void Embed_Nonsense_IsAUsageError(string told, params string[] arguments)
    {
        ToolRun run = Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such model", "embed", "--model", "nowhere", "--images", "pictures")]
    [InlineData("the folder is empty", "embed", "--model", "empty", "--images", "pictures")]
    [InlineData("no training run", "embed", "empty")]
    [InlineData("no pictures", "embed", "model", "--images", "empty")]
    [InlineData("no vocabulary", "embed", "model/model.safetensors", "--texts", "texts.txt")]
    public void Embed_NothingThere_SaysSo(string told, params string[] arguments)
    {
        Directory.CreateDirectory(folder["empty"]);
        File.WriteAllText(folder["texts.txt"], "the cat");
        File.Delete(folder["model/bpe_simple_vocab_16e6.txt.gz"]);

        ToolRun run = Run(arguments);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_OutputThatCannotBeWritten_SaysSo()
    {
        SmallClipFolder.WritePictures(folder, 1);
        File.WriteAllText(folder["taken"], "");
        ToolRun run = Run("embed", "model", "--images", "pictures", "-o", "taken");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is a file, where a folder is needed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_RandomModel_AccountsForEveryTensorAndFails()
    {
        ToolRun run = Run("doctor", "--model", "model");

        Assert.Equal(4, run.ExitCode);
        // The table wraps its lines.
        string output = string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("none missing, none left over", output, StringComparison.Ordinal);
        Assert.Contains("expected 0.15 to 0.45", output, StringComparison.Ordinal);
        Assert.Contains("not a trained CLIP model", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_NoModel_SaysSo()
    {
        ToolRun run = Run("doctor", "--model", "nowhere");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("no such model", run.Errors, StringComparison.Ordinal);
    }

    private ToolRun Run(params string[] arguments) => Lab.Run(folder.Path, [], arguments);
}
