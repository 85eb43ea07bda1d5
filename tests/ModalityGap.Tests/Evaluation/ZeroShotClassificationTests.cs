using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Evaluation;

/// <summary>Classification of rows that are paired with nothing.</summary>
public sealed class ZeroShotClassificationTests
{
    private const int Dimensions = 8;

    private static readonly string[] Names = ["cat", "dog", "owl"];

    private static readonly string[] Labels = [.. Enumerable.Range(0, 90).Select(i => Names[i % 3])];

    [Fact]
    public void Run_ByHand_IsTheNearestText()
    {
        // Angles in a plane: texts at 0 and 90 degrees, pictures at 10, 80 and 60, of which the last is called what it is not.
        ClassificationResult result = ZeroShotClassification.Run(new ClassificationTask
        {
            Images = Plane(10, 80, 60),
            Labels = new RowWords("labels", ["a", "b", "a"]),
            Classes = Plane(0, 90).WithNames(new RowNames { Labels = ["a", "b"] }),
        });

        Tolerance.Float64.Check(2.0 / 3, result.ZeroShot.Top1.Value, "accuracy");
        Assert.Equal([2, 1], result.ZeroShot.Classes.Select(one => one.Images));
        Assert.Equal([1, 2], result.ZeroShot.Classes.Select(one => one.Predicted));
        // 10 degrees is a, 80 and 60 are b; scores for b: cos 80 - cos 10 < cos 30 - cos 60 < cos 10 - cos 80: both a's lie below the one b.
        Assert.Equal(1, result.ZeroShot.RocAuc.Estimate!.Value);
        Assert.Equal(["top-1", "roc-auc"], result.Sweeps.Select(sweep => sweep.Number));
        Assert.All(result.Sweeps, sweep => Assert.NotNull(sweep.Missing));
    }

    [Fact]
    public void Run_OfPairedRows_GivesWhatAnEvaluationGives()
    {
        EmbeddingSet images = Random(Modality.Image, 90, 1, 2), texts = Random(Modality.Text, 90, 2, -2), prompts = Random(Modality.Text, 6, 3, -2);
        prompts = prompts.WithNames(new RowNames { Labels = ["cat", "dog", "owl", "cat", "dog", "owl"] });
        RowWords labels = new("labels", Labels), groups = new("groups", [.. Enumerable.Range(0, 90).Select(i => i < 40 ? "left" : "right")]);
        ClassSet[] sets = [new ClassSet("pets", ["cat", "dog"]), new ClassSet("birds", ["owl"])];

        EvaluationResult whole = GapEvaluation.Run(
            [images, texts], new EvaluationTask { Labels = labels, Classes = prompts, Groups = groups, ClassSets = sets },
                new EvaluationOptions { Sweep = true, Shift = "first-only" });
        ClassificationResult part = ZeroShotClassification.Run(
            new ClassificationTask { Images = images, Labels = labels, Classes = prompts, Groups = groups, ClassSets = sets },
                new ClassificationOptions { Shift = "first-only" });

        Assert.Equal(whole.Raw.ZeroShot!.Top1, part.ZeroShot.Top1);
        Assert.Equal(whole.Raw.ZeroShot.Predictions.ClassBias, part.ZeroShot.Predictions.ClassBias);
        SweepChoice expected = whole.Sweeps.Single(sweep => sweep.Number == "top-1").Choice!, found = part.Sweeps.Single().Choice!;
        Assert.Equal(expected.Curve, found.Curve);
        Assert.Equal((expected.HeldOut, expected.ChosenOnTestSet), (found.HeldOut, found.ChosenOnTestSet));
        Assert.Equal(whole.AlongGap.Select(point => point.Shift), part.AlongGap.Select(point => point.Shift));
        foreach ((ShiftPoint all, GroupShift one) in whole.AlongGap.Zip(part.AlongGap))
            for (int g = 0; g < 2; g++)
            {
                Assert.Equal(all.Groups![g].Rates, one.Table.Groups[g].Rates);
                Assert.Equal(all.Groups[g].Accuracy, one.Table.Groups[g].Accuracy);
            }
        Assert.Equal(whole.Raw.Groups!.Groups.Select(row => row.Sum), part.Groups!.Groups.Select(row => row.Sum));
    }

