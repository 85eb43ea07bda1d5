using System.Text;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Analysis;

public sealed class GapEvaluationTests
{
    private const int Items = 60;

    private static readonly string[] Labels = [.. Enumerable.Range(0, Items).Select(i => $"label {i % 4}")];

    [Fact]
    public void Run_WithLabelsGroupsAndACorrection_HasEveryPartTwice()
    {
        EmbeddingSet[] sets = Captioned();
        EvaluationResult result = Run(sets, Task() with { Correction = Fit(sets) }, new EvaluationOptions { TextsPerItem = 2, Sweep = true });

        foreach (EvaluationNumbers numbers in (EvaluationNumbers[])[result.Raw, result.Corrected!])
        {
            Assert.Equal(Items, numbers.ZeroShot!.Images);
            Assert.Equal(["even", "odd"], numbers.Groups!.Groups.Select(row => row.Name));
            Assert.Equal(5, numbers.MixedSearch!.Raw.Count);
            Assert.Equal(21, numbers.Fused!.Points.Count);
            Assert.Equal(3, numbers.Clustering.Count);
            Assert.Equal(2 * Disturbance.All.Count, numbers.Robustness.Count);
        }
        Assert.Empty(result.Missing);
        Assert.Equal(["recall-at-1", "recall-at-1", "top-1"], result.Sweeps.Select(sweep => sweep.Number));
        Assert.Equal(SweptNumbers.Shifts, result.AlongGap.Select(point => point.Shift));
        Assert.Equal("mean-removal", result.Correction);
    }

    [Fact]
    public void Changes_Always_AreAfterLessBefore()
    {
        EmbeddingSet[] sets = Captioned();
        EvaluationResult result = Run(sets, Task() with { Correction = Fit(sets) });

        Assert.All(result.Changes, change => Tolerance.Float64.Check(change.After.Value - change.Before.Value, change.Difference.Value, $"{change.Id} {change.Subject}"));
        Assert.Equal(result.Changes.Count, result.Changes.Select(change => (change.Id, change.Subject)).Distinct().Count());
        Assert.All(result.Changes, change => Assert.True(MeasureCatalog.TryFind(change.Id, out _), change.Id));
        NumberChange top1 = result.Changes.Single(change => change.Id == "top-1");
        Assert.Equal((result.Raw.ZeroShot!.Top1.Value, result.Corrected!.ZeroShot!.Top1.Value), (top1.Before.Value, top1.After.Value));
        Assert.Equal(result.Predictions!.McNemar.Value, top1.McNemar!.Value);
        Assert.Equal(result.Predictions.WrongToRight - result.Predictions.RightToWrong, Items * top1.Difference.Value, 9);
        NumberChange recall = result.Changes.Single(change => change is { Id: "recall-at-1", Subject: "image-to-text" });
        Assert.Equal(result.Raw.Retrieval.First(number => number.Key == "recall-at-1/image-to-text").Estimate!.Value, recall.Before.Value);
        NumberChange worst = result.Changes.Single(change => change is { Id: "mixed-search", Subject: "hit-at-1/worst share" });
        Assert.Equal(result.Corrected.MixedSearch!.WorstShareHitAt1.Value, worst.After.Value);
        // The means are what a gap does to mixed search.
        Assert.True(worst.Difference.Low > 0, worst.ToString());
    }

