using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Evaluation;

/// <summary>The area under the ROC curve along the gap.</summary>
public sealed class AreaChoiceTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(0, 40).Select(i => i % 2)];

    [Fact]
    public void Of_ByHand_ChoosesTheSettingThatSeparates()
    {
        // At 1 every positive unit scores above every negative one, at -1 below, at 0 all are equal.
        double[][] scores = [[.. Labels.Select(label => -(double)label)], new double[40], [.. Labels.Select(label => (double)label)]];

        SweepChoice choice = AreaChoice.Of([-1, 0, 1], scores, Labels, new RandomStream(1));

        Assert.Equal([0, 0.5, 1], choice.Curve.Select(area => area.Value));
        Assert.Equal([1, 1], choice.ChosenOnHalves);
        Assert.Equal((0.5, 1, 1, 1), (choice.Unchanged.Value, choice.HeldOut.Value, choice.ChosenOnTestSet, choice.OnTestSet.Value));
        Assert.Equal((0.5, 0.5), (choice.HeldOutDifference.Value, choice.OnTestSetDifference.Value));
        // All units change by the same: no spread, and a difference.
        Assert.Equal((0, 0), (choice.HeldOutTest.Value, choice.OnTestSetTest.Value));
    }

    [Fact]
    public void Of_WhereNothingChanges_KeepsTheDataAsItIs()
    {
        double[] same = [.. Enumerable.Range(0, 40).Select(i => (double)(i * 7 % 13))];

        SweepChoice choice = AreaChoice.Of([-0.5, 0, 0.5], [same, same, same], Labels, new RandomStream(1));

        Assert.Equal((0, 1, 1, 1), (choice.ChosenOnTestSet, choice.HeldOutTest.Value, choice.OnTestSetTest.Value, choice.OnTestSetIndependentTest.Value));
        Assert.Equal([0, 0], choice.ChosenOnHalves);
    }

    /// <summary>DeLong's variance of a difference of two areas of the same units, from the covariances of their placements by double loops.</summary>
    [Fact]
    public void Of_DifferenceOnTheTestSet_IsDeLongs()
    {
        RandomStream random = new(7);
        double[] before = [.. Labels.Select(label => label + 2 * random.NextUniform())], after = [.. before.Select(score => score + random.NextUniform())];
        for (int i = 0; i < Labels.Length; i++)
            after[i] += 2 * Labels[i];

        SweepChoice choice = AreaChoice.Of([0, 1], [before, after], Labels, new RandomStream(1));

        double[][] positives = [SlowPlacements(before, 1), SlowPlacements(after, 1)], negatives = [SlowPlacements(before, 0), SlowPlacements(after, 0)];
        double variance = VarianceOfDifference(positives) / 20 + VarianceOfDifference(negatives) / 20;
        double difference = positives[1].Average() - positives[0].Average();
        Assert.True(difference > 0.05);
        Tolerance.Float64.Check(difference, choice.OnTestSetDifference.Value, "difference");
        Tolerance.Digits(10)
            .Check(2 * 1.959963984540054 * Math.Sqrt(variance), choice.OnTestSetDifference.High!.Value - choice.OnTestSetDifference.Low!.Value, "interval");
        Tolerance.Digits(10).Check(ChiSquared.UpperTail(difference * difference / variance, 1), choice.OnTestSetTest.Value, "p");
    }

    /// <summary>Coins at every setting: the best on the test set is above a half by the choice alone, the held-out one is not.</summary>
    [Fact]
    public void Of_AmongNoise_FlattersOnTheTestSetOnly()
    {
        RandomStream random = new(3);
        double[] settings = [.. Enumerable.Range(-10, 21).Select(k => (double)k)];
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 2)];
        double heldOut = 0, onTestSet = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            double[][] scores = [.. settings.Select(_ => labels.Select(_ => random.NextUniform()).ToArray())];
            SweepChoice choice = AreaChoice.Of(settings, scores, labels, random.Fork("trial", trial));
            heldOut += choice.HeldOut.Value / 20;
            onTestSet += choice.OnTestSet.Value / 20;
        }
        // The standard error of an area of 50 and 50 is 0.058, of the mean of 20 trials 0.013.
        Assert.InRange(heldOut, 0.46, 0.54);
        Assert.InRange(onTestSet, 0.58, 0.68);
    }

    [Theory]
    [InlineData("both")]
    [InlineData("first-only")]
    [InlineData("second-only")]
    public void Area_AtEveryShift_IsThatOfMovedRows(string id)
    {
        PairedEmbeddings pairs = Rows.Cones(60, 12, 95);
        ClassTexts classes = ClassTexts.Of(pairs.Second.Select([3, 8]), ["no", "yes"]);
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? 1 : 0)];
        ShiftConvention convention = ShiftConvention.All.Single(candidate => candidate.Id == id);

        SweepResult swept = ShiftSweep.Area(pairs.First, classes, labels, convention, new RandomStream(1), new WorkContext(2))!;

        double[] direction = GapAlong.Between(pairs.First, classes.Rows).Direction!;
        foreach (int k in (int[])[0, 30, 40, 55, 80])
        {
            ShiftAlongGap shift = convention.At(ShiftSweep.Grid[k]);
            UnitEmbeddings images = ShiftedRows.Of(pairs.First, direction, -shift.OfFirst), texts = ShiftedRows.Of(classes.Rows, direction, shift.OfSecond);
            double[] scores = [.. Enumerable.Range(0, 60).Select(i => Dot.Float64(images.Row(i), texts.Row(1)) - Dot.Float64(images.Row(i), texts.Row(0)))];
            // One pair of 20 x 40 may change places by the rounding of moved rows.
            Assert.InRange(swept.Choice!.Curve[k].Value - SlowArea(scores, labels), -2.0 / 800, 2.0 / 800);
        }
        Assert.Equal("roc-auc", swept.Number);
    }

    [Fact]
    public void Area_OfTooFewOfOneClass_SaysSo()
    {
        PairedEmbeddings pairs = Rows.Cones(30, 6, 96);
        ClassTexts classes = ClassTexts.Of(pairs.Second.Select([0, 1]), ["no", "yes"]);

        SweepResult swept = ShiftSweep.Area(
            pairs.First, classes, [.. Enumerable.Range(0, 30).Select(i => i < 9 ? 1 : 0)], ShiftConvention.All[0], new RandomStream(1), new WorkContext(1))!;

        Assert.Null(swept.Choice);
        Assert.Contains("at least 10", swept.Missing, StringComparison.Ordinal);
    }

    private static double SlowArea(double[] scores, int[] labels)
    {
        double above = 0, pairs = 0;
        for (int i = 0; i < scores.Length; i++)
            for (int j = 0; j < scores.Length; j++)
                if (labels[i] == 1 && labels[j] == 0)
                {
                    above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
        return above / pairs;
    }

    // Of each unit of a side the share of the other side that it stands right to.
    private static double[] SlowPlacements(double[] scores, int side) =>
    [
        .. Enumerable.Range(0, scores.Length).Where(i => Labels[i] == side).Select(i => Enumerable.Range(0, scores.Length).Where(j => Labels[j] != side)
            .Average(j => scores[i] == scores[j] ? 0.5 : scores[i] > scores[j] == (side == 1) ? 1.0 : 0)),
    ];

    private static double VarianceOfDifference(double[][] placements)
    {
        double Covariance(int a, int b) => placements[a].Zip(placements[b], (x, y) => (x - placements[a].Average()) * (y - placements[b].Average()))
            .Sum() / (placements[a].Length - 1);
        return Covariance(0, 0) + Covariance(1, 1) - 2 * Covariance(0, 1);
    }
}
