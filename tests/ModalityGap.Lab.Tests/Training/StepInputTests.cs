using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Native;
using ModalityGap.Lab.Training;
using ModalityGap.Statistics;
using TorchSharp;

namespace ModalityGap.Lab.Tests.Training;

/// <summary>What a step is fed with: pictures, captions, the learning rate.</summary>
public sealed class StepInputTests
{
    private static readonly ImageTextSet Set = SmallSet.Create();

    [Fact]
    public void Plain_Pixels_GoFromMinusOneToOne()
    {
        float[] values = Values(() => PictureBatch.Plain(Set, [4, 0]));
        for (int k = 0; k < 768; k++)
        {
            Assert.Equal(Set.Pixels[4][k] / 127.5f - 1, values[k], 1e-6f);
            Assert.Equal(Set.Pixels[0][k] / 127.5f - 1, values[768 + k], 1e-6f);
        }
    }

    [Fact]
    public void Augmented_SameStream_SameValuesWithinBounds()
    {
        int[] images = [.. Enumerable.Range(0, 40)];
        float[] values = Values(() => PictureBatch.Augmented(Set, images, new RandomStream(5)));

        Assert.Equal(values, Values(() => PictureBatch.Augmented(Set, images, new RandomStream(5))));
        Assert.NotEqual(values, Values(() => PictureBatch.Augmented(Set, images, new RandomStream(6))));
        Assert.NotEqual(values, Values(() => PictureBatch.Plain(Set, images)));
        Assert.All(values, value => Assert.InRange(value, -1, 1));
        // A change that keeps what a picture shows keeps its mean near what it was.
        double plain = Values(() => PictureBatch.Plain(Set, images)).Average(value => (double)value);
        Assert.InRange(values.Average(value => (double)value), plain - 0.1, plain + 0.35);
    }

    [Fact]
    public void CaptionDraw_Item_GivesItsTextsAndPartsOfItsTags()
    {
        var item = new ImageTextItem { Id = "1", Texts = ["a red circle", "circle, red"], Tags = ["red", "round", "circle", "shape"] };
        var random = new RandomStream(1);
        List<string> drawn = [.. Enumerable.Range(0, 3000).Select(i => CaptionDraw.Random(item, random.Fork("draw", i)))];

        // A third each; the standard deviation of such a share is 0.0086.
        Assert.All(item.Texts, text => Assert.InRange(drawn.Count(other => other == text) / 3000.0, 0.29, 0.40));
        string[] parts = [.. drawn.Except(item.Texts)];
        Assert.True(parts.Length > 40);
        Assert.All(parts, text =>
        {
            string[] tags = text.Split(", ");
            Assert.Equal(tags.Length, tags.Distinct().Count());
            Assert.Subset(item.Tags.ToHashSet(), tags.ToHashSet());
        });
        Assert.Equal("a red circle", CaptionDraw.First(item));
        Assert.Equal("only", CaptionDraw.Random(new ImageTextItem { Id = "2", Texts = ["only"] }, random));
    }

    [Fact]
    public void LearningRate_RisesThenFallsToNearlyNothing()
    {
        var options = new TrainingOptions { LearningRate = 0.01, WarmUp = 0.1 };
        double[] rates = [.. Enumerable.Range(0, 1000).Select(step => LearningRate.At(options, step, 1000))];

        Assert.Equal(rates[..101].Order(), rates[..101]);
        Assert.Equal(rates[101..].OrderDescending(), rates[101..]);
        Assert.Equal(0.01, rates.Max(), 1e-4);
        Assert.InRange(rates[^1], 0, 1e-6);
        Assert.True(rates[0] > 0);
    }

    private static float[] Values(Func<torch.Tensor> batch)
    {
        LibTorch.Load();
        using torch.Tensor tensor = batch();
        return tensor.data<float>().ToArray();
    }
}
