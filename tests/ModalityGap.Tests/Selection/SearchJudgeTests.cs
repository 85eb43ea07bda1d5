using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Selection;

public sealed class SearchJudgeTests
{
    private static readonly WorkContext Work = new(2);

    [Fact]
    public void Judge_WithoutACorrection_FindsWhatMixedSearchFinds()
    {
        SearchProblem problem = SelectionSamples.Make(60, 21, gap: 0.8);

        SearchOutcome outcome = SearchJudge.Judge(null, problem, new RandomStream(1), Work);

        MixedSearch.Arm expected = MixedSearch.Evaluate(
            Rows.Matrix(problem.Asking!), Rows.Matrix(problem.First), Rows.Matrix(problem.Second), new RandomStream(1), Work).Raw;
        Assert.All(expected.HitAt1.Zip(outcome.Mixed!.HitAt1), share => Tolerance.Float64.Check(share.First, share.Second, "hit@1"));
        Assert.All(expected.Ndcg.Zip(outcome.Mixed.Ndcg), share => Tolerance.Float64.Check(share.First, share.Second, "NDCG@10"));
        // With documents of one modality only, mixed search is a plain one by the rows that ask.
        PlainSearch images = outcome.Plain[1];
        Assert.Equal(("text", "image"), (images.Query, images.Documents));
        Assert.Equal(expected.HitAt1[^1], Retrieval.Hits(images.Ranks, 1));
    }

    [Fact]
    public void Judge_OfPlainAndPooledSearch_AgreesWithTheSlowTwin()
    {
        SearchProblem problem = SelectionSamples.Make(50, 22, gap: 0.5) with { Asking = null };
        FittedCorrection fitted = new MeanRemoval().Fit(problem.Sample(1, Work));
        double[][] first = Rows.All(fitted.ApplyToFirst(problem.First)), second = Rows.All(fitted.ApplyToSecond(problem.Second));

        SearchOutcome outcome = SearchJudge.Judge(fitted, problem, new RandomStream(1), Work);

        Assert.Null(outcome.Mixed);
        Check(outcome.Plain[0], first, second);
        Check(outcome.Plain[1], second, first);
    }

    [Fact]
    public void Judge_WithACorrectionOfScores_RanksByBakedRows()
    {
        SearchProblem problem = SelectionSamples.Make(60, 23, d: 8, gap: 0.8, foreign: 1.2);
        FittedCorrection fitted = new CandidateFitting(problem, 1, Work).Fit(new Candidate("both", new MeanRemoval(), new ScoreStandardisation()))!;
        double[][] queries = Rows.All(fitted.Apply(RowRole.Queries(Modality.Text), problem.Asking!));
        double[][] first = Rows.All(fitted.ApplyToFirst(problem.First)), second = Rows.All(fitted.ApplyToSecond(problem.Second));
        FittedScores scores = fitted.Scores!;

        SearchOutcome outcome = SearchJudge.Judge(fitted, problem, new RandomStream(1), Work);

        // At a share of 0.5 a query's hit is the mean over galleries; those without a rival above in either modality always hit.
        int certain = 0;
        for (int i = 0; i < problem.Items; i++)
        {
            double ofFirst = Score(scores.First, queries[i], first[i]), ofSecond = Score(scores.Second, queries[i], second[i]);
            double rival = Enumerable.Range(0, problem.Items).Where(j => j != i).Max(
                j => Math.Max(Score(scores.First, queries[i], first[j]), Score(scores.Second, queries[i], second[j])));
            if (Math.Min(ofFirst, ofSecond) > rival + 1e-4)
            {
                certain++;
                Assert.Equal(1, outcome.Mixed!.HitAt1[2][i], 9);
            }
            else if (Math.Min(ofFirst, ofSecond) < rival - 1e-4)
            {
                Assert.True(outcome.Mixed!.HitAt1[2][i] < 1);
            }
        }
        Assert.InRange(certain, 3, 57);

        static double Score(ScoreScale scale, double[] query, double[] document) => scale.Scale * SlowScores.Dot(query, document) + scale.Shift;
    }

    [Fact]
    public void Within_TakesTheSecondRowAsTheQuery()
    {
        PairedEmbeddings pairs = Rows.Captioned(30, 8, 24, 2, 1, 3);

        SearchProblem problem = SearchProblem.Within(pairs);

        Assert.Equal(20, problem.Items);
        Assert.Equal(pairs.Second.Row(pairs.RowsOfSecond[2][1]).ToArray(), problem.Asking!.Row(1).ToArray());
        Assert.Equal(pairs.Second.Row(pairs.RowsOfSecond[2][0]).ToArray(), problem.Second.Row(1).ToArray());
        Assert.Null(SearchProblem.Within(Rows.Cones(30, 8, 25)).Asking);
    }

    private static void Check(PlainSearch search, double[][] queries, double[][] documents)
    {
        for (int i = 0; i < queries.Length; i++)
        {
            double own = SlowScores.Dot(queries[i], documents[i]);
            int plain = 1 + documents.Where((document, j) => j != i && SlowScores.Dot(queries[i], document) >= own).Count();
            int pooled = plain + queries.Where((document, j) => j != i && SlowScores.Dot(queries[i], document) >= own).Count();
            Assert.Equal((plain, pooled), ((int)search.Ranks[i], (int)search.Pooled![i]));
        }
    }
}
