using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class MixedSearchTests
{
    [Theory]
    [InlineData("cosine")]
    [InlineData("first")]
    [InlineData("second")]
    public void Evaluate_AgainstSortingEveryGallery_Agrees(string order)
    {
        PairedEmbeddings pairs = Rows.Cones(27, 9, 51, axis: 0.6);
        RowMatrix queries = Rows.Matrix(Rows.Cones(27, 9, 51, axis: 0.9).Second);
        AssertAgree(queries, Rows.Matrix(pairs.First), Rows.Matrix(pairs.Second), order);
    }

    [Fact]
    public void Evaluate_OfFewerThanTenItems_TakesWhatThereIs()
    {
        PairedEmbeddings pairs = Rows.Cones(4, 5, 52);
        AssertAgree(Rows.Matrix(pairs.Second), Rows.Matrix(pairs.First), Rows.Matrix(pairs.Second), "cosine");
    }

    [Fact]
    public void Evaluate_WithManyEqualScores_CountsTiesAgainstTheQuery()
    {
        // 130 items but three directions: the lists of best documents end in the middle of equal scores.
        RandomStream random = new(53);
        double[][] axes = [[1, 0, 0], [0, 1, 0], [0.6, 0.8, 0]];
        double[][] Draw() => [.. Enumerable.Range(0, 130).Select(_ => axes[random.NextIndex(3)])];
        PairedEmbeddings pairs = Rows.Pair(Draw(), Draw());
        AssertAgree(Rows.Matrix(Rows.Unit(Modality.Text, Draw())), Rows.Matrix(pairs.First), Rows.Matrix(pairs.Second), "cosine");
    }

    [Fact]
    public void Evaluate_WhereOneListEndsAmongEqualScores_KeepsTheOrderOfItems()
    {
        // The second modality's best are few, the first modality has 150 documents of the very same score as the next of the second.
        const int n = 400;
        double[] high = [1, 0, 0], tie = [0.8, 0.6, 0], low = [0, 0, 1];
        double[][] first = [.. Enumerable.Range(0, n).Select(i => i >= 150 ? tie : low)];
        double[][] second = [.. Enumerable.Range(0, n).Select(i => i % 97 == 3 ? high : i > 330 ? tie : low)];
        AssertAgree(
            Rows.Matrix(Rows.Unit(Modality.Text, Enumerable.Repeat(high, n))),
            Rows.Matrix(Rows.Unit(Modality.Image, first)),
            Rows.Matrix(Rows.Unit(Modality.Text, second)),
            "cosine",
            queriesToCheck: 3);
    }

    [Fact]
    public void Galleries_OfEveryShare_HoldAsManyOfTheFirstAsTheyShould()
    {
        foreach (double share in MixedSearch.Shares)
        {
            MixedGallery[] galleries = MixedGallery.Draw(130, share, 100, new RandomStream(1));
            Assert.Equal(share is 0 or 1 ? 1 : 100, galleries.Length);
            Assert.All(galleries, gallery => Assert.Equal((int)Math.Floor(share * 130 + 0.5), Enumerable.Range(0, 130).Count(gallery.IsFirst)));
        }
        MixedGallery[] half = MixedGallery.Draw(130, 0.5, 100, new RandomStream(1));
        int[] often = [.. Enumerable.Range(0, 130).Select(item => half.Count(gallery => gallery.IsFirst(item)))];
        Assert.InRange(often.Min(), 25, 50);
        Assert.InRange(often.Max(), 50, 75);
    }

    [Fact]
    public void Table_FromHandMadeArms_NamesTheWorstShareAndTheLoss()
    {
        double[][] hits = [[1, 1, 0, 1], [0, 0, 0, 1], [1, 0, 0, 1], [1, 1, 0, 1], [1, 1, 1, 1]];
        var arm = new MixedSearch.Arm(hits, hits, hits, hits, hits);
        MixedSearchTable table = MixedSearch.Tabulate(new MixedSearch.Arms(arm, arm, arm), "query", "image", "text", new RandomStream(1));
        Assert.Equal(0.25, table.WorstShare);
        Assert.Equal(0.25, table.WorstShareHitAt1.Value);
        // At r = 0.25: 0.25 * 1 + 0.75 * 0.75 - 0.25.
        Tolerance.Float64.Check(0.5625, table.LossFromMixing.Value, "loss from mixing");
        Assert.True(table.LossFromMixing.Low <= 0.5625 && 0.5625 <= table.LossFromMixing.High);
        Assert.Equal([0.75, 0.25, 0.5, 0.75, 1], table.Raw.Select(row => row.HitAt1.Value));
    }

    [Fact]
    public void Within_WithSeveralTexts_AsksWithTheSecondOneOfAnItem()
    {
        PairedEmbeddings pairs = Rows.Captioned(20, 6, 54, 2, 1, 3);
        MixedQueries queries = MixedQueries.Within(pairs)!;
        int[] several = [.. Enumerable.Range(0, 20).Where(item => item % 3 != 1)];
        Assert.Equal(several.Length, queries.Queries.Rows);
        for (int k = 0; k < several.Length; k++)
        {
            IReadOnlyList<int> rows = pairs.RowsOfSecond[several[k]];
            Assert.Equal(pairs.Second.Row(rows[1]).ToArray(), queries.Queries.Row(k).ToArray());
            Assert.Equal(pairs.Second.Row(rows[0]).ToArray(), queries.Second.Row(k).ToArray());
            Assert.Equal(pairs.First.Row(several[k]).ToArray(), queries.First.Row(k).ToArray());
        }
        Assert.Null(MixedQueries.Within(Rows.Cones(20, 6, 55)));
    }

    private static void AssertAgree(RowMatrix queries, RowMatrix first, RowMatrix second, string order, int? queriesToCheck = null)
    {
        MixedSearch.Arms arms = MixedSearch.Evaluate(queries, first, second, new RandomStream(8), new WorkContext(2));
        MixedHits hits = MixedHits.Evaluate(queries, first, second, new RandomStream(8), new WorkContext(2));
        MixedSearch.Arm arm = order switch { "first" => arms.FirstFirst, "second" => arms.SecondFirst, _ => arms.Raw };
        if (queriesToCheck is null)
        {
            double[][][] expected = SlowMixedSearch.Evaluate(queries, first, second, new RandomStream(8), order);
            for (int share = 0; share < expected.Length; share++)
                for (int i = 0; i < queries.Rows; i++)
                    Check(share, i, expected[share][i]);
            return;
        }
        for (int share = 0; share < MixedSearch.Shares.Length; share++)
        {
            MixedGallery[] galleries = MixedGallery.Draw(queries.Rows, MixedSearch.Shares[share], MixedSearch.Galleries, new RandomStream(8));
            for (int i = 0; i < queries.Rows; i += queries.Rows / queriesToCheck.Value)
            {
                double[][] all = [.. galleries.Select(gallery => SlowMixedSearch.Query(queries, first, second, gallery, i, order))];
                Check(share, i, [.. Enumerable.Range(0, 5).Select(k => all.Average(numbers => numbers[k]))]);
            }
        }

        void Check(int share, int i, double[] expected)
        {
            string what = $"{order}, share {MixedSearch.Shares[share]}, query {i}";
            Tolerance.Float64.Check(
                expected,
                [arm.HitAt1[share][i], arm.HitAt10[share][i], arm.ReciprocalRank[share][i], arm.Ndcg[share][i], arm.FirstShare[share][i]],
                what);
            if (order == "cosine")
                Tolerance.Float64.Check([expected[0], expected[3]], [hits.HitAt1[share][i], hits.Ndcg[share][i]], "counted side by side, " + what);
        }
    }
}
