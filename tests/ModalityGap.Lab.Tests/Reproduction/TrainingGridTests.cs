using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Lab.Reproduction.Experiments;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Lab.Training;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Reproduction;

/// <summary>Grids of trainings: what is kept of a run, what is trained again, what is said of cells.</summary>
public sealed class TrainingGridTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static TrainingScale Scale => TrainingScale.Of(Effort.Quick) with { Seeds = 1 };

    private static TrainingCell[] List =>
    [
        new("base", "base", Scale.Encoder, Scale.Training with { Epochs = 2 }),
        new("tuned", "tuned", Scale.Encoder with { InitialTemperature = 0.5, LearnTemperature = false }, Scale.Training with { Epochs = 1 }) { From = "base" },
    ];

    [Fact]
    public void Run_Again_TrainsNothingAndFindsTheSame()
    {
        List<string> first = [], second = [];
        TrainedCells made = new TrainingGrid(Scale, List).Run(Context(first));
        TrainedCells read = new TrainingGrid(Scale, List).Run(Context(second));

        Assert.Contains(first, stage => stage.Contains("epoch 2/2", StringComparison.Ordinal));
        Assert.DoesNotContain(second, stage => stage.Contains("epoch", StringComparison.Ordinal));
        Assert.Equal(made.Of("tuned")[0].Log.Select(record => record with { Seconds = 0 }), read.Of("tuned")[0].Log);
        Assert.Equal(made.Of("base")[0].After, read.Of("base")[0].After);
        Assert.Equal(made.Of("base")[0].StepsPerEpoch, read.Of("base")[0].StepsPerEpoch);
        // What is fine-tuned begins where its base ended, at its own temperature.
        Assert.Equal(made.Of("base")[0].End.Gap, made.Of("tuned")[0].Start.Gap, 1e-9);
        Assert.Equal(made.Of("base")[0].After, made.Of("tuned")[0].Before);
        Assert.Equal(0.5, made.Of("tuned")[0].End.Temperature, 1e-6);
    }

    [Fact]
    public void Run_StoppedAfterItsFirstRun_GoesOnWithTheSecond()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new TrainingGrid(Scale, List).Run(Context([], stage =>
        {
            if (stage.StartsWith("tuned, seed", StringComparison.Ordinal))
                stop.Cancel();
        }, stop.Token)));
        Assert.Equal(["base-seed-1.json", "base-seed-1.safetensors"],
            Directory.GetFiles(folder["parts"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        List<string> again = [];

        TrainedCells made = new TrainingGrid(Scale, List).Run(Context(again));

        Assert.DoesNotContain(again, stage => stage.StartsWith("base, seed", StringComparison.Ordinal));
        Assert.Equal(made.Of("base")[0].End.Gap, made.Of("tuned")[0].Start.Gap, 1e-9);
    }

    [Fact]
    public void Model_OfACellThatKeepsIt_IsTheOneWhoseNumbersStand()
    {
        TrainingCell cell = List[0] with { KeepsModel = true };
        var grid = new TrainingGrid(Scale, [cell]);
        ExperimentContext context = Context([]);
        TrainedRun run = grid.Run(context).Of("base")[0];

        using DualEncoder model = TrainingGrid.Model(context, cell, 0);
        ImageTextSet set = grid.Open(context, Scale.Encoder.Side);
        int[] unseen = [.. DataSplit.Draw(set, new SplitOptions()).UnseenItems];
        Assert.Equal(run.End.Gap, new Watch(set, grid.RunOf(cell, 0, set, context).Watched, 1).Record(model, 2, null, 0, CancellationToken.None).Gap, 1e-9);

        // Classified by their own names, in the way of a search: as often right as a text is found among all.
        var task = new PictureTask("names", set, unseen, item => item.Id, [.. unseen.Select(image => set.Items[set.Images[image].Item]).Distinct().Select(item => (item.Id, item))]);
        ClassificationResult result = ZeroShotClassification.Run(task.Embed(model, CancellationToken.None), new ClassificationOptions());
        Assert.Equal(unseen.Length, result.ZeroShot.Images);
        Assert.Equal(task.Count, result.ZeroShot.Classes.Count);
        Assert.True(result.ZeroShot.Classes.All(one => one.Prompts == 1 && one.Images > 0));
    }

    [Theory]
    [InlineData("waving hand: medium-light skin tone", "waving hand")]
    [InlineData("person: dark skin tone, beard", "person: beard")]
    [InlineData("man: medium skin tone, red hair", "man: red hair")]
    [InlineData("baby", "baby")]
    public void WithoutTone_TonedLabel_IsThatOfTheYellowEmoji(string label, string plain) =>
        Assert.Equal(plain, SkinTones.WithoutTone(new ImageTextItem { Id = "x", Texts = [label] }));

    [Fact]
    public void Grid_CountsItsRunsAndMinutes()
    {
        TrainingScale full = TrainingScale.Of(Effort.Full);
        var grid = new TrainingGrid(full, [new("a", "a", full.Encoder, full.Training), new("b", "b", full.Encoder, full.Training with { Epochs = 60 })]);
        Assert.Equal(6, grid.Runs);
        Assert.Equal(3 * 90 * full.Seconds / 60, grid.Minutes, 1e-9);
    }

    [Fact]
    public void Experiments_TogetherFull_StayBelowSixHours()
    {
        IExperiment[] trainings = [.. ExperimentCatalog.All.Where(experiment => experiment.Runs(Effort.Full) > 1)];
        Assert.True(trainings.Length >= 12);
        Assert.InRange(trainings.Sum(experiment => experiment.Minutes(Effort.Full)), 60, 360);
    }

    [Fact]
    public void Cells_DifferencesAreTakenSeedBySeed()
    {
        var cells = new TrainedCells(
            [new("a", "a", Scale.Encoder, Scale.Training), new("b", "b", Scale.Encoder, Scale.Training)],
            new Dictionary<string, TrainedRun[]> { ["a"] = [Ending(0.9), Ending(0.5)], ["b"] = [Ending(0.7), Ending(0.3)] });

        Estimate difference = cells.Difference("a", "b", TrainedCells.Gap);
        Assert.Equal(0.2, difference.Value, 1e-12);
        // Both seeds differ by the same: no doubt is left, though the means are wide apart.
        Assert.Equal(0.2, difference.Low!.Value, 1e-9);
        Assert.Equal(ClaimStatus.DirectionOnly, Verdict.Of(difference));
        Assert.Equal(ClaimStatus.Differs, Verdict.Of(cells.Difference("b", "a", TrainedCells.Gap)));
        Assert.Equal(ClaimStatus.Differs, Verdict.Of(cells.Mean("a", run => run.End.Gap - 0.7)));
        Assert.Contains("2 seeds do not tell from 0", Verdict.Words(cells.Mean("a", run => run.End.Gap - 0.7)), StringComparison.Ordinal);
        Assert.Equal(2 * 2, cells.Table().Rows.Count);
        Assert.All(cells.Table().Rows, row => Assert.Equal(cells.Table().Columns.Count, row.Count));
    }

    private static TrainedRun Ending(double gap) => TrainedRun.Of(
    [
        [0, double.NaN, 0.07, 1.1, 0, 0, 50], [1, 2.5, 0.06, gap, 0.5, 0.25, 50], [0.1, 0.5, 1, 0.9, 0.9], [0.4, 0.4, 0.9, 0.1, 0.1], [14],
    ]);

    private ExperimentContext Context(List<string> stages, Action<string>? see = null, CancellationToken cancellation = default) => new(
        Effort.Quick, new RandomStream(1), new WorkContext(0, null, cancellation), new GivenMaterial(), new PartStore(folder.Path, "x"), (stage, _) =>
        {
            stages.Add(stage);
            see?.Invoke(stage);
        });
}
