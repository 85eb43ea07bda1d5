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
        var memory = new Memorising();
        CorrectionTrial trial = CrossFit.Try(memory, pairs, new RandomStream(1), Work)!;
        Assert.NotEmpty(trial.Rows);
        Assert.All(trial.Rows, row => Assert.Equal(0, row.Difference.Value));

        // On the rows that it was fitted on it would look perfect.
        IFittedCorrection fitted = memory.Fit(pairs.First, pairs.Second);
        PairedEmbeddings leaked = PairedEmbeddings.ByRow(fitted.ApplyToFirst(pairs.First), fitted.ApplyToSecond(pairs.Second));
        Assert.Equal(1, Rows.Measure(leaked)["recall-at-1/image-to-text"].Estimate!.Value);
        Assert.True(trial.Rows.First(row => row.Id == "recall-at-1").After.Value < 0.95);
    }

    [Fact]
    public void Try_Always_FitsOnOneHalfAndAppliesToTheOther()
    {
        var spy = new Spy();
        CrossFit.Try(spy, Rows.Cones(41, 6, 142), new RandomStream(2), Work);
        Assert.Equal(2, spy.Fits.Count);
        foreach ((HashSet<string> learned, HashSet<string> judged) in spy.Fits)
        {
            Assert.Empty(learned.Intersect(judged));
            Assert.Equal(41, learned.Count + judged.Count);
            Assert.InRange(judged.Count, 20, 21);
        }
    }

    [Fact]
    public void Try_TheIdentity_ChangesNothing()
    {
        CorrectionTrial trial = CrossFit.Try(new Identity(), Rows.Captioned(40, 8, 143, 2), new RandomStream(3), Work)!;
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
        CorrectionTrial trial = CrossFit.Try(new Destroying(), Rows.Cones(60, 10, 144), new RandomStream(4), Work)!;
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
        Assert.Null(CrossFit.Try(new Identity(), Rows.Cones(19, 6, 145), new RandomStream(5), Work));
        Assert.NotNull(CrossFit.Try(new Identity(), Rows.Cones(20, 6, 145), new RandomStream(5), Work));
        double[][] same = [.. Enumerable.Repeat(new double[] { 1, 0 }, 30)];
        Assert.Null(CrossFit.Try(new MeanRemoval(), Rows.Pair(same, same), new RandomStream(5), Work));
    }

    private static string Key(ReadOnlySpan<float> row) => string.Join(' ', row.ToArray());

    private static IEnumerable<string> Keys(UnitEmbeddings rows) => Enumerable.Range(0, rows.Rows).Select(i => Key(rows.Row(i)));

    private abstract class Candidate : ICorrection, IFittedCorrection
    {
        public string Id => "candidate";

        public string Description => "made for a test";

        public virtual IFittedCorrection Fit(UnitEmbeddings first, UnitEmbeddings second) => this;

        public virtual UnitEmbeddings ApplyToFirst(UnitEmbeddings rows) => rows;

        public virtual UnitEmbeddings ApplyToSecond(UnitEmbeddings rows) => rows;
    }

    private sealed class Identity : Candidate;

    private sealed class Destroying : Candidate
    {
        public override UnitEmbeddings ApplyToFirst(UnitEmbeddings rows) =>
            rows.WithVectors([.. Enumerable.Range(0, rows.Rows).SelectMany(_ => rows.Row(0).ToArray())]);
    }

    /// <summary>Gives every row that it was fitted on its partner's vector, and leaves all others alone.</summary>
    private sealed class Memorising : Candidate
    {
        public override IFittedCorrection Fit(UnitEmbeddings first, UnitEmbeddings second)
        {
            Dictionary<string, float[]> partners = [];
            for (int i = 0; i < first.Rows; i++)
                partners[Key(first.Row(i))] = second.Row(i).ToArray();
            return new Fitted(partners);
        }

        private sealed class Fitted(Dictionary<string, float[]> partners) : IFittedCorrection
        {
            public UnitEmbeddings ApplyToFirst(UnitEmbeddings rows) => rows.WithVectors(
                [.. Enumerable.Range(0, rows.Rows).SelectMany(i => partners.GetValueOrDefault(Key(rows.Row(i)), rows.Row(i).ToArray()))]);

            public UnitEmbeddings ApplyToSecond(UnitEmbeddings rows) => rows;
        }
    }

    private sealed class Spy : Candidate
    {
        public List<(HashSet<string> Learned, HashSet<string> Judged)> Fits { get; } = [];

        public override IFittedCorrection Fit(UnitEmbeddings first, UnitEmbeddings second)
        {
            Fits.Add(([.. Keys(first)], []));
            return this;
        }

        public override UnitEmbeddings ApplyToFirst(UnitEmbeddings rows)
        {
            Fits[^1].Judged.UnionWith(Keys(rows));
            return rows;
        }
    }
}
