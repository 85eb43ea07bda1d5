using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>How far clusters and labels are the same partition of n rows, from their contingency table n_ck of classes and clusters.</summary>
internal sealed class ClusterAgreement
{
    private readonly int[] classes, clusters;
    private readonly Dictionary<(int Class, int Cluster), int> cells = [];
    private readonly int[] ofClass, ofCluster;

    /// <param name="classes">The class of each row.</param>
    /// <param name="clusters">The cluster of each row.</param>
    public ClusterAgreement(int[] classes, int[] clusters)
    {
        (this.classes, this.clusters) = (classes, clusters);
        ofClass = new int[classes.Max() + 1];
        ofCluster = new int[clusters.Max() + 1];
        for (int i = 0; i < classes.Length; i++)
        {
            cells[(classes[i], clusters[i])] = cells.GetValueOrDefault((classes[i], clusters[i])) + 1;
            ofClass[classes[i]]++;
            ofCluster[clusters[i]]++;
        }
        Sums = new Totals(
            classes.Length,
            cells.Values.Sum(Weighted),
            ofClass.Sum(Weighted),
            ofCluster.Sum(Weighted),
            cells.Values.Sum(Pairs),
            ofClass.Sum(Pairs),
            ofCluster.Sum(Pairs));
    }

    /// <summary>All that the numbers need of the table.</summary>
    public Totals Sums { get; }

    /// <summary>A number with the jackknife over rows, the clusters held fixed: rows of one cell are alike, so each cell is left out once.</summary>
    public Estimate Of(Func<Totals, double> number)
    {
        Dictionary<(int, int), double> without = cells.Keys.ToDictionary(cell => cell, cell => number(Without(cell.Class, cell.Cluster)));
        double[] leaveOneOut = [.. classes.Select((label, i) => without[(label, clusters[i])])];
        Estimate estimate = Jackknife.FromLeaveOneOut(number(Sums), leaveOneOut);
        return estimate with { Method = estimate.Low is null ? estimate.Method : "jackknife over rows, clusters held fixed" };
    }

    private Totals Without(int label, int cluster)
    {
        int cell = cells[(label, cluster)];
        return new Totals(
            Sums.Rows - 1,
            Sums.Joint - Weighted(cell) + Weighted(cell - 1),
            Sums.Classes - Weighted(ofClass[label]) + Weighted(ofClass[label] - 1),
            Sums.Clusters - Weighted(ofCluster[cluster]) + Weighted(ofCluster[cluster] - 1),
            Sums.JointPairs - (cell - 1),
            Sums.ClassPairs - (ofClass[label] - 1),
            Sums.ClusterPairs - (ofCluster[cluster] - 1));
    }

    private static double Weighted(int count) => count > 0 ? count * Math.Log(count) : 0;

    private static double Pairs(int count) => count * (count - 1.0) / 2;

    /// <summary>Sums over the table: Σ n ln n and Σ n (n - 1) / 2 of its cells, its rows and its columns.</summary>
    internal readonly record struct Totals(
        double Rows, double Joint, double Classes, double Clusters, double JointPairs, double ClassPairs, double ClusterPairs)
    {
        /// <summary>Below this an entropy is rounding.</summary>
        private const double Rounding = 1e-12;

        private double ClassEntropy => Math.Log(Rows) - Classes / Rows;

        private double ClusterEntropy => Math.Log(Rows) - Clusters / Rows;

        private double Information => Math.Max(0, ClassEntropy + ClusterEntropy - (Math.Log(Rows) - Joint / Rows));

        /// <summary>1 - H(class | cluster) / H(class), in [0, 1]; 1 where there is one class.</summary>
        public double Homogeneity => ClassEntropy < Rounding ? 1 : Information / ClassEntropy;

        /// <summary>1 - H(cluster | class) / H(cluster), in [0, 1]; 1 where there is one cluster.</summary>
        public double Completeness => ClusterEntropy < Rounding ? 1 : Information / ClusterEntropy;

        /// <summary>Their harmonic mean (Rosenberg and Hirschberg 2007): also the mutual information over the mean of both entropies.</summary>
        public double VMeasure => Homogeneity + Completeness == 0 ? 0 : 2 * Homogeneity * Completeness / (Homogeneity + Completeness);

        /// <summary>Their geometric mean: the mutual information over √(H(class) H(cluster)) (Strehl and Ghosh 2002).</summary>
        public double NormalizedInformation => Math.Sqrt(Homogeneity * Completeness);

        /// <summary>
        /// (Σ pairs in a cell - E) / (½ (pairs in a class + pairs in a cluster) - E), E = both multiplied over all pairs: 0 by chance, 1 for the same
        /// partition (Hubert and Arabie 1985).
        /// </summary>
        public double AdjustedRand
        {
            get
            {
                double expected = ClassPairs * ClusterPairs / (Rows * (Rows - 1) / 2), most = 0.5 * (ClassPairs + ClusterPairs);
                return most == expected ? 1 : (JointPairs - expected) / (most - expected);
            }
        }
    }
}
