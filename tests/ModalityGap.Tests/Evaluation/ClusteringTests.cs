using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Evaluation;

public sealed class ClusteringTests
{
    private static readonly WorkContext Work = new(2);

    /// <summary>
    /// Golden values of scikit-learn 1.2.1: homogeneity_score, completeness_score, v_measure_score, adjusted_rand_score and
    /// normalized_mutual_info_score(average_method="geometric") of t and p.
    /// </summary>
    [Fact]
    public void Agreement_AgainstScikitLearn_IsTheSame()
    {
        // t = [0,0,0,1,1,1,2,2,2,2]; p = [0,0,1,1,1,2,2,2,2,0]
        Check([0, 0, 0, 1, 1, 1, 2, 2, 2, 2], [0, 0, 1, 1, 1, 2, 2, 2, 2, 0], 0.44270128334605013, 0.44270128334605013, 0.44270128334605013, 0.20454545454545456, 0.44270128334605013);
        // t = [i % 5 for i in range(60)]; p = [(i * i) % 7 for i in range(60)]
        Check(
            [.. Enumerable.Range(0, 60).Select(i => i % 5)],
            [.. Enumerable.Range(0, 60).Select(i => i * i % 7)],
            0.011556260040831849,
            0.013710783717436349,
            0.012541663640444614,
            -0.04858209370995599,
            0.012587508967317466);
        Check([0, 0, 1, 1], [1, 1, 0, 0], 1, 1, 1, 1, 1);
        Check([0, 0, 0, 0], [0, 1, 2, 3], 1, 0, 0, 0, 0);

        static void Check(int[] classes, int[] clusters, double homogeneity, double completeness, double v, double rand, double information)
        {
            ClusterAgreement.Totals sums = new ClusterAgreement(classes, clusters).Sums;
            Tolerance.Float64.Check(
                [homogeneity, completeness, v, rand, information],
                [sums.Homogeneity, sums.Completeness, sums.VMeasure, sums.AdjustedRand, sums.NormalizedInformation],
                "agreement");
        }
    }

    [Fact]
    public void Agreement_WithoutARow_IsThatOfTheOthers()
    {
        int[] classes = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2], clusters = [0, 0, 1, 1, 1, 2, 2, 2, 2, 0];
        double value = new ClusterAgreement(classes, clusters).Sums.VMeasure;
        double[] without = [.. Enumerable.Range(0, 10).Select(left => new ClusterAgreement(
            [.. classes.Where((_, i) => i != left)], [.. clusters.Where((_, i) => i != left)]).Sums.VMeasure)];
        Estimate expected = Jackknife.FromLeaveOneOut(value, without), found = new ClusterAgreement(classes, clusters).Of(sums => sums.VMeasure);

        Tolerance.Float64.Check(expected.Low!.Value, found.Low!.Value, "lower end");
        Assert.Contains("clusters held fixed", found.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void KMeans_OfSeparateClouds_FindsThem()
    {
        RandomStream random = new(81);
        double[][] centres = [.. Enumerable.Range(0, 6).Select(_ => Rows.Unit(Rows.Gaussian(random, 20)))];
        int[] classes = [.. Enumerable.Range(0, 300).Select(i => i % 6)];
        UnitEmbeddings rows = Rows.Unit(Modality.Image, classes.Select(c => Rows.Plus(centres[c], Rows.Gaussian(random, 20), 0.05)));

        int[] clusters = KMeans.Cluster(Rows.Matrix(rows), 6, new RandomStream(1), Work);

        Assert.Equal(1, new ClusterAgreement(classes, clusters).Sums.AdjustedRand);
        Assert.Equal(clusters, KMeans.Cluster(Rows.Matrix(rows), 6, new RandomStream(1), new WorkContext(1)));
    }

    [Fact]
    public void KMeans_Always_EndsWhereEveryRowIsWithTheNearestMean()
    {
        UnitEmbeddings rows = Rows.Cones(120, 7, 82).First;
        int[] clusters = KMeans.Cluster(Rows.Matrix(rows), 4, new RandomStream(2), Work);
        double[][] all = Rows.All(rows);
        double[][] means = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, 7).Select(k => all.Where((_, i) => clusters[i] == c).Average(row => row[k])).ToArray())];

        for (int i = 0; i < 120; i++)
            Assert.Equal(clusters[i], Enumerable.Range(0, 4).MinBy(c => all[i].Zip(means[c], (a, b) => (a - b) * (a - b)).Sum()));
    }

    [Fact]
    public void KMeans_OfFewerDistinctRowsThanClusters_Ends()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]]);

        int[] clusters = KMeans.Cluster(Rows.Matrix(rows), 4, new RandomStream(3), Work);

        Assert.Equal(clusters[0], clusters[1]);
        Assert.NotEqual(clusters[0], clusters[3]);
    }

    [Fact]
    public void Evaluate_WithAGap_FindsTheModalitiesInsteadOfTheLabels()
    {
        // Four meanings, and a gap that is wider than they are apart.
        RandomStream random = new(83);
        double[][] meanings = [.. Enumerable.Range(0, 4).Select(_ => Rows.Unit(Rows.Gaussian(random, 16)))];
        double[] axis = Rows.Unit(Rows.Gaussian(random, 16));
        double[] Row(int i, double side) => Rows.Plus(Rows.Plus(meanings[i % 4], axis, side), Rows.Gaussian(random, 16), 0.05);
        PairedEmbeddings Make(double side) =>
            Rows.Pair([.. Enumerable.Range(0, 80).Select(i => Row(i, side))], [.. Enumerable.Range(0, 80).Select(i => Row(i, -side))]);
        string[] labels = [.. Enumerable.Range(0, 80).Select(i => $"label {i % 4}")];

        ClusteringResult[] wide = [.. Clustering.Evaluate(Make(3), labels, new RandomStream(4), Work)];
        ClusteringResult[] none = [.. Clustering.Evaluate(Make(0), labels, new RandomStream(4), Work)];

        Assert.Equal(["image", "text", ClusteringResult.Pooled], wide.Select(result => result.Rows));
        Assert.Equal(1, wide[2].PurityOfModality!.Value);
        Assert.True(wide[2].VMeasure.Value < 0.8, wide[2].VMeasure.ToString());
        Assert.True(none[2].VMeasure.Value > 0.95 && none[2].PurityOfModality!.Value < 0.6, none[2].ToString());
        Assert.Null(none[0].PurityOfModality);
        Assert.Equal([ClusteringResult.Pooled], Clustering.Evaluate(Make(0), [.. Enumerable.Range(0, 80).Select(i => $"{i}")], new RandomStream(4), Work).Select(result => result.Rows));
        Assert.Empty(Clustering.Evaluate(Make(0), [.. Enumerable.Repeat("one", 80)], new RandomStream(4), Work));
    }
}
