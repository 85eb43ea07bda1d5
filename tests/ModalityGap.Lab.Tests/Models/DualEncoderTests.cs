using ModalityGap.Lab.Models;
using ModalityGap.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Models;

public sealed class DualEncoderTests
{
    private static readonly Vocabulary Words = Vocabulary.Of(["a red circle on white", "a blue square"]);

    private static readonly EncoderOptions Small = new() { Dimensions = 24, Side = 16, Width = 8, Depth = 2 };

    public static TheoryData<ImageTowerKind, TextTowerKind> Towers => new(
        from image in Enum.GetValues<ImageTowerKind>() from text in Enum.GetValues<TextTowerKind>() select (image, text));

    [Theory]
    [MemberData(nameof(Towers))]
    public void Encode_EveryPairOfTowers_GivesFiniteRowsOfTheAskedDimensions(ImageTowerKind image, TextTowerKind text)
    {
        using DualEncoder model = Create(Small with { ImageTower = image, TextTower = text });
        using DisposeScope scope = NewDisposeScope();

        float[] pictures = Values(model.EncodeImages(Pictures(3)), 3), texts = Values(model.EncodeTexts(model.Reader.Read(["a red circle", "", "unknown"])), 3);

        Assert.All(pictures.Concat(texts), value => Assert.True(float.IsFinite(value)));
        Assert.NotEqual(pictures[..24], pictures[24..48]);
    }

    [Theory]
    [InlineData(TextTowerKind.BagOfWords)]
    [InlineData(TextTowerKind.Transformer)]
    public void EncodeTexts_BesideALongerText_IsTheSame(TextTowerKind tower)
    {
        using DualEncoder model = Create(Small with { TextTower = tower });
        model.eval();
        using DisposeScope scope = NewDisposeScope();

        float[] alone = Values(model.EncodeTexts(model.Reader.Read(["blue square"])), 1);
        float[] beside = Values(model.EncodeTexts(model.Reader.Read(["blue square", "a red circle on white on white on white"])), 2);

        Assert.Equal(alone, beside[..24], (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void EncodeTexts_BagOfWords_KnowsNoOrderAndTheTransformerDoes()
    {
        Assert.True(Distance(TextTowerKind.BagOfWords) < 1e-5);
        Assert.True(Distance(TextTowerKind.Transformer) > 1e-3);

        double Distance(TextTowerKind tower)
        {
            using DualEncoder model = Create(Small with { TextTower = tower });
            using DisposeScope scope = NewDisposeScope();
            float[] both = Values(model.EncodeTexts(model.Reader.Read(["a red circle", "circle red a"])), 2);
            return both[..24].Zip(both[24..]).Max(pair => Math.Abs(pair.First - pair.Second));
        }
    }

    [Fact]
    public void Create_SameSeed_SameWeightsAndAnotherTextTowerChangesNoPictures()
    {
        using DualEncoder a = Create(Small), b = Create(Small with { TextTower = TextTowerKind.Transformer }), other = Create(Small, seed: 2);
        using DisposeScope scope = NewDisposeScope();

        float[] rows = Values(a.EncodeImages(Pictures(2)), 2);

        Assert.Equal(rows, Values(b.EncodeImages(Pictures(2)), 2));
        Assert.NotEqual(rows, Values(other.EncodeImages(Pictures(2)), 2));
    }

    [Fact]
    public void Create_Weights_HaveTheDeviationTheyShould()
    {
        using DualEncoder model = Create(Small with { Width = 32 });
        foreach ((string name, Tensor weight) in model.state_dict().Where(entry => entry.Value.dim() == 4))
        {
            double expected = Math.Sqrt(2.0 / (weight.shape[1] * weight.shape[2] * weight.shape[3]));
            // The standard error of a deviation is σ/√(2n).
            double error = expected / Math.Sqrt(2.0 * weight.numel());
            Assert.True(Math.Abs(weight.std().item<float>() - expected) < 5 * error, name);
        }
    }

    [Theory]
    [MemberData(nameof(Towers))]
    public void Normalises_Off_ChangesEveryTowerAndBackAgain(ImageTowerKind image, TextTowerKind text)
    {
        using DualEncoder model = Create(Small with { ImageTower = image, TextTower = text });
        model.eval();
        using DisposeScope scope = NewDisposeScope();

        float[] pictures = Images(), texts = Texts();
        model.Normalises = false;
        float[] plainPictures = Images(), plainTexts = Texts();
        model.Normalises = true;

        Assert.NotEqual(pictures, plainPictures);
        Assert.NotEqual(texts, plainTexts);
        Assert.All(plainPictures.Concat(plainTexts), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(pictures, Images());
        Assert.Equal(texts, Texts());

        float[] Images() => Values(model.EncodeImages(Pictures(2)), 2);

        float[] Texts() => Values(model.EncodeTexts(model.Reader.Read(["a red circle", "a blue square"])), 2);
    }

    [Fact]
    public void Temperature_AfterCreation_IsTheInitialOne()
    {
        using DualEncoder model = Create(Small with { InitialTemperature = 0.02, LearnTemperature = false });
        Assert.Equal(0.02, model.Temperature, 1e-6);
        using DualEncoder learned = Create(Small);
        Assert.Equal(1, learned.ParameterCount - model.ParameterCount);
    }

    [Theory]
    [InlineData(1, 16, 8, 2)]
    [InlineData(24, 12, 8, 2)]
    [InlineData(24, 16, 12, 2)]
    [InlineData(24, 16, 8, 0)]
    public void Create_Nonsense_IsRefused(int dimensions, int side, int width, int depth) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Create(new EncoderOptions { Dimensions = dimensions, Side = side, Width = width, Depth = depth }));

    private static DualEncoder Create(EncoderOptions options, long seed = 1) => DualEncoder.Create(options, Words, new RandomStream(seed));

    private static Tensor Pictures(int count)
    {
        var random = new RandomStream(7);
        float[] values = [.. Enumerable.Range(0, count * 3 * 16 * 16).Select(_ => (float)(2 * random.NextUniform() - 1))];
        return tensor(values, [count, 3, 16, 16]);
    }

    private static float[] Values(Tensor rows, int count)
    {
        Assert.Equal([count, 24L], rows.shape);
        return rows.data<float>().ToArray();
    }
}
