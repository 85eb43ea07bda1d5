using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Tensors;
using ModalityGap.Lab.Tests.Clip;
using ModalityGap.Statistics;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Reproduction;

/// <summary>Supplementary Figures 13 and 14 with models and pictures that a user brings.</summary>
public sealed class GivenModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("supplementary-figure-13", false, false, "--model", "--images")]
    [InlineData("supplementary-figure-13", true, true, "two or more", "eleven")]
    [InlineData("supplementary-figure-14", false, true, "--model", "docs/clip.md")]
    [InlineData("supplementary-figure-14", true, false, "--images imagenet=DIR", "50,000")]
    public void Run_SomethingMissing_SaysWhatToBring(string id, bool hasModel, bool hasImages, params string[] told)
    {
        string model = SmallClipFolder.WriteModel(folder), pictures = SmallClipFolder.WritePictures(folder, 3);

        ClaimOutcome outcome = Assert.Single(Run(id, hasModel ? [model] : [], hasImages ? pictures : null).Claims);

        Assert.Equal(ClaimStatus.Needs, outcome.Status);
        Assert.All(told, words => Assert.Contains(words, outcome.Remark, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Pictures_GivesTheStatisticsOfTheirEmbeddings()
    {
        string model = SmallClipFolder.WriteModel(folder), pictures = SmallClipFolder.WritePictures(folder, 12);
        File.WriteAllText(folder["pictures/p03.png"], "no picture");

        ExperimentResult result = Run("supplementary-figure-14", [model], pictures);

        using var encoder = ClipEncoder.Open(model);
        var direct = ConeStatistics.Of(PictureCone.Embed(pictures, encoder.Pixels, encoder.Towers.Dimensions, encoder.EncodeImages));
        ClaimOutcome outcome = Assert.Single(result.Claims);
        Assert.Equal(direct.Mean.Value, outcome.Ours[0].Estimate.Value, 1e-5);
        Assert.Equal(direct.Deviation.Value, outcome.Ours[1].Estimate.Value, 1e-5);
        Assert.Equal(direct.Minimum, outcome.Ours[2].Estimate.Value, 1e-5);
        Assert.Equal(ClaimStatus.DirectionOnly, outcome.Status);
        Assert.Contains("11 pictures", outcome.Remark, StringComparison.Ordinal);
        Assert.Contains(result.Notes, note => note.Contains("1 pictures cannot be decoded", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ModelsOfDifferentWeights_MakeConesOfTheirOwn()
    {
        string pictures = SmallClipFolder.WritePictures(folder, 8);
        string[] models = [.. Enumerable.Range(1, 3).Select(seed => WriteModel($"m{seed}", seed))];

        ExperimentResult result = Run("supplementary-figure-13", models, pictures);

        ClaimOutcome outcome = Assert.Single(result.Claims);
        Assert.Equal(ClaimStatus.DirectionOnly, outcome.Status);
        Assert.True(outcome.Ours[0].Estimate.Value > 0.5, outcome.Ours[0].ToString());
        Assert.Equal(1, outcome.Ours[3].Estimate.Value);
        Assert.Equal(["m1", "m2", "m3"], result.Tables[0].Rows.Select(row => row[0]));
    }

    [Fact]
    public void Run_TheSameModelTwice_DiffersFromTheClaim()
    {
        string pictures = SmallClipFolder.WritePictures(folder, 8);

        ClaimOutcome outcome = Assert.Single(Run("supplementary-figure-13", [WriteModel("m1", 1), WriteModel("m2", 1)], pictures).Claims);

        Assert.Equal(ClaimStatus.Differs, outcome.Status);
        Assert.Equal(0, outcome.Ours[1].Estimate.Value, 1e-6);
    }

    [Fact]
    public void Run_ModelsOfTwoSizes_IsRefused()
    {
        string pictures = SmallClipFolder.WritePictures(folder, 5);
        string[] models = [WriteModel("m1", 1), WriteModel("m2", 1, TinyClip.Vit with { Dimensions = 20 })];
        Assert.Contains("one architecture", Assert.Throws<EmbeddingDataException>(() => Run("supplementary-figure-13", models, pictures)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfResNet18_IsToldByItsTensors()
    {
        using (var tower = new ResNet18(new NormalisationSwitch()))
        {
            StartingValues.Draw(tower, new RandomStream(1), ResNet18.LawOf, "resnet18.");
            using FileStream file = File.Create(folder["resnet18.safetensors"]);
            TensorFile.Write(file, [.. tower.state_dict().Select(entry => NamedTensor.Of(entry.Key, entry.Value))], new Dictionary<string, string>());
        }

        using var given = GivenModel.Open(folder["resnet18.safetensors"]);
        EmbeddingSet rows = given.Embed(PictureCone.Draw(SmallClipFolder.WritePictures(folder, 3), int.MaxValue, null), CancellationToken.None);

        Assert.Equal(("resnet18.safetensors", 512, 3), (given.Name, given.Dimensions, rows.Rows));
    }

    [Fact]
    public void Open_ModelWithoutImageTower_IsRefused()
    {
        new TinyOnnx { Dimensions = 1, Vectors = new float[49408] }.Write(folder["text.onnx"]);
        Assert.Contains("no image tower", Assert.Throws<EmbeddingDataException>(() => GivenModel.Open(folder["text.onnx"])).Message, StringComparison.Ordinal);
    }

    private string WriteModel(string name, long seed, ClipArchitecture? architecture = null)
    {
        Directory.CreateDirectory(folder[name]);
        using ClipModel model = PublishedModels.Clip(architecture ?? TinyClip.Vit, new RandomStream(seed));
        ClipExport.Write(folder[$"{name}/model.safetensors"], model, ClipNaming.OpenClip);
        return folder[name];
    }

    private ExperimentResult Run(string id, string[] models, string? pictures) => ExperimentRun.Run(
        ExperimentCatalog.Find(id)!,
        new RunOptions
        {
            Given = new GivenMaterial { Models = models, Images = pictures is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["noise"] = pictures } },
        },
        new ResultFolder(folder["out"]), null, CancellationToken.None);
}
