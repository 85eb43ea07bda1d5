using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Tensors;
using ModalityGap.Lab.Tests.Clip;
using ModalityGap.Lab.Tests.Data;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Reproduction;

/// <summary>Real items as the published networks see them, with random weights and with those that a user brings.</summary>
public sealed class ItemInputsTests : IDisposable
{
    private const int Side = 224;

    private static readonly string[] Captions = ["the cat", "a dog", "the dog"];

    private readonly DataFolder folder = new();

    public ItemInputsTests()
    {
        for (int i = 0; i < Captions.Length; i++)
        {
            int shift = 1000 * i;
            folder.Write($"set/p{i}.png", TestPicture.Encode(Side, Side, (x, y) => TestPicture.Noise(x + shift, y)));
            folder.Write($"set/p{i}.txt", Captions[i]);
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Picture_OfTheNetworksSize_IsWhatClipsPreprocessingMakesOfTheFile()
    {
        ItemInputs items = Open();
        var pixels = new ClipPixels { Side = Side };

        Assert.Equal(Captions, items.Texts);
        Assert.False(items.AreMsCoco);
        for (int i = 0; i < items.Count; i++)
            Assert.Equal(ClipPreprocessing.Read(File.ReadAllBytes(folder[$"set/p{i}.png"]), pixels, out _), items.Picture(i, pixels));
        using Tensor two = items.Pixels(1, 2);
        Assert.Equal([2, 3, Side, Side], two.shape);
        Assert.Equal(items.Picture(2, pixels), two[1].contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Tokens_AreNumbersOfWordsBetweenTheMarks()
    {
        using Tensor tokens = Open().Tokens(0, 3);

        Assert.Equal([3, 77], tokens.shape);
        long[][] rows = [.. tokens.data<long>().ToArray().Chunk(77)];
        Assert.Equal([49406, 1, 2, 49407, 0], rows[0][..5]);
        Assert.Equal([49406, 3, 4, 49407, 0], rows[1][..5]);
        Assert.Equal([49406, 1, 4, 49407, 0], rows[2][..5]);
        Assert.All(rows, row => Assert.All(row[4..], number => Assert.Equal(0, number)));
    }

    [Fact]
    public void First_IsAStartOfTheSameItems() => Assert.Equal(Captions[..2], Open().First(2).Texts);

    [Fact]
    public void Outputs_OfAClipModel_AreThoseOfItsTwoTowers()
    {
        using var model = new TemporaryFolder();
        SmallClipFolder.WriteModel(model);
        ItemInputs items = Open();

        using var given = GivenModel.Open(model["model"]);
        IReadOnlyList<(string Tower, EmbeddingSet Rows)> outputs = given.Embed(items, CancellationToken.None);

        using var encoder = ClipEncoder.Open(model["model"]);
        Assert.Equal(["vit", "text"], outputs.Select(output => output.Tower));
        Assert.Equal(encoder.EncodeTexts(Captions).Rows, Values(outputs[1].Rows));
        float[][] pictures = [.. Enumerable.Range(0, 3).Select(i => ClipPreprocessing.Read(File.ReadAllBytes(folder[$"set/p{i}.png"]), encoder.Pixels, out _)!)];
        Assert.Equal(encoder.EncodeImages(pictures), Values(outputs[0].Rows));
    }

    [Fact]
    public void Outputs_OfAResNet18_AreThoseOfItsWeights()
    {
        var norms = new NormalisationSwitch();
        using var tower = new ResNet18(norms);
        StartingValues.Draw(tower, new RandomStream(1), ResNet18.LawOf, "resnet18.");
        using (FileStream file = File.Create(folder["resnet18.safetensors"]))
            TensorFile.Write(file, [.. tower.state_dict().Select(entry => NamedTensor.Of(entry.Key, entry.Value))], new Dictionary<string, string>());

        using var given = GivenModel.Open(folder["resnet18.safetensors"]);
        (string name, EmbeddingSet rows) = Assert.Single(given.Embed(Open(), CancellationToken.None));

        Assert.Equal("resnet-18", name);
        Assert.Equal((3, ResNet18.Features), (rows.Rows, rows.Dimensions));
        using PublishedEncoder drawn = PublishedModels.ResNet18(new RandomStream(1));
        // torchvision's weights see ImageNet's statistics of pixels.
        var pixels = new ClipPixels { Side = Side, Mean = [0.485f, 0.456f, 0.406f], Deviation = [0.229f, 0.224f, 0.225f] };
        using Tensor pictures = tensor([.. Enumerable.Range(0, 3).SelectMany(i => Open().Picture(i, pixels))], [3, 3, Side, Side]);
        Assert.Equal(drawn.Encode(pictures), Values(rows));
    }

    private ItemInputs Open() => ItemInputs.Open(folder["set"], 10, new RandomStream(3), CancellationToken.None);

    private static float[] Values(EmbeddingSet rows) => [.. Enumerable.Range(0, rows.Rows).SelectMany(i => rows.Row(i).ToArray())];
}
