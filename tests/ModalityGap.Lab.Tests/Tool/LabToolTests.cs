using System.Diagnostics;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Training;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Tool;

/// <summary>The tool modgap-lab as a process of its own.</summary>
public sealed class LabToolTests : IDisposable
{
    private static readonly ToolProcess Lab = new("modgap-lab");

    private static readonly string[] Small = ["--data", "shapes", "--side", "16", "--width", "8", "--dimensions", "16", "--batch", "128"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Doctor_SaysHowLibtorchWasLoaded()
    {
        ToolRun run = Run("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("libtorch", run.Output, StringComparison.Ordinal);
        Assert.Contains("repair", run.Output, StringComparison.Ordinal);
        Assert.Contains("GFLOP/s", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_ThenResume_WritesTheLogOfOneRun()
    {
        ToolRun whole = Run(["train", .. Small, "--epochs", "3", "--keep-every", "2", "-o", "whole"]);
        Assert.Equal(0, whole.ExitCode);
        Assert.Contains("3 epochs", whole.Output, StringComparison.Ordinal);
        Assert.Contains("epoch    3/3", whole.Errors, StringComparison.Ordinal);
        Assert.Equal(["checkpoint-0002.safetensors", "checkpoint.safetensors", "log.csv", "log.json"], Names("whole").Where(name => !name.Contains("-0000", StringComparison.Ordinal)));

        // As if it had been stopped after the second epoch.
        Directory.CreateDirectory(folder["part"]);
        File.Copy(folder["whole/checkpoint-0002.safetensors"], folder["part/checkpoint.safetensors"]);
        ToolRun resumed = Run("train", "--resume", "-o", "part");

        Assert.Equal(0, resumed.ExitCode);
        Assert.DoesNotContain("epoch    2/3", resumed.Errors, StringComparison.Ordinal);
        Assert.Equal(Timeless("whole"), Timeless("part"));
        JsonElement log = JsonDocument.Parse(File.ReadAllText(folder["part/log.json"])).RootElement;
        Assert.Equal(4, log.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, log[0].GetProperty("loss").ValueKind);
        Assert.True(log[3].GetProperty("gap").GetDouble() > 0);
    }

    [Fact]
    public void Train_WhereARunIs_RefusesAndSaysHowToGoOn()
    {
        Run(["train", .. Small, "--epochs", "1", "-o", "run"]);

        ToolRun again = Run(["train", .. Small, "--epochs", "1", "-o", "run"]);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--resume", again.Errors, StringComparison.Ordinal);

        ToolRun changed = Run("train", "--resume", "-o", "run", "--epochs", "5");
        Assert.Equal(3, changed.ExitCode);
        Assert.Contains("other options", changed.Errors, StringComparison.Ordinal);

        ToolRun otherLoss = Run("train", "--resume", "-o", "run", "--loss", "dual");
        Assert.Equal(3, otherLoss.ExitCode);
        Assert.Contains("other options", otherLoss.Errors, StringComparison.Ordinal);

        ToolRun otherModel = Run("train", "--resume", "-o", "run", "--image-tower", "vit");
        Assert.Equal(3, otherModel.ExitCode);
        Assert.Contains("another architecture", otherModel.Errors, StringComparison.Ordinal);

        ToolRun none = Run("train", "--resume", "-o", "nowhere");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("no checkpoint", none.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--side", "20", "multiple of 8")]
    [InlineData("--width", "12", "multiple of 8")]
    [InlineData("--image-tower", "cnn", "convolutional, vit")]
    [InlineData("--unseen-style", "cubist", "no style cubist")]
    [InlineData("--epochs", "many", "whole number")]
    [InlineData("--loss", "best", "symmetric, sigmoid, uniform")]
    [InlineData("--words", "2", "between 0 and 1")]
    [InlineData("--mismatched", "-1", "between 0 and 1")]
    [InlineData("--common", "start", "read pictures can start from the same weights")]
    [InlineData("--common", "weights", "Only two transformers")]
    public void Train_Nonsense_IsAUsageError(string option, string value, string told)
    {
        ToolRun run = Run("train", "--data", "shapes", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Train_DataThatIsNotThere_SaysWhatThereIs()
    {
        ToolRun run = Run("train", "--data", "no/such/folder");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("shapes", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Interrupted_KeepsTheLastEpochAndSaysHowToGoOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        using Process process = ToolProcess.Start(folder.Path, [], Lab.Path, ["train", .. Small, "--epochs", "10000", "-o", "run"]);
        for (int i = 0; i < 1200 && !File.Exists(folder["run/log.json"]); i++)
            Thread.Sleep(50);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();

        ToolRun run = ToolProcess.Finish(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("train --resume -o run", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Names("run"), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.NotEmpty(Checkpoint.Read(folder["run/checkpoint.safetensors"]).Info.Log);
    }

    [Fact]
    public void Train_FullDisk_KeepsTheLastGoodCheckpoint()
    {
        Assert.Equal(0, Run(["train", .. Small, "--epochs", "2", "--keep-every", "1", "-o", "run"]).ExitCode);
        File.Copy(folder["run/checkpoint-0001.safetensors"], folder["run/checkpoint.safetensors"], overwrite: true);
        byte[] good = File.ReadAllBytes(folder["run/checkpoint.safetensors"]);

        // A limit on the size of files stands for a disk that is full after 50 KiB.
        ToolRun run = Lab.Shell(folder.Path, "LAB", "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 50; $LAB train --resume -o run");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("checkpoint", run.Errors, StringComparison.Ordinal);
        Assert.Equal(good, File.ReadAllBytes(folder["run/checkpoint.safetensors"]));
        Assert.DoesNotContain(Names("run"), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Embed_ARun_WritesWhatTheCoreReads()
    {
        Run(["train", .. Small, "--epochs", "1", "-o", "run"]);

        ToolRun run = Run("embed", "run", "-o", "rows", "--texts", "2", "--items", "50", "--float16");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("50 pictures and 100 texts", run.Output, StringComparison.Ordinal);
        Assert.Contains("--captions-per-item 2", run.Errors, StringComparison.Ordinal);
        EmbeddingSet images = EmbeddingFile.Read(folder["rows/images.npy"])[0], texts = EmbeddingFile.Read(folder["rows/texts.npy"])[0];
        Assert.Equal((50, 16), (images.Rows, images.Dimensions));
        Assert.Equal((100, 16), (texts.Rows, texts.Dimensions));
        string[] imageIds = Ids("images"), textIds = Ids("texts");
        Assert.Equal(imageIds.SelectMany(id => Enumerable.Repeat(id, 2)), textIds);
        Assert.Equal(50, imageIds.Distinct().Count());

        Assert.Equal(0, Run("embed", "run", "-o", "same", "--texts", "2", "--items", "50", "--float16").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["rows/images.npy"]), File.ReadAllBytes(folder["same/images.npy"]));
    }

    [Fact]
    public void Embed_WithoutOptions_GivesOneTextAPicture()
    {
        Run(["train", .. Small, "--epochs", "1", "-o", "run"]);

        ToolRun run = Run("embed", "run", "--part", "unseen-items");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("--captions-per-item", run.Errors, StringComparison.Ordinal);
        int rows = EmbeddingFile.Read(folder["embeddings/images.npy"])[0].Rows;
        Assert.True(rows > 10);
        Assert.Equal(rows, EmbeddingFile.Read(folder["embeddings/texts.npy"])[0].Rows);
        Assert.Equal(2, Run("embed", "run", "--part", "nothing").ExitCode);
    }

    [Theory]
    [InlineData("nowhere", "no training run")]
    [InlineData("text", "damaged")]
    public void Embed_NoCheckpoint_SaysSo(string name, string told)
    {
        File.WriteAllText(folder["text"], "not a checkpoint, only a text");
        ToolRun run = Run("embed", name);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    private ToolRun Run(params string[] arguments) => Lab.Run(folder.Path, [], arguments);

    private string[] Names(string run) => [.. Directory.EnumerateFiles(folder[run]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private string[] Timeless(string run) => [.. File.ReadAllLines(folder[$"{run}/log.csv"]).Select(line => line[..line.LastIndexOf(',')])];

    private string[] Ids(string name) =>
        [.. File.ReadLines(folder[$"rows/{name}.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
}
