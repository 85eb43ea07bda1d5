using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Training;

/// <summary>What can be changed about a training run: loss, schedule, start, texts, towers in common.</summary>
public sealed class RunVariantTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 2, Batch = 16 };

    private static readonly EncoderOptions Small = new() { Dimensions = 16, Width = 8, Depth = 1 };

    private static readonly EncoderOptions Transformers = Small with { ImageTower = ImageTowerKind.VisionTransformer, TextTower = TextTowerKind.Transformer };

    public static TheoryData<string> Variants => [.. All.Keys];

    private static readonly Dictionary<string, (EncoderOptions Encoder, TrainingOptions Training)> All = new()
    {
        ["sigmoid"] = (Small, Short with { Loss = LossKind.Sigmoid }),
        ["dual"] = (Small, Short with { Loss = LossKind.Dual }),
        ["easy"] = (Small, Short with { Loss = LossKind.EasyOnly }),
        ["cuaxu"] = (Small, Short with { Loss = LossKind.CrossUniformAligned }),
        ["schedule"] = (Small, Short with { FinalTemperature = 0.5 }),
        ["slow temperature"] = (Small, Short with { TemperatureRate = 0.01 }),
        ["amended"] = (Small, Short with { Amended = true }),
        ["mismatched"] = (Small, Short with { Mismatched = 0.4 }),
        ["half of the words"] = (Small, Short with { WordShare = 0.5 }),
        ["one modality twice"] = (Small with { Second = SecondInput.Pictures, Common = CommonPart.Start }, Short),
        ["one tower"] = (Small with { Second = SecondInput.Pictures, Common = CommonPart.Weights }, Short),
        ["shared weights"] = (Transformers with { Common = CommonPart.Weights }, Short),
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Continue_AfterOneOfTwoEpochs_IsTheSameRunToTheBitAndNoOther(string variant)
    {
        using var folder = new TemporaryFolder();
        (EncoderOptions encoder, TrainingOptions training) = All[variant];
        TrainingRun run = SmallSet.Run(training, encoder);
        using var straight = Trainer.Start(run);
        straight.Train(record =>
        {
            if (record.Epoch == 1)
                straight.Save(folder["half"]);
        });

        using var continued = Trainer.Continue(run, folder["half"]);
        continued.Train();

        Assert.Equal(straight.Log.Select(record => record with { Seconds = 0 }), continued.Log.Select(record => record with { Seconds = 0 }));
        Assert.All(straight.Log.Skip(1), record => Assert.True(double.IsFinite(record.Loss!.Value)));
        EncoderOptions other = variant == "shared weights" ? Transformers : Small;
        string refused = Assert.Throws<EmbeddingDataException>(() => Trainer.Continue(SmallSet.Run(Short with { Seed = 9 }, other), folder["half"])).Message;
        Assert.Contains(encoder == other && variant != "sigmoid" && variant != "schedule" ? "other options" : "another architecture", refused,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Schedule_Temperature_GoesFromOneEndToTheOther()
    {
        Assert.Equal(0.5, TemperatureSchedule.At(0.5, 0.02, 0, 9), 1e-12);
        Assert.Equal(0.1, TemperatureSchedule.At(0.5, 0.02, 4, 9), 1e-12);
        Assert.Equal(0.02, TemperatureSchedule.At(0.5, 0.02, 8, 9), 1e-12);
        using var trainer = Trainer.Start(SmallSet.Run(Short with { FinalTemperature = 0.5 }, Small));
        trainer.Train();
        Assert.Equal(0.07, trainer.Log[0].Temperature, 1e-6);
        Assert.Equal(0.5, trainer.Log[^1].Temperature, 1e-6);
    }

    [Fact]
    public void SlowTemperature_MovesLess()
    {
        double Moved(double rate)
        {
            using var trainer = Trainer.Start(SmallSet.Run(Short with { TemperatureRate = rate }, Small));
            trainer.Train();
            return Math.Abs(Math.Log(trainer.Log[^1].Temperature / trainer.Log[0].Temperature));
        }
        Assert.True(Moved(0.1) < 0.3 * Moved(1), $"{Moved(0.1)} {Moved(1)}");
        Assert.Equal(0, Moved(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Amended_Start_HasASmallerGapAndTheSameCosinesWithin(bool transformers)
    {
        EncoderOptions encoder = transformers ? Transformers : Small;
        using var plain = Trainer.Start(SmallSet.Run(Short, encoder));
        using var amended = Trainer.Start(SmallSet.Run(Short with { Amended = true }, encoder));
        PairedEmbeddings before = plain.Watched(), after = amended.Watched();

        Assert.True(Gap(after) < 0.6 * Gap(before), $"{Gap(before)} to {Gap(after)}");
        // The texts were turned, nothing else: their cosines among themselves stay.
        Assert.Equal(Cosine(before.Second, 0, 5), Cosine(after.Second, 0, 5), 1e-4);

        static double Gap(PairedEmbeddings pairs) => Math.Sqrt(Enumerable.Range(0, pairs.First.Dimensions)
            .Sum(k => Math.Pow(Enumerable.Range(0, pairs.First.Rows).Average(i => (double)pairs.First.Row(i)[k] - pairs.Second.Row(i)[k]), 2)));

        static double Cosine(UnitEmbeddings rows, int i, int j) =>
            Enumerable.Range(0, rows.Dimensions).Sum(k => (double)rows.Row(i)[k] * rows.Row(j)[k]);
    }

    [Fact]
    public void Mismatched_Texts_AreThoseOfAsManyOtherItemsAndStaySo()
    {
        ImageTextSet set = SmallSet.Create();
        int[] train = [.. Enumerable.Range(0, set.Images.Count).Where(image => set.Images[image].Item < 20)];
        var texts = new TrainingTexts(set, train, Short with { Mismatched = 0.4 });
        int[] givers = [.. Enumerable.Range(0, set.Items.Count).Select(texts.Giver)];

        Assert.Equal(8, givers.Where((giver, item) => giver != item).Count());
        Assert.Equal(Enumerable.Range(0, set.Items.Count), givers.Order());
        Assert.All(Enumerable.Range(20, set.Items.Count - 20), item => Assert.Equal(item, givers[item]));
        Assert.Equal(givers, Enumerable.Range(0, set.Items.Count).Select(new TrainingTexts(set, train, Short with { Mismatched = 0.4 }).Giver));
        Assert.Equal(20, Enumerable.Range(0, 20).Count(item => new TrainingTexts(set, train, Short with { Mismatched = 1 }).Giver(item) != item));
        int one = Array.FindIndex(givers, giver => giver != Array.IndexOf(givers, giver));
        Assert.Equal(set.Items[givers[one]].Texts[0], new TrainingTexts(set, train, Short with { Mismatched = 0.4, Augment = false }).Draw(one, new(1)));
    }

    [Theory]
    [InlineData("a red circle on white", 1, "a red circle on white")]
    [InlineData("a red circle on white", 0.5, "a red circle")]
    [InlineData("a red circle on white", 0.25, "a red")]
    [InlineData("flag", 0.25, "flag")]
    public void Cut_Text_KeepsItsFirstWords(string text, double share, string kept) => Assert.Equal(kept, TrainingTexts.Cut(text, share));

    [Fact]
    public void OneModalityTwice_EqualStart_HasEqualRowsBeforeTraining()
    {
        using var equal = Trainer.Start(SmallSet.Run(Short, Small with { Second = SecondInput.Pictures, Common = CommonPart.Start }));
        using var other = Trainer.Start(SmallSet.Run(Short, Small with { Second = SecondInput.Pictures }));
        PairedEmbeddings same = equal.Watched(), apart = other.Watched();

        Assert.Equal(same.First.Row(3).ToArray(), same.Second.Row(3).ToArray());
        Assert.NotEqual(apart.First.Row(3).ToArray(), apart.Second.Row(3).ToArray());
    }

    [Fact]
    public void SharedWeights_HaveTheParametersOfOneTrunk()
    {
        long Count(CommonPart common)
        {
            using var trainer = Trainer.Start(SmallSet.Run(Short, Transformers with { Common = common }));
            return trainer.Model.ParameterCount;
        }
        // A block of width 32: attention 32 x 96 + 96 and 32 x 32 + 32, layers 32 x 128 + 128 and 128 x 32 + 32, two norms; then a norm and the last layer.
        const long trunk = 3168 + 1056 + 4224 + 4128 + 128 + 64 + 33 * 16;
        Assert.Equal(trunk, Count(CommonPart.Nothing) - Count(CommonPart.Weights));
        Assert.Throws<ArgumentOutOfRangeException>(() => Count(CommonPart.Start));
        Assert.Throws<ArgumentException>(() => SmallSet.Run(Short with { Amended = true }, Transformers with { Common = CommonPart.Weights }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallSet.Run(Short, Small with { Common = CommonPart.Weights }));
    }

    [Fact]
    public void Start_FromATrainedModel_HasItsTowersAtTheNewTemperature()
    {
        using var first = Trainer.Start(SmallSet.Run(Short, Small));
        first.Train();
        using var second = Trainer.Start(SmallSet.Run(Short, Small with { InitialTemperature = 0.5, LearnTemperature = false }), first.Model);

        Assert.Equal(first.Watched().First.Row(2).ToArray(), second.Watched().First.Row(2).ToArray());
        Assert.Equal(first.Watched().Second.Row(2).ToArray(), second.Watched().Second.Row(2).ToArray());
        Assert.Equal(0.5, second.Model.Temperature, 1e-6);
    }

    [Theory]
    [InlineData(1.2, 1, 0.07)]
    [InlineData(0, 0, 0.07)]
    [InlineData(0, 1.5, 0.07)]
    [InlineData(0, 1, -0.1)]
    public void Of_OptionsOutOfRange_AreRefused(double mismatched, double words, double last) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        SmallSet.Run(Short with { Mismatched = mismatched, WordShare = words, FinalTemperature = last }));
}
