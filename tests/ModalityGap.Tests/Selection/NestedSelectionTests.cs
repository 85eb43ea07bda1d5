using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Selection;

public sealed class NestedSelectionTests
{
    private static readonly WorkContext Work = new(2);

    [Fact]
    public void Run_WithoutAGap_DoesNothing()
    {
        NestedOutcome outcome = Run(SelectionSamples.Make(300, 11));

        Assert.Equal(Recommender.DoNothing, Id(outcome.Pick));
        Assert.False(outcome.Beats);
    }

    [Fact]
    public void Run_OnAPureGapBetweenMeans_RemovesTheMeans()
    {
        NestedOutcome outcome = Run(SelectionSamples.Make(300, 12, gap: 1.2));

        Assert.Equal("mean-removal", Id(outcome.Pick));
        Assert.All(outcome.Picks, pick => Assert.Equal("mean-removal", Id(pick)));
        Assert.True(outcome.Beats);
        Assert.True(outcome.Nested.Goal.Value > outcome.Numbers[0]!.Goal.Value + 0.1);
    }

    [Fact]
    public void Run_WithNoiseInFewDirections_WeighsDirections()
    {
        NestedOutcome outcome = Run(SelectionSamples.Make(400, 13, gap: 0.6, loud: 0.8));

        // Whitening lowers loud directions; canonical correlation leaves those out that pairs do not share.
        Assert.True(Id(outcome.Pick).StartsWith("whitening", StringComparison.Ordinal) || Id(outcome.Pick) == "cca", Id(outcome.Pick));
        Assert.True(outcome.Beats);
        Assert.True(Number(outcome, "whitening:3").Goal.Value > Number(outcome, "mean-removal").Goal.Value + 0.1);
    }

    // Scores of the first modality's documents are a third of the others', of right and of wrong ones: no mean of rows says so.
    [Fact]
    public void Run_WithScoresOfDifferentScale_StandardisesThem()
    {
        NestedOutcome outcome = Run(SelectionSamples.Make(300, 14, foreign: 3));

        Assert.Contains("standardisation", Id(outcome.Pick), StringComparison.Ordinal);
        Assert.True(outcome.Beats);
        Assert.True(Number(outcome, "score-standardisation").Loss!.Value < Number(outcome, "mean-removal").Loss!.Value);
    }

    [Fact]
    public void Run_Always_NeverPicksAPlacebo()
    {
        Candidate[] candidates = [Candidate.Nothing, .. CandidateList.Standard.Where(candidate => candidate.IsPlacebo)];

        Assert.True(candidates.Length > 3);
        foreach (double gap in (double[])[0, 1.2])
        {
            NestedOutcome outcome = Run(SelectionSamples.Make(120, 15, gap: gap), candidates);
            Assert.Equal(0, outcome.Pick);
            Assert.Equal([0, 0], outcome.Picks);
            Assert.False(outcome.Beats);
        }
    }

    /// <summary>
    /// Rows without a meaning: whatever is picked is picked by chance. The nested number must then beat doing nothing no more often than a
    /// one-sided 2.5 % test does. Of 40 runs more than 5 happen with probability 0.0002 even if every run had to choose.
    /// </summary>
    [Fact]
    public void Run_WithoutSignal_DoesNotBeatDoingNothing()
    {
        Candidate[] candidates =
        [
            Candidate.Nothing,
            .. CandidateList.Standard.Where(candidate => candidate.Id is "mean-removal" or "translation" or "whitening" or "score-standardisation"),
        ];
        int beats = 0;
        double difference = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            NestedOutcome outcome = Run(SelectionSamples.Make(80, 1000 + seed, d: 12, signal: 0), candidates, seed);
            beats += outcome.Beats ? 1 : 0;
            difference += outcome.Nested.Goal.Less(outcome.Numbers[0]!.Goal).Value / 40;
        }
        Assert.InRange(beats, 0, 5);
        Assert.InRange(difference, -0.01, 0.01);
    }

    // Memorises what it saw: on those items it would be perfect, on others it does nothing.
    [Fact]
    public void Run_Always_JudgesOnItemsThatWereNotFitted()
    {
        List<(HashSet<string> Learned, int Count)> fits = [];
        var spy = new Candidate("spy", new Spy(rows => fits.Add(([.. Keys(rows)], rows.Rows))), null);
        SearchProblem problem = SelectionSamples.Make(101, 16);

        Run(problem, [Candidate.Nothing, spy]);

        // Two outer fits, and two inner ones in each outer training part.
        Assert.Equal(6, fits.Count);
        HashSet<string> a = fits[0].Learned, b = fits[1].Learned;
        Assert.Empty(a.Intersect(b));
        Assert.Equal(101, a.Count + b.Count);
        foreach ((HashSet<string> learned, int count) in fits[2..])
        {
            Assert.True(learned.IsSubsetOf(a) || learned.IsSubsetOf(b));
            Assert.InRange(count, 25, 26);
        }
    }

    [Fact]
    public void Run_WithAnyNumberOfThreads_GivesTheSameBits()
    {
        SearchProblem problem = SelectionSamples.Make(90, 17, gap: 0.8);
        NestedOutcome one = Run(problem, threads: 1), three = Run(problem, threads: 3);

        for (int k = 0; k < one.Numbers.Count; k++)
            Assert.Equal(one.Numbers[k]?.Goal.Replicates, three.Numbers[k]?.Goal.Replicates);
        Assert.Equal(one.Nested.Goal.Replicates, three.Nested.Goal.Replicates);
    }

    private static string Id(int index) => CandidateList.Standard[index].Id;

    private static SearchNumbers Number(NestedOutcome outcome, string id) =>
        outcome.Numbers[CandidateList.Standard.ToList().FindIndex(candidate => candidate.Id == id)]!;

    private static NestedOutcome Run(SearchProblem problem, IReadOnlyList<Candidate>? candidates = null, long seed = 1, int threads = 2) =>
        new NestedSelection(candidates ?? CandidateList.Standard, seed, threads == 2 ? Work : new WorkContext(threads)).Run(problem, new RandomStream(seed));

    private static IEnumerable<string> Keys(UnitEmbeddings rows) => Enumerable.Range(0, rows.Rows).Select(i => string.Join(' ', rows.Row(i).ToArray()));

    private sealed class Spy(Action<UnitEmbeddings> look) : ICorrection
    {
        public CorrectionInfo Info { get; } = new()
        {
            Id = "spy",
            Name = "Spy",
            Description = "look",
            Formula = "x' = x",
            Deployment = "None.",
            Reference = "None",
        };

        public IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>();

        public FittedCorrection Fit(CorrectionSample sample)
        {
            look(sample.First);
            return sample.Unchanged();
        }
    }
}
