using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Evaluation;

public sealed class ShiftSweepTests
{
    private static readonly WorkContext Work = new(2);

    [Fact]
    public void Choice_ByHand_IsMadeOnTheOtherHalf()
    {
        // At 0 nobody is right, at 1 everybody, at -1 half of them.
        double[][] hits = [[.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1.0 : 0)], new double[40], [.. Enumerable.Repeat(1.0, 40)]];

        SweepChoice choice = SweepChoice.Of([-1, 0, 1], hits, "images", new RandomStream(1));

        Assert.Equal([1, 1], choice.ChosenOnHalves);
        Assert.Equal((0, 1, 1), (choice.Unchanged.Value, choice.HeldOut.Value, choice.OnTestSet.Value));
        Assert.Equal(1, choice.ChosenOnTestSet);
        Tolerance.Float64.Check(2 * Math.Pow(0.5, 40), choice.HeldOutTest.Value, "McNemar");
        Assert.Equal([0.5, 0, 1], choice.Curve.Select(point => point.Value));
    }

    [Fact]
    public void Choice_WhereNothingHelps_KeepsTheDataAsItIs()
    {
        double[] same = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? 1.0 : 0)];

        SweepChoice choice = SweepChoice.Of([-0.5, 0, 0.5], [same, same, same], "images", new RandomStream(1));

        Assert.Equal((0, 1, 1), (choice.ChosenOnTestSet, choice.HeldOutTest.Value, choice.OnTestSetIndependentTest.Value));
    }

    /// <summary>Coins at every setting: the best on the test set is above a half by the choice alone, the held-out one is not.</summary>
    [Fact]
    public void Choice_AmongCoins_FlattersOnTheTestSetOnly()
    {
        RandomStream random = new(91);
        double heldOut = 0, onTestSet = 0;
        double[] settings = [.. Enumerable.Range(-10, 21).Select(k => (double)k)];
        for (int trial = 0; trial < 20; trial++)
        {
            double[][] hits = [.. settings.Select(_ => Enumerable.Range(0, 200).Select(_ => (double)random.NextIndex(2)).ToArray())];
            SweepChoice choice = SweepChoice.Of(settings, hits, "images", random.Fork("trial", trial));
            heldOut += choice.HeldOut.Value / 20;
            onTestSet += choice.OnTestSet.Value / 20;
        }
        // 4,000 coins: standard error 0.008.
        Assert.InRange(heldOut, 0.47, 0.53);
        Assert.InRange(onTestSet, 0.55, 0.60);
    }

    [Theory]
    [InlineData("both")]
    [InlineData("first-only")]
    [InlineData("second-only")]
    public void ZeroShot_AtEveryShift_IsThatOfMovedRows(string id)
    {
        PairedEmbeddings pairs = Rows.Cones(60, 12, 92);
        ClassTexts classes = ClassTexts.Of(pairs.Second.Select([.. Enumerable.Range(0, 6)]), ["a", "b", "c", "d", "e", "f"]);
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 6)];
        ShiftConvention convention = ShiftConvention.All.Single(candidate => candidate.Id == id);

        (SweepResult result, int[][] predicted) = ShiftSweep.ZeroShot(pairs.First, classes, labels, convention, new RandomStream(1), Work)!.Value;

        double[] direction = GapAlong.Between(pairs.First, classes.Rows).Direction!;
        foreach (int k in (int[])[0, 30, 40, 55, 80])
        {
            ShiftAlongGap shift = convention.At(ShiftSweep.Grid[k]);
            UnitEmbeddings images = ShiftedRows.Of(pairs.First, direction, -shift.OfFirst), texts = ShiftedRows.Of(classes.Rows, direction, shift.OfSecond);
            int[] moved = RankedDocuments.Of(images, texts, labels, Work).Found[0];
            // Rows in float32 are rounded once more after the move.
            Assert.InRange(moved.Zip(predicted[k], (a, b) => a == b ? 0 : 1).Sum(), 0, 1);
            GapAlong left = GapAlong.Between(images, texts);
            Tolerance.Digits(5).Check(left.Length, Math.Abs(result.SignedDistances[k]), $"gap at {ShiftSweep.Grid[k]}");
        }
        Assert.Equal(0, ShiftSweep.Grid[40]);
        double[] counts = [.. Enumerable.Range(0, 6).Select(c => (double)predicted[30].Count(found => found == c)).Order()];
        Tolerance.Float64.Check(
            2 * counts.Select((count, r) => (r + 1) * count).Sum() / (6 * 60.0) - 7 / 6.0, result.PredictedGini![30], "Gini of the predictions");
        Assert.InRange(result.GiniCorrelation!.Estimate!.Value, -1, 1);
        Tolerance.Float64.Check(result.Gap, result.SignedDistances[40], "gap as it is");
        Assert.True(result.SignedDistances[20] > result.Gap && result.SignedDistances[80] < result.Gap);
    }

    [Fact]
    public void Retrieval_BackAndForth_AreTheSamePairsSwapped()
    {
        PairedEmbeddings pairs = Rows.Cones(50, 10, 93), swapped = PairedEmbeddings.ByRow(pairs.Second, pairs.First);
        ShiftConvention first = ShiftConvention.All[1], second = ShiftConvention.All[2];

        IReadOnlyList<SweepResult> forth = ShiftSweep.Retrieval(pairs, first, new RandomStream(1), Work);
        IReadOnlyList<SweepResult> back = ShiftSweep.Retrieval(swapped, second, new RandomStream(1), Work);

        Assert.Equal(["image-to-text", "text-to-image"], forth.Select(result => result.Subject));
        Assert.Equal(forth[0].Choice!.Curve.Select(point => point.Value), back[1].Choice!.Curve.Select(point => point.Value));
        Assert.Equal(forth[1].Choice!.Curve.Select(point => point.Value), back[0].Choice!.Curve.Select(point => point.Value));
    }

    [Fact]
    public void Sweep_OfTooFewUnitsOrWithoutAGap_SaysSo()
    {
        SweepResult few = ShiftSweep.Retrieval(Rows.Cones(19, 6, 94), ShiftConvention.All[0], new RandomStream(1), Work)[0];
        Assert.Contains("at least 20", few.Missing, StringComparison.Ordinal);
        Assert.Null(few.Choice);
        UnitEmbeddings rows = Rows.Cones(30, 6, 95).First;
        Assert.Empty(ShiftSweep.Retrieval(PairedEmbeddings.ByRow(rows, rows), ShiftConvention.All[0], new RandomStream(1), Work));
    }
}
