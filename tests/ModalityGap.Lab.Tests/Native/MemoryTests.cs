using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Tests.Training;
using ModalityGap.Lab.Training;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Native;

/// <summary>Memory stays flat however often a model is run or trained; and the watch would see it if it did not.</summary>
public sealed class MemoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_ManyTimes_KeepsNothing(bool normalises)
    {
        using PublishedEncoder encoder = PublishedModels.ResNet18(new RandomStream(1));
        encoder.Normalises = normalises;

        Assert.Null(MemoryTrial.Growth(i =>
        {
            using Tensor pictures = NoiseInputs.Pictures(new RandomStream(i), 8, 64);
            encoder.Encode(pictures);
        }, warm: 5, times: 40));
    }

    [Fact]
    public void Create_ManyModels_FreesEach()
    {
        // 43 MB of weights each.
        static void Make(int seed) => PublishedModels.ResNet18(new RandomStream(seed)).Dispose();
        Assert.Null(MemoryTrial.Growth(Make, warm: 2, times: 6, MemoryTrial.Miscount(() => Make(0))));
    }

    [Fact]
    public void Train_AgainAndAgain_FreesModelAndOptimizer() => Assert.Null(MemoryTrial.Growth(i =>
    {
        using Trainer trainer = Start(i);
        trainer.Train();
    }, warm: 3, times: 10, MemoryTrial.Miscount(() => Start(0).Dispose())));

    [Fact]
    public void Part_ManyTrainings_KeepsNothing()
    {
        var context = new ExperimentContext(
            Effort.Quick, new RandomStream(1), new WorkContext(), new GivenMaterial(), new PartStore(folder.Path, "test"), null);
        int made = 0;

        string? growth = MemoryTrial.Growth(i => context.Part($"seed-{i}", 0, () =>
        {
            made++;
            return new NormalisationTrial(SmallSet.Create(), "small", context.Random.Fork("seed", i), context.Work).Trained(i % 2 == 0, epochs: 1);
        }), warm: 3, times: 10, MemoryTrial.Miscount(() => Start(0).Dispose()));

        Assert.Null(growth);
        Assert.Equal(13, made);
    }

    [Fact]
    public void Growth_TensorsThatAreKept_IsSeen()
    {
        List<Tensor> kept = [];
        try
        {
            Assert.Equal("20 tensors more are alive after 10 times", MemoryTrial.Growth(_ => kept.AddRange([zeros(1), zeros(1)]), warm: 2, times: 10));
        }
        finally
        {
            kept.ForEach(tensor => tensor.Dispose());
        }
    }

    [Fact]
    public void Growth_MemoryThatIsKept_IsSeen()
    {
        List<byte[]> kept = [];

        string? growth = MemoryTrial.Growth(_ => kept.Add(Touched(16 << 20)), warm: 1, times: 12);

        Assert.Contains("the working set grew", growth, StringComparison.Ordinal);
        Assert.Equal(13, kept.Count);
    }

    [Fact]
    public void Growth_StepWithoutAScope_IsSeen()
    {
        using Tensor weights = ones(4, 4);
        weights.requires_grad = true;
        List<Tensor> losses = [];

        // What a training loop does wrong when it keeps losses instead of numbers.
        string? growth = MemoryTrial.Growth(_ => losses.Add((weights * 2).sum()), warm: 2, times: 5);

        Assert.Contains("tensors more are alive", growth, StringComparison.Ordinal);
        losses.ForEach(loss => loss.Dispose());
    }

    private static Trainer Start(long seed) => Trainer.Start(SmallSet.Run(new TrainingOptions { Epochs = 2, Batch = 28, Seed = seed }));

    // Pages that were never written take no memory.
    private static byte[] Touched(int bytes)
    {
        var block = new byte[bytes];
        block.AsSpan().Fill(1);
        return block;
    }
}
