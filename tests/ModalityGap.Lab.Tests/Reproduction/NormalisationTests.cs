using ModalityGap.Lab.Data;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Tests.Training;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Reproduction;

public sealed class NormalisationTests
{
    private static readonly float[] Means = [0.48145466f, 0.4578275f, 0.40821073f], Deviations = [0.26862954f, 0.26130258f, 0.27577711f];

    [Fact]
    public void Plain_Pixels_AreThoseBeforeTheStatistics()
    {
        var items = ItemInputs.Open(DataSource.ShapesName, 2, new RandomStream(1), CancellationToken.None);
        using Tensor with = items.Pixels(0, 2), without = items.Plain().Pixels(0, 2);

        float[] scaled = with.data<float>().ToArray(), plain = without.data<float>().ToArray();
        const int plane = 224 * 224;
        for (int i = 0; i < plain.Length; i += 997)
        {
            int channel = i / plane % 3;
            Assert.InRange(plain[i], 0, 1);
            Assert.Equal((plain[i] - Means[channel]) / Deviations[channel], scaled[i], 1e-5f);
        }
        Assert.Equal(plain, items.Plain().First(2).Pixels(0, 2).data<float>().ToArray());
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