    [Fact]
    public void AlongGap_WithoutAShift_IsTheRowsAsTheyAre()
    {
        EvaluationResult result = Run(Captioned(), Task(), new EvaluationOptions { TextsPerItem = 2, Sweep = true });
        ShiftPoint still = result.AlongGap.Single(point => point.Shift == 0);

        Assert.Equal(result.Raw.MixedSearch!.WorstShareHitAt1.Value, still.Numbers.First(number => number.Key == "mixed-search/hit-at-1/worst share").Estimate!.Value, 12);
        Assert.Equal(result.Raw.Clustering[2].VMeasure.Value, still.Numbers.Single(number => number.Key == "v-measure/pooled").Estimate!.Value);
        Assert.Equal(
            result.Raw.Robustness.First(row => row is { Disturbance: "noise-0.022", Direction: "image-to-text" }).Unchanged.Value,
            still.Numbers.Single(number => number.Key == "nearest-unchanged/noise-0.022/image-to-text").Estimate!.Value);
        foreach (GroupRow row in result.Raw.Groups!.Groups)
        {
            GroupRow same = still.Groups!.Single(other => other.Name == row.Name);
            Assert.Equal(row.Rates.Append(row.Accuracy!), same.Rates.Append(same.Accuracy!));
        }
        Assert.Equal(result.Raw.ZeroShot!.Top1.Value, result.Sweeps[2].Choice!.Unchanged.Value);
        Assert.Equal(result.Sweeps[0].Gap, still.SignedDistance, 9);
        Assert.True(result.AlongGap[0].SignedDistance > still.SignedDistance);
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameBits()
    {
        string Text(int threads, long seed = 1) =>
            EvaluationJson.ToText(Run(Captioned(), Task(), new EvaluationOptions { TextsPerItem = 2, Sweep = true, Threads = threads, Seed = seed }));

        string one = Text(1);

        Assert.Equal(one, Text(3));
        Assert.NotEqual(one, Text(1, 2));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(one));
        Assert.Equal(one, EvaluationJson.ToText(EvaluationJson.Read(stream)));
        Assert.DoesNotContain("NaN", one, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutLabels_SaysWhatIsMissingAndWhy()
    {
        EvaluationResult result = Run(AnalysisSamples.Pair(30, 8), new EvaluationTask(), new EvaluationOptions());

        Assert.Equal(["mixed-search", "zero-shot", "groups", "clustering"], result.Missing.Select(part => part.Part));
        Assert.Contains("--labels", result.Missing[1].Reason, StringComparison.Ordinal);
        Assert.Null(result.Raw.ZeroShot);
        Assert.Empty(result.Changes);
    }

    [Fact]
    public void Run_WithAThirdModality_LetsItAsk()
    {
        EvaluationResult result = Run(AnalysisSamples.Modalities(40, 8, 3), new EvaluationTask(), new EvaluationOptions());

        Assert.Equal("sound", result.Query);
        Assert.Equal("sound", result.Raw.Fused!.Other);
    }

    [Fact]
    public void Run_WithPrompts_TakesThemAndNotesClassesWithoutRows()
    {
        EmbeddingSet[] sets = Captioned();
        EmbeddingSet prompts = sets[1].Select([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).WithNames(new RowNames
        {
            Labels = ["label 0", "label 0", "label 1", "label 1", "label 2", "label 2", "label 3", "label 3", "nobody", "nobody"],
        });

        EvaluationResult result = Run(sets, Task() with { Classes = prompts });

        Assert.Equal([2, 2, 2, 2, 2], result.Raw.ZeroShot!.Classes.Select(entry => entry.Prompts));
        Assert.Contains("10 prompts of 5 classes", result.ClassTexts, StringComparison.Ordinal);
        Assert.Contains(result.Findings, finding => finding.Id == "classes-without-rows");
        Assert.DoesNotContain(result.Findings, finding => finding.Id == "classes-from-own-texts");
    }

    [Fact]
    public void Run_OfOneRowPerGroup_NotesIt()
    {
        EvaluationResult result = Run(Captioned(), Task() with { Groups = new RowWords("groups.txt", [.. Labels.Select((_, i) => i == 7 ? "alone" : i % 2 == 0 ? "even" : "odd")]) });

        Assert.Contains(result.Findings, finding => finding.Id == "group-of-one" && finding.Message.Contains("\"alone\"", StringComparison.Ordinal));
        Assert.Null(result.Raw.Groups!.Groups.Single(row => row.Name == "alone").Accuracy!.Low);
    }

    [Fact]
    public void Run_OfWhatDoesNotFit_NamesFileFaultAndWayOut()
    {
        EmbeddingSet[] sets = Captioned();
        Refuses(Task() with { Labels = new RowWords("labels.txt", ["a", "b"]) }, "labels.txt: it holds 2 labels", "60 rows");
        Refuses(Task() with { Labels = new RowWords("labels.txt", [.. Enumerable.Repeat("a", Items)]) }, "labels.txt: all its labels are the same");
        Refuses(Task() with { Groups = new RowWords("groups.txt", ["a"]) }, "groups.txt: it holds 1 groups");
        Refuses(Task() with { Groups = null }, "class sets were given without groups", "--groups");
        Refuses(new EvaluationTask { Groups = Task().Groups }, "its rows have no labels", "--labels");
        Refuses(Task() with { ClassSets = [new ClassSet("crime", ["thief"])] }, "names \"thief\"", "none of the 4 classes");
        Refuses(Task() with { Classes = sets[1].Select([0, 1]) }, "neither labels nor ids", "--class-names");
        EmbeddingSet named = sets[1].Select([0, 1]).WithNames(new RowNames { Labels = ["x", "y"] });
        Refuses(Task() with { Classes = named, ClassSets = [] }, "labels.txt: 4 of its labels name no class that has a text: \"label 0\"");
        EmbeddingSet other = Rows.Set(Modality.Text, [[1, 0], [0, 1]]).WithNames(new RowNames { Labels = ["label 0", "label 1"] });
        Refuses(Task() with { Classes = other }, "have 2 dimensions, image rows 8");
        Refuses(Task() with { Correction = new MeanRemoval().Fit(CorrectionSample.Of(Rows.Cones(30, 5, 1))) }, "takes 5", "another model");
        FittedCorrection sound = new MeanRemoval().Fit(CorrectionSample.Of(PairedEmbeddings.ByRow(
            Rows.Unit(new Modality("sound"), Rows.All(Rows.Cones(30, 8, 1).First)), Rows.Cones(30, 8, 1).Second)));
        Refuses(Task() with { Correction = sound }, "knows no image documents", "--modalities");
        Assert.Throws<ArgumentException>(() => Run(sets, Task(), new EvaluationOptions { TextsPerItem = 2, Shift = "none" }));
    }

    [Fact]
    public void PartsOf_Always_NamesWhatWouldRun()
    {
        IReadOnlyList<string> parts = GapEvaluation.PartsOf(Captioned(), Task(), new EvaluationOptions { TextsPerItem = 2, Sweep = true });

        Assert.Contains("mixed and fused search by text", parts);
        Assert.Contains("2 groups", parts);
        Assert.Contains("shifts along the gap (both)", parts);
    }

    // Skipped rows take their labels and groups with them.
    [Fact]
    public void Run_WithASkippedRow_KeepsLabelsBesideTheirRows()
    {
        EmbeddingSet[] sets = Captioned();
        float[] values = [.. sets[0].Values];
        Array.Clear(values, 5 * 8, 8);
        EmbeddingSet[] faulty = [new EmbeddingSet(Modality.Image, values, 8), sets[1]];

        EvaluationResult result = Run(faulty, Task(), new EvaluationOptions { TextsPerItem = 2, SkipInvalid = true });

        Assert.Equal([("label 0", 15), ("label 1", 14), ("label 2", 15), ("label 3", 15)], result.Raw.ZeroShot!.Classes.Select(entry => (entry.Name, entry.Images)));
        Assert.Equal([("even", 30), ("odd", 29)], result.Raw.Groups!.Groups.Select(row => (row.Name, row.Images)));
    }

    [Fact]
    public void Run_WithACorrectionOfScores_ServesThemInMixedSearchOnly()
    {
        EmbeddingSet[] sets = Captioned();
        FittedCorrection rows = Fit(sets);
        PairedEmbeddings single = Alignment.Of(sets, textsPerItem: 2).Pair(0, 1).OneToOne();
        UnitEmbeddings images = rows.ApplyToFirst(single.First), texts = rows.ApplyToSecond(single.Second);
        int[] own = [.. Enumerable.Range(0, Items)], next = [.. own.Select(item => (item + 1) % Items)];
        FittedCorrection scored = rows.With(
            CorrectionCatalog.OfScores.First(correction => correction.Info.Id == "score-standardisation").Fit(new ScoreSample(texts, images, texts, own, next)));

        EvaluationResult without = Run(sets, Task() with { Correction = rows }), with = Run(sets, Task() with { Correction = scored });

        Assert.Contains(with.Findings, finding => finding.Id == "scores-in-mixed-search-only");
        Assert.Equal(without.Corrected!.ZeroShot!.Top1, with.Corrected!.ZeroShot!.Top1);
        Assert.Equal(without.Corrected.MixedSearch!.Raw[0].HitAt1, with.Corrected.MixedSearch!.Raw[0].HitAt1);
        Assert.NotEqual(without.Corrected.MixedSearch.Raw[2].HitAt1, with.Corrected.MixedSearch.Raw[2].HitAt1);
    }

    private static void Refuses(EvaluationTask task, params string[] words)
    {
        string message = Assert.Throws<EmbeddingDataException>(() => Run(Captioned(), task)).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    private static EvaluationTask Task() => new()
    {
        Labels = new RowWords("labels.txt", Labels),
        Groups = new RowWords("groups.txt", [.. Labels.Select((_, i) => i % 2 == 0 ? "even" : "odd")]),
        ClassSets = [new ClassSet("low", ["label 0", "label 1"]), new ClassSet("high", ["label 3"])],
    };

    private static EvaluationResult Run(EmbeddingSet[] sets, EvaluationTask task, EvaluationOptions? options = null) =>
        GapEvaluation.Run(sets, task, options ?? new EvaluationOptions { TextsPerItem = 2 }, cancellation: TestContext.Current.CancellationToken);

    private static FittedCorrection Fit(EmbeddingSet[] sets)
    {
        Alignment alignment = Alignment.Of(sets, textsPerItem: 2);
        return new MeanRemoval().Fit(CorrectionSample.Of(alignment.Pair(0, 1)));
    }

    /// <summary>An image and two texts per item around what its label and the item share.</summary>
    private static EmbeddingSet[] Captioned()
    {
        RandomStream random = new(101);
        double[][] meanings = [.. Enumerable.Range(0, 4).Select(_ => Rows.Unit(Rows.Gaussian(random, 8)))];
        double[] ofImages = Rows.Unit(Rows.Gaussian(random, 8)), ofTexts = Rows.Unit(Rows.Gaussian(random, 8));
        List<double[]> images = [], texts = [];
        for (int i = 0; i < Items; i++)
        {
            double[] item = Rows.Plus(Rows.Unit(Rows.Gaussian(random, 8)), meanings[i % 4], 0.7);
            images.Add(Noisy(item, ofImages));
            texts.Add(Noisy(item, ofTexts));
            texts.Add(Noisy(item, ofTexts));
        }
        return [Rows.Set(Modality.Image, images), Rows.Set(Modality.Text, texts)];

        double[] Noisy(double[] item, double[] axis) => Rows.Plus(Rows.Plus(item, axis), Rows.Gaussian(random, 8), 0.15);
    }
}
