using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Selection;

public sealed class CrossFitTests
{
    private static readonly WorkContext Work = new(2);

    [Fact]
    public void Try_ACorrectionThatMemorises_ShowsNoGain()
    {
        PairedEmbeddings pairs = Rows.Cones(80, 12, 141);
        CorrectionTrial trial = Try(Memorise, pairs, 1)!;
        Assert.NotEmpty(trial.Rows);
        Assert.All(trial.Rows, row => Assert.Equal(0, row.Difference.Value));

        // On the rows that it was fitted on it would look perfect.
        PairedEmbeddings leaked = Memorise(pairs, pairs);
        Assert.Equal(1, Rows.Measure(leaked)["recall-at-1/image-to-text"].Estimate!.Value);
        Assert.True(trial.Rows.First(row => row.Id == "recall-at-1").After.Value < 0.95);
    }

    [Fact]
    public void Try_Always_FitsOnOneHalfAndAppliesToTheOther()
    {
        List<(HashSet<string> Learned, HashSet<string> Judged)> fits = [];
        Try(
            (learned, judged) =>
            {
                fits.Add(([.. Keys(learned.First)], [.. Keys(judged.First)]));
                return judged;
            },
            Rows.Cones(41, 6, 142),
            2);
        Assert.Equal(2, fits.Count);
        foreach ((HashSet<string> learned, HashSet<string> judged) in fits)
        {
            Assert.Empty(learned.Intersect(judged));
            Assert.Equal(41, learned.Count + judged.Count);
            Assert.InRange(judged.Count, 20, 21);
        }
    }

    [Fact]
    public void Try_TheIdentity_ChangesNothing()
    {
        CorrectionTrial trial = Try((_, judged) => judged, Rows.Captioned(40, 8, 143, 2), 3)!;
        Assert.Contains(trial.Rows, row => row.Id == "mixed-search");
        Assert.All(trial.Rows, row => Assert.Equal(0, row.Difference.Value));
        Assert.All(trial.Rows, row => Assert.Equal(row.Before.Value, row.After.Value));
    }

    [Fact]
    public void Try_MeanRemovalOnTheBuiltInSample_ImprovesMixedSearch()
    {
        Alignment alignment = Alignment.Of(BuiltInSample.Create());
        CorrectionTrial trial = CrossFit.Try(new MeanRemoval(), alignment.Pair(0, 1), new RandomStream(20220303), Work)!;
        TrialRow mixed = trial.Rows.First(row => row.Id == "mixed-search");
        Assert.True(mixed.Difference.Low > 0.02, mixed.ToString());
        TrialRow gap = trial.Rows.Single(row => row.Id == "gap-debiased");
        Assert.True(gap.Before.Value > 0.7 && gap.After.Value < 0.15, gap.ToString());
    }

    [Fact]
    public void Try_OfSwappedQueries_ComparesTheSameOnes()
    {
        // A correction that destroys: every row of the first modality becomes the same one.
        CorrectionTrial trial = Try(Destroy, Rows.Cones(60, 10, 144), 4)!;
        foreach (TrialRow row in trial.Rows.Where(row => row.Id is "recall-at-1" or "recall-at-10"))
        {
            Assert.Equal(TrialRows.Harm, row.Kind);
            Tolerance.Float64.Check(row.After.Value - row.Before.Value, row.Difference.Value, row.Label);
        }
        Assert.True(trial.Rows.First(row => row.Id == "recall-at-1").Difference.High < 0);
    }

    [Fact]
    public void Try_OfTooFewItemsOrAnImpossibleCorrection_GivesNothing()
    {
        Assert.Null(CrossFit.Try(new MeanRemoval(), Rows.Cones(19, 6, 145), new RandomStream(5), Work));
        Assert.NotNull(CrossFit.Try(new MeanRemoval(), Rows.Cones(20, 6, 145), new RandomStream(5), Work));
        double[][] same = [.. Enumerable.Repeat(new double[] { 1, 0 }, 30)];
        Assert.Null(CrossFit.Try(new MeanRemoval(), Rows.Pair(same, same), new RandomStream(5), Work));
    }

    private static string Key(ReadOnlySpan<float> row) => string.Join(' ', row.ToArray());

    private static IEnumerable<string> Keys(UnitEmbeddings rows) => Enumerable.Range(0, rows.Rows).Select(i => Key(rows.Row(i)));

    private static CorrectionTrial? Try(Func<PairedEmbeddings, PairedEmbeddings, PairedEmbeddings> correct, PairedEmbeddings pairs, long seed) =>
        CrossFit.Try("candidate", "made for a test", correct, pairs, new RandomStream(seed), Work);

    private static PairedEmbeddings Destroy(PairedEmbeddings learned, PairedEmbeddings judged) => PairedEmbeddings.ByRow(
        judged.First.WithVectors([.. Enumerable.Range(0, judged.First.Rows).SelectMany(_ => judged.First.Row(0).ToArray())]), judged.Second);

    /// <summary>Gives every row that was learned its partner's vector, and leaves all others alone.</summary>
    private static PairedEmbeddings Memorise(PairedEmbeddings learned, PairedEmbeddings judged)
    {
        Dictionary<string, float[]> partners = [];
        for (int i = 0; i < learned.First.Rows; i++)
            partners[Key(learned.First.Row(i))] = learned.Second.Row(i).ToArray();
        float[] Partner(int i) => partners.GetValueOrDefault(Key(judged.First.Row(i)), judged.First.Row(i).ToArray());
        return PairedEmbeddings.ByRow(judged.First.WithVectors([.. Enumerable.Range(0, judged.First.Rows).SelectMany(Partner)]), judged.Second);
    }
}
