using System.Globalization;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Lab.Tests.Clip;
using ModalityGap.Sources;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Lab.Tests.Classification;

/// <summary>From a model and labelled pictures to the paper's tables, with the tool as a process of its own.</summary>
public sealed class ZeroShotToolTests : IDisposable
{
    private static readonly ToolProcess Lab = new("modgap-lab");

    private readonly TemporaryFolder folder = new();

    public ZeroShotToolTests() => SmallClipFolder.WriteModel(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ZeroShot_FoldersAndAnEnsemble_IsTheNearestMeanPrompt()
    {
        Draw(("cat", 12), ("dog", 12), ("the end", 12));

        ToolRun run = Run("zero-shot", "--model", "model", "--images", "pictures", "--template", "the {}", "{} {}", "-o", "out");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(6, EmbeddingFile.Read(folder["out/classes.npy"])[0].Rows);
        Assert.Equal(["cat", "cat", "dog", "dog", "the end", "the end"], File.ReadAllLines(folder["out/class-names.txt"]));
        (double accuracy, double[] texts) = SlowAccuracy();
        Assert.Contains(accuracy.ToString("0.0000", CultureInfo.InvariantCulture), Line(run, "top-1 accuracy"), StringComparison.Ordinal);
        Assert.Contains("moved both", Line(run, "the gap"), StringComparison.Ordinal);
        Assert.Contains("modgap evaluate out/images.npy out/texts.npy --labels out/labels.txt --classes out/classes.npy --class-names out/class-names.txt --sweep", run.Errors, StringComparison.Ordinal);
        // Beside each picture lies the text of its own class.
        Assert.All(texts.Zip(EmbeddingFile.Read(folder["out/texts.npy"])[0].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void ZeroShot_RunAgain_ReadsWhatIsThereUntilSomethingChanges()
    {
        Draw(("cat", 4), ("dog", 4));
        File.WriteAllText(folder["pictures/cat/00.png"], "no picture");
        string[] command = ["zero-shot", "--model", "model", "--images", "pictures", "-o", "out"];

        ToolRun first = Run(command);
        DateTime written = File.GetLastWriteTimeUtc(folder["out/images.npy"]);
        ToolRun again = Run(command), other = Run([.. command, "--template", "the {}"]);

        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("cat/00.png", first.Errors, StringComparison.Ordinal);
        Assert.Equal(7, File.ReadAllLines(folder["out/labels.txt"]).Length);
        Assert.Contains("had been embedded", again.Errors, StringComparison.Ordinal);
        Assert.Equal(first.Output, again.Output);
        Assert.DoesNotContain("had been embedded", other.Errors, StringComparison.Ordinal);
        Assert.True(written < File.GetLastWriteTimeUtc(folder["out/images.npy"]));
        Assert.Contains("at least 20", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ZeroShot_FairFacesTable_GivesRatesByRace()
    {
        WriteFaces(28);

        ToolRun run = Run("zero-shot", "--model", "model", "--images", "faces", "--preset", "fairface", "-o", "out");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(28, File.ReadAllLines(folder["out/groups.txt"]).Length);
        Assert.Contains("crime", Line(run, "Latino"), StringComparison.Ordinal);
        Assert.Contains("non-human", Line(run, "groups at δ = -0.20"), StringComparison.Ordinal);
        Assert.Contains("--groups out/groups.txt --class-sets \"crime=thief,criminal,suspicious person;non-human=animal,gorilla,chimpanzee,orangutan\"", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--shift first-only", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void ZeroShot_ReferenceModel_ClassifiesDrawnPictures()
    {
        using var model = new TemporaryFolder();
        TinyClip.Prepare(model, "vit", "openclip");
        VocabularyFile.Write(model["bpe_simple_vocab_16e6.txt.gz"], SmallClipFolder.Pairs);
        Draw(("airplane", 12), ("3", 12));

        ToolRun run = Run("zero-shot", "--model", model.Path, "--images", "pictures", "--preset", "cifar-10", "-o", "out");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("24 in 10 classes", Line(run, "pictures"), StringComparison.Ordinal);
        Assert.Contains(SlowAccuracy().Accuracy.ToString("0.0000", CultureInfo.InvariantCulture), Line(run, "top-1 accuracy"), StringComparison.Ordinal);
        Assert.Contains("8 classes have a text and no row", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Did you mean cifar-10?", "--preset", "cifar10")]
    [InlineData(2, "--preset and --classes", "--preset", "cifar-10", "--classes", "classes.txt")]
    [InlineData(3, "\"cat\"", "--preset", "eurosat")]
    [InlineData(3, "no {}", "--template", "a photo")]
    [InlineData(3, "no such file", "--labels", "nowhere.csv")]
    public void ZeroShot_Nonsense_SaysWhatIsWrong(int code, string told, params string[] arguments)
    {
        Draw(("cat", 2), ("dog", 2));
        ToolRun run = Run(["zero-shot", "--model", "model", "--images", "pictures", "-o", "out", .. arguments]);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void ZeroShot_EmptyFolderOrModelWithoutTexts_SaysSo()
    {
        Directory.CreateDirectory(folder["empty"]);
        ToolRun empty = Run("zero-shot", "--model", "model", "--images", "empty");
        Assert.Equal(3, empty.ExitCode);
        Assert.Contains("holds no pictures", empty.Errors, StringComparison.Ordinal);

        Draw(("cat", 2), ("dog", 2));
        Directory.CreateDirectory(folder["onnx"]);
        File.Copy(SharedFolder.File("data", "clip-tiny", "vit.visual.onnx"), folder["onnx/vit.visual.onnx"]);
        ToolRun mute = Run("zero-shot", "--model", "onnx", "--images", "pictures");
        Assert.Equal(3, mute.ExitCode);
        Assert.Contains("reads no texts", mute.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_Table1WithNothing_SaysExactlyWhatIsMissing()
    {
        ToolRun run = Run("reproduce", "table-1", "-o", "results", "--format", "csv");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("--model DIR", run.Output, StringComparison.Ordinal);
        foreach (string task in (string[])["cifar-10", "cifar-100", "eurosat", "svhn", "hateful-memes"])
            Assert.Contains($"--images {task}=DIR", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("direction", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_Table1WithOneTask_RunsItAndNamesTheRest()
    {
        Draw(("cat", 12), ("dog", 12));

        ToolRun run = Run("reproduce", "table-1", "--model", "model", "--images", "cifar-10=pictures", "-o", "results", "--quiet");

        Assert.True(run.ExitCode == 0, run.Errors);
        ExperimentResult result = ReproductionJson.Read(File.ReadAllText(folder["results/table-1/result.json"]));
        ClaimOutcome claim = result.Claims.Single(one => one.Id == "table-1");
        Assert.Contains("CIFAR-10, as it is", claim.Ours.Select(one => one.Name));
        Assert.Contains("--images svhn=DIR", claim.Remark, StringComparison.Ordinal);
        Assert.DoesNotContain("--images cifar-10=DIR", claim.Remark, StringComparison.Ordinal);
        Assert.Contains("not the paper's ViT-B/16", claim.Remark, StringComparison.Ordinal);
        Assert.All(result.Claims, one => Assert.NotEqual(ClaimStatus.Reproduced, one.Status));
        Assert.False(Directory.Exists(folder["results/table-1/parts"]));
    }

    [Fact]
    public void Reproduce_Table2WithFaces_TakesTheGapThatIsGiven()
    {
        WriteFaces(42);
        string[] command = ["reproduce", "table-2", "--model", "model", "--images", "fairface=faces", "--quiet", "-o"];

        ToolRun own = Run([.. command, "own"]);
        Draw(("cat", 12), ("dog", 12));
        Assert.Equal(0, Run("zero-shot", "--model", "model", "--images", "pictures", "-o", "coco").ExitCode);
        ToolRun given = Run([.. command, "given", "--features", "coco/images.npy,coco/texts.npy"]);

        Assert.True(own.ExitCode == 0 && given.ExitCode == 0, own.Errors + given.Errors);
        ExperimentResult first = ReproductionJson.Read(File.ReadAllText(folder["own/table-2/result.json"]));
        ExperimentResult second = ReproductionJson.Read(File.ReadAllText(folder["given/table-2/result.json"]));
        Assert.Contains("give rows of its pictures and captions", first.Claims[0].Remark, StringComparison.Ordinal);
        Assert.Contains("moved along the gap of images", second.Claims[0].Remark, StringComparison.Ordinal);
        Assert.Contains("White, crime", first.Claims[0].Ours.Select(one => one.Name));
        Assert.Equal(first.Claims[0].Ours.Select(one => one.Estimate.Value), second.Claims[0].Ours.Select(one => one.Estimate.Value));
        Assert.NotEqual(first.Tables[0].Rows.Select(row => row[1]), second.Tables[0].Rows.Select(row => row[1]));
        Assert.Contains(first.Claims, one => one.Id == "supplementary-figure-11" && one.Ours.Count == 10);
    }

    // Every picture against the normalised mean of the normalised prompts of each class, in double loops; and the text of each picture's own class.
    private (double Accuracy, double[] Texts) SlowAccuracy()
    {
        Embeddings.EmbeddingSet images = EmbeddingFile.Read(folder["out/images.npy"])[0], prompts = EmbeddingFile.Read(folder["out/classes.npy"])[0];
        string[] labels = File.ReadAllLines(folder["out/labels.txt"]), names = File.ReadAllLines(folder["out/class-names.txt"]),
            classes = [.. names.Distinct()];
        int d = images.Dimensions;
        var texts = new double[classes.Length][];
        for (int c = 0; c < classes.Length; c++)
        {
            texts[c] = new double[d];
            for (int row = 0; row < prompts.Rows; row++)
                for (int k = 0; k < d && names[row] == classes[c]; k++)
                    texts[c][k] += prompts.Row(row)[k] / Norm(prompts.Row(row));
            double norm = Math.Sqrt(texts[c].Sum(value => value * value));
            texts[c] = [.. texts[c].Select(value => value / norm)];
        }
        int right = 0;
        for (int i = 0; i < images.Rows; i++)
        {
            double[] scores = new double[classes.Length];
            for (int c = 0; c < classes.Length; c++)
                for (int k = 0; k < d; k++)
                    scores[c] += images.Row(i)[k] * texts[c][k];
            right += classes[Array.IndexOf(scores, scores.Max())] == labels[i] ? 1 : 0;
        }
        return ((double)right / images.Rows, [.. labels.SelectMany(label => texts[Array.IndexOf(classes, label)])]);

        static double Norm(ReadOnlySpan<float> row)
        {
            double sum = 0;
            foreach (float value in row)
                sum += (double)value * value;
            return Math.Sqrt(sum);
        }
    }

    // Pictures of noise, redder or bluer by class.
    private void Draw(params (string Class, int Count)[] classes)
    {
        for (int c = 0; c < classes.Length; c++)
        {
            Directory.CreateDirectory(folder[$"pictures/{classes[c].Class}"]);
            for (int i = 0; i < classes[c].Count; i++)
                WritePicture($"pictures/{classes[c].Class}/{i:00}.png", 1000 * c + 40 * i, c);
        }
    }

    private void WriteFaces(int count)
    {
        string[] races = ["White", "Black", "Latino_Hispanic", "East Asian", "Southeast Asian", "Indian", "Middle Eastern"];
        Directory.CreateDirectory(folder["faces/val"]);
        List<string> lines = ["file,age,gender,race,service_test"];
        for (int i = 0; i < count; i++)
        {
            WritePicture($"faces/val/{i + 1}.png", 40 * i, i % 7);
            lines.Add($"val/{i + 1}.png,20-29,{(i % 2 == 0 ? "Male" : "Female")},{races[i % 7]},True");
        }
        File.WriteAllLines(folder["faces/fairface_label_val.csv"], lines);
    }

    private void WritePicture(string name, int shift, int kind) => File.WriteAllBytes(folder[name], TestPicture.Encode(40, 36, (x, y) =>
    {
        SKColor noise = TestPicture.Noise(x + shift, y);
        return kind % 2 == 0 ? new SKColor((byte)Math.Min(255, noise.Red + 30 * kind), noise.Green, noise.Blue)
            : new SKColor(noise.Red, noise.Green, (byte)Math.Min(255, noise.Blue + 30 * kind));
    }));

    private static string Line(ToolRun run, string name) =>
        string.Join(' ', run.Output.Split('\n').SkipWhile(line => !line.StartsWith(name, StringComparison.Ordinal)).Take(3));

    private ToolRun Run(params string[] arguments) => Lab.Run(folder.Path, [], arguments);
}