    [Fact]
    public void Run_AlongTheTasksOwnGapGivenByHand_IsTheDefault()
    {
        EmbeddingSet images = Random(Modality.Image, 90, 4, 2), prompts = Random(Modality.Text, 3, 5, -2).WithNames(new RowNames { Labels = Names });
        var task = new ClassificationTask { Images = images, Labels = new RowWords("labels", Labels), Classes = prompts };
        MeasuredGap own = MeasuredGap.Between("own rows", images, prompts);

        ClassificationResult without = ZeroShotClassification.Run(task), with = ZeroShotClassification.Run(task with { Direction = own });
        ClassificationResult across = ZeroShotClassification.Run(task with { Direction = new MeasuredGap("elsewhere", [0, 1, 0, 0, 0, 0, 0, 0]) });

        Assert.Equal(without.Sweeps[0].Choice!.Curve, with.Sweeps[0].Choice!.Curve);
        Assert.Equal("own rows", with.Along);
        Assert.NotEqual(without.Sweeps[0].SignedDistances, across.Sweeps[0].SignedDistances);
        Assert.Equal(without.ZeroShot.Top1, across.ZeroShot.Top1);
    }

    [Fact]
    public void Run_AnyThreads_GivesTheSame()
    {
        var task = new ClassificationTask
        {
            Images = Random(Modality.Image, 90, 6, 2),
            Labels = new RowWords("labels", [.. Enumerable.Range(0, 90).Select(i => i % 4 == 0 ? "yes" : "no")]),
            Classes = Random(Modality.Text, 2, 7, -2).WithNames(new RowNames { Labels = ["no", "yes"] }),
        };

        SweepChoice one = ZeroShotClassification.Run(task, new ClassificationOptions { Threads = 1 }).Sweeps[1].Choice!;
        SweepChoice three = ZeroShotClassification.Run(task, new ClassificationOptions { Threads = 3 }).Sweeps[1].Choice!;

        Assert.Equal(one.Curve, three.Curve);
        Assert.Equal(one with { Curve = [], ChosenOnHalves = [] }, three with { Curve = [], ChosenOnHalves = [] });
    }

    [Fact]
    public void Run_WhatDoesNotFit_IsRefused()
    {
        EmbeddingSet images = Random(Modality.Image, 90, 8, 2), prompts = Random(Modality.Text, 3, 9, -2).WithNames(new RowNames { Labels = Names });
        var task = new ClassificationTask { Images = images, Labels = new RowWords("labels.txt", Labels), Classes = prompts };

        Fails("name no class", task with { Labels = new RowWords("labels.txt", [.. Labels.Select(label => label + "s")]) });
        Fails("holds 2 labels", task with { Labels = new RowWords("labels.txt", ["cat", "dog"]) });
        Fails("no labels", task with { Labels = null });
        Fails("without groups", task with { ClassSets = [new ClassSet("pets", ["cat"])] });
        Fails("3 dimensions", task with { Direction = new MeasuredGap("mscoco", [1, 2, 3]) });
        Assert.Throws<ArgumentException>(() => ZeroShotClassification.Run(task, new ClassificationOptions { Shift = "sideways" }));

        static void Fails(string told, ClassificationTask task) =>
            Assert.Contains(told, Assert.Throws<EmbeddingDataException>(() => ZeroShotClassification.Run(task)).Message, StringComparison.Ordinal);
    }

    private static EmbeddingSet Plane(params double[] degrees) => new(
        Modality.Image, [.. degrees.SelectMany(angle => (float[])[(float)Math.Cos(angle * Math.PI / 180), (float)Math.Sin(angle * Math.PI / 180)])], 2);

    private static EmbeddingSet Random(Modality modality, int rows, long seed, float shift)
    {
        RandomStream random = new(seed);
        float[] values = [.. Enumerable.Range(0, rows * Dimensions).Select(k => (float)(2 * random.NextUniform() - 1) + (k % Dimensions == 0 ? shift : 0))];
        return new EmbeddingSet(modality, values, Dimensions);
    }
}
