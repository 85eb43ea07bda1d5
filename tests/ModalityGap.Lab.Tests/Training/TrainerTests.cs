using System.Diagnostics;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;
using ModalityGap.Testing;
using TorchSharp;

namespace ModalityGap.Lab.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 4, Batch = 16 };

    [Fact]
    public void Train_SmallSet_LearnsAndItsGapShrinks()
    {
        using var trainer = Trainer.Start(SmallSet.Run(new TrainingOptions { Epochs = 30, Batch = 28 }));

        trainer.Train();

        EpochRecord first = trainer.Log[0], last = trainer.Log[^1];
        Assert.Equal(31, trainer.Log.Count);
        Assert.Null(first.Loss);
        Assert.True(last.Loss < trainer.Log[1].Loss / 2, $"{trainer.Log[1].Loss} to {last.Loss}");
        // Of 29 unseen pictures chance finds one.
        Assert.True(last.RecallImageToText > 0.4 && last.RecallTextToImage > 0.4, $"{last.RecallImageToText} {last.RecallTextToImage}");
        Assert.True(last.Gap < first.Gap, $"{first.Gap} to {last.Gap}");
        Assert.NotEqual(first.Temperature, last.Temperature);
    }

    [Theory]
    [InlineData(ImageTowerKind.Convolutional, TextTowerKind.BagOfWords)]
    [InlineData(ImageTowerKind.VisionTransformer, TextTowerKind.Transformer)]
    public void Continue_AfterTwoOfFourEpochs_IsTheSameRunToTheBit(ImageTowerKind image, TextTowerKind text)
    {
        using var folder = new TemporaryFolder();
        TrainingRun run = SmallSet.Run(Short, new EncoderOptions { Dimensions = 16, Width = 8, Depth = 1, ImageTower = image, TextTower = text });
        using var straight = Trainer.Start(run);
        straight.Train();

        using (var interrupted = Trainer.Start(run))
        {
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => interrupted.Train(
                record =>
                {
                    if (record.Epoch != 2)
                        return;
                    interrupted.Save(folder["checkpoint"]);
                    stop.Cancel();
                },
                cancellation: stop.Token));
        }
        using var continued = Trainer.Continue(run, folder["checkpoint"]);
        continued.Train();

        Assert.Equal(straight.Log.Select(Timeless), continued.Log.Select(Timeless));
        Assert.Equal(Weights(straight.Model), Weights(continued.Model));
    }

    [Fact]
    public void Train_OtherSeed_IsAnotherRun()
    {
        Assert.NotEqual(LastLoss(Short), LastLoss(Short with { Seed = 2 }));
        Assert.Equal(LastLoss(Short), LastLoss(Short));

        static double? LastLoss(TrainingOptions options)
        {
            using var trainer = Trainer.Start(SmallSet.Run(options with { Epochs = 1 }));
            trainer.Train();
            return trainer.Log[^1].Loss;
        }
    }

    [Fact]
    public void Train_FixedTemperature_StaysFixed()
    {
        using var trainer = Trainer.Start(SmallSet.Run(Short, new EncoderOptions { Dimensions = 16, Width = 8, InitialTemperature = 0.02, LearnTemperature = false }));
        trainer.Train();
        Assert.All(trainer.Log, record => Assert.Equal(0.02, record.Temperature, 1e-6));
    }

    [Fact]
    public void Train_ManyEpochs_KeepsMemoryFlat()
    {
        const int warm = 5, epochs = 30;
        using var trainer = Trainer.Start(SmallSet.Run(new TrainingOptions { Epochs = epochs, Batch = 28 }));
        List<long> tensors = [], bytes = [];
        trainer.Train(record =>
        {
            tensors.Add(torch.Tensor.TotalCount);
            GC.Collect();
            using Process self = Process.GetCurrentProcess();
            bytes.Add(self.PrivateMemorySize64);
        });

        Assert.True(tensors.Skip(warm).Distinct().Count() == 1, string.Join(" ", tensors));
        Assert.True(bytes[^1] - bytes[warm] < 64L << 20, $"{bytes[warm] >> 20} MiB to {bytes[^1] >> 20} MiB");
    }

    [Fact]
    public void Continue_CheckpointOfSomethingElse_IsRefusedWithTheReason()
    {
        using var folder = new TemporaryFolder();
        using (var trainer = Trainer.Start(SmallSet.Run(Short with { Epochs = 1 })))
        {
            trainer.Train();
            trainer.Save(folder["checkpoint"]);
        }

        AssertRefused(SmallSet.Run(Short with { Epochs = 2 }), "other options");
        AssertRefused(SmallSet.Run(Short with { Epochs = 1 }, new EncoderOptions { Dimensions = 8, Width = 8 }), "another architecture");
        AssertRefused(SmallSet.Run(Short with { Epochs = 1 }, set: SmallSet.Create(seed: 2)), "other data");

        void AssertRefused(TrainingRun run, string reason) => Assert.Contains(
            reason, Assert.Throws<EmbeddingDataException>(() => Trainer.Continue(run, folder["checkpoint"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedCheckpoint_IsRefusedAtEveryLength()
    {
        using var folder = new TemporaryFolder();
        using (var trainer = Trainer.Start(SmallSet.Run(Short with { Epochs = 1 })))
        {
            trainer.Train();
            trainer.Save(folder["whole"]);
        }
        byte[] whole = File.ReadAllBytes(folder["whole"]);
        foreach (int length in (int[])[0, 4, 8, 100, 5000, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(folder["cut"], whole[..length]);
            Assert.Throws<EmbeddingDataException>(() => Checkpoint.Read(folder["cut"]));
        }
        File.WriteAllText(folder["other"], "This is a text, and not a short one either.");
        Assert.Throws<EmbeddingDataException>(() => Checkpoint.Read(folder["other"]));
        Assert.Throws<EmbeddingDataException>(() => Checkpoint.Read(folder["missing"]));
    }

    [Fact]
    public void Read_NewerCheckpoint_SaysSo()
    {
        using var folder = new TemporaryFolder();
        using (var trainer = Trainer.Start(SmallSet.Run(Short with { Epochs = 1 })))
            trainer.Save(folder["now"]);
        byte[] bytes = File.ReadAllBytes(folder["now"]);
        int at = bytes.AsSpan().IndexOf("version\\u0022:2"u8);
        Assert.True(at > 0);
        bytes[at + "version\\u0022:".Length] = (byte)'9';
        File.WriteAllBytes(folder["newer"], bytes);

        Assert.Contains("version 9", Assert.Throws<EmbeddingDataException>(() => Checkpoint.Read(folder["newer"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TooLittleData_IsRefused()
    {
        ImageTextSet all = SmallSet.Create();
        var one = new ImageTextSet("one", [all.Items[0]], ["plain"], [new ImageRow(0, 0)], [all.Pixels[0]], SmallSet.Side);
        Assert.Throws<EmbeddingDataException>(() => SmallSet.Run(Short, set: one));
    }

    private static EpochRecord Timeless(EpochRecord record) => record with { Seconds = 0 };

    private static float[] Weights(DualEncoder model) =>
        [.. model.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal).Where(entry => entry.Value.dtype == torch.ScalarType.Float32).SelectMany(entry => entry.Value.data<float>().ToArray())];
}
