using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Tests.Training;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Reproduction;

public sealed class NormalisationTests
{
    [Fact]
    public void Pixels_SmallPictures_AreEnlargedAndScaledOrLeftAsTheyAre()
    {
        var set = SmallSet.Create();
        PublishedTower.ShapeInputs normal = new(set, 3, new RandomStream(1)), plain = new(set, 3, new RandomStream(1)) { IsPlain = true };
        int item = new RandomStream(1).NextPermutation(set.Items.Count).Take(3).Order().First();
        byte[] picture = set.Pixels[Enumerable.Range(0, set.Images.Count).First(image => set.Images[image].Item == item)];
        using Tensor with = normal.Pixels(0, 1), without = plain.Pixels(0, 1);

        // 16 x 16 become 224 x 224: fourteen of one. Row 30 and column 20 come from row 2 and column 1 of the second channel.
        float value = picture[(16 + 2) * 16 + 1] / 255f;
        Assert.Equal(value, without[0, 1, 30, 20].item<float>());
        Assert.Equal((value - 0.4578275f) / 0.26130258f, with[0, 1, 30, 20].item<float>(), 1e-6f);
        Assert.Equal([1L, 3, 224, 224], with.shape);
    }

    [Fact]
    public void ShapeInputs_SideThatDoesNotDivide_IsRefused()
    {
        var set = SmallSet.Create();
        var odd = new ModalityGap.Lab.Data.ImageTextSet("odd", set.Items, set.Styles, set.Images, [.. set.Pixels.Select(_ => new byte[3 * 15 * 15])], 15);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PublishedTower.ShapeInputs(odd, 3, new RandomStream(1)));
    }

    [Fact]
    public void Trained_WithAndWithout_StartsFromTheSameWeightsAndTurnsTheSwitch()
    {
        var trial = new NormalisationTrial(SmallSet.Create(), "small", new RandomStream(3), new WorkContext());

        double[][] with = trial.Trained(normalises: true, epochs: 12), without = trial.Trained(normalises: false, epochs: 12);

        Assert.Equal((15, 15), (with.Length, without.Length));
        // Before training the rows differ by the switch alone; the last epoch is what the model of the end shows.
        Assert.NotEqual(with[0][0], without[0][0]);
        Assert.Equal(with[12][0], with[13][0], 1e-5);
        Assert.Equal(without[12][0], without[13][0], 1e-5);
        Assert.Equal(with[12][1], with[13][5]);
        Assert.NotEqual(with[13][0], with[14][0]);
        Assert.All([with[13], with[14], without[13], without[14]], row => Assert.True(row[1] <= row[0] && row[0] <= row[2]));
        Assert.True(with[12][2] < with[1][2]);
        // The same again is the same.
        Assert.Equal(with[12][0], trial.Trained(normalises: true, epochs: 12)[12][0], 1e-6);
    }
}
