using ModalityGap.Measures;

namespace ModalityGap.Evaluation;

/// <summary>The definitions of what an evaluation measures beyond a pair of modalities.</summary>
internal static class EvaluationInfos
{
    private const string Ties = "A class with the very same cosine as the right one counts as ahead of it.";

    /// <summary>Every definition, in the order of results.</summary>
    public static IReadOnlyList<MeasureInfo> All { get; } =
    [
        Info("top-1", "Zero-shot accuracy (top-1)", "The share of rows whose own class's text has the largest cosine with them.",
            "(1/n) #{i : argmax_c x_i·t_c = c_i}; t_c the normalised mean of the class's prompts", "[0, 1]", Direction.HigherIsBetter,
            "Depends on the classes and on the wording of the prompts. " + Ties, "Radford et al., CLIP, ICML 2021"),
        Info("top-5", "Zero-shot accuracy (top-5)", "The share of rows whose own class is among the five with the largest cosines.",
            "(1/n) #{i : rank of c_i <= 5}", "[0, 1]", Direction.HigherIsBetter, "Given where there are more than five classes. " + Ties, "Russakovsky et al., ImageNet, IJCV 2015"),
        Info("mean-class-accuracy", "Mean accuracy of the classes", "The mean over the classes that have rows of the share of them that took it.",
            "(1/C) Σ_c #{i of c : right} / n_c", "[0, 1]", Direction.HigherIsBetter, "Every class counts the same, however many rows it has.", "Balanced accuracy, also mean per-class recall"),
        Info("roc-auc", "ROC-AUC of two classes", "The probability that a row of the second class scores above one of the first, ties counting half.",
            "P(s_i > s_j) + P(=)/2, s = x·t_2 - x·t_1", "[0, 1]", Direction.HigherIsBetter,
            "0.5: no better than guessing. A softmax of the two cosines, as the paper takes it for HatefulMemes, orders the rows in the same way.", "Hanley and McNeil 1982; interval of DeLong et al. 1988"),
        Info("predicted-gini", "Gini coefficient of the predictions", "How unequally the predictions are shared out among the classes.",
            "2 Σ_r r·m_(r) / (C Σ m) - (C + 1)/C, m_(r) the r-th smallest count", "[0, 1 - 1/C]", Direction.None,
            "0: evenly. To be compared with that of the labels: above it, few classes take what belongs to many.", "Sato et al., When Modality Gap Reduction Fails, 2026"),
        Info("prediction-entropy", "Normalised entropy of the predictions", "The entropy of the shares of the classes among the predictions, over its largest value.",
            "-Σ p_c ln p_c / ln C", "[0, 1]", Direction.None, "1: evenly. 0: one class takes all.", "Sato et al., When Modality Gap Reduction Fails, 2026"),
        Info("class-bias", "Class bias", "What a shift along the gap of strength α adds to the scores of a class, over α, beside what all classes share.",
            "b_c = -g·t_c, g = mean x - mean t", "[-2, 2]", Direction.None,
            "Classes with a large bias become hubs when the gap is closed by a shift: see its rank correlation with the number of predictions.", "Sato et al., When Modality Gap Reduction Fails, 2026"),
        Info("group-rate", "Rate by group", "The share of a group's rows that take a class of a set, such as crime.",
            "#{i of the group : predicted class in the set} / n_group", "[0, 1]", Direction.None,
            "Table 2 of the paper prints these rates in percent. Wilson's interval; a group of one row has none.", "Agarwal et al., Evaluating CLIP, 2021; Liang et al., Mind the Gap, NeurIPS 2022"),
        Info("group-accuracy", "Accuracy by group", "The share of a group's rows that take their own class.", "#{i of the group : right} / n_group", "[0, 1]", Direction.HigherIsBetter,
            "To be compared between groups that face the same classes.", "Agarwal et al., Evaluating CLIP, 2021"),
        Info("group-disparity", "Disparity between groups", "The highest rate of a group less the lowest, and the lowest over the highest.",
            "max_g r_g - min_g r_g; min_g r_g / max_g r_g", "[0, 1]", Direction.LowerIsBetter,
            "Of equal groups it is above 0 by chance, the more so the smaller they are, and so is its interval: whether groups differ at all is what the p-value tells, from rows shuffled among them.", "Disparate impact (four-fifths rule) for the ratio"),
        Info("fused-search", "Fused search", "The share of queries that find their own item first where both rows of an item are fused into one.",
            "e = Normalize(α·y + (1 - α)·x), α from 0 to 1 by 0.05", "[0, 1]", Direction.HigherIsBetter,
            "Fused documents are asked for by another row of the item; fused queries ask for it. Above both ends: the modalities add to each other.", "Li et al., GR-CLIP and MixBench, arXiv 2507.19054"),
        Info("v-measure", "V-measure of clusters", "The harmonic mean of homogeneity and completeness of k-means clusters against labels.",
            "2hc/(h + c), h = 1 - H(label|cluster)/H(label), c = 1 - H(cluster|label)/H(cluster)", "[0, 1]", Direction.HigherIsBetter,
            "1: clusters are the labels. Grows with the number of clusters by chance; see the adjusted Rand index. k is the number of labels; plain k-means on unit rows, the best of ten starts by k-means++.",
            "Rosenberg and Hirschberg, EMNLP 2007"),
        Info("adjusted-rand", "Adjusted Rand index of clusters", "The share of pairs of rows on which clusters and labels agree, corrected for chance.",
            "(Σ pairs in a cell - E) / (½ (pairs in a label + pairs in a cluster) - E)", "[-½, 1]", Direction.HigherIsBetter, "0: by chance. 1: clusters are the labels.", "Hubert and Arabie 1985"),
        Info("normalized-information", "Normalised mutual information of clusters", "What clusters tell about labels, over the geometric mean of both entropies.",
            "I(label; cluster) / √(H(label) H(cluster))", "[0, 1]", Direction.HigherIsBetter, "Over the arithmetic mean of the entropies it would be the V-measure.", "Strehl and Ghosh, JMLR 2002"),
        Info("purity-of-modality", "Clusters of one modality", "Of pooled rows, the share whose modality is the more frequent one in their cluster.",
            "(1/2n) Σ_clusters max(rows of x, rows of y)", "[0.5, 1]", Direction.LowerIsBetter,
            "1: every cluster is of one modality, so the gap and not the meaning decides. 0.5: they mix.", "Purity of clusters; with Grassucci et al., ICLR 2026"),
        Info("nearest-unchanged", "Nearest document unchanged", "The share of queries whose nearest document of the other modality stays the same when rows are disturbed.",
            "P(argmax_j x_i·y_j = argmax_j x'_i·y'_j)", "[0, 1]", Direction.HigherIsBetter,
            "Noise N(0, σ²) in every coordinate of the queries, σ² of 0.005, 0.022 and 0.040; float16, int8 with a scale for each row, 256 to 32 bins of equal width and the signs alone on both sides.",
            "Is the Modality Gap a Bug or a Feature?, arXiv 2603.29080"),
        Info("shift-sweep", "Best shift along the gap", "Top-1 and R@1 while the modalities move along the gap, at the shift that one half of the rows chose for the other.",
            "x' = Normalize(x - ½δĝ), t' = Normalize(t + ½δĝ), δ from -2 to 2 by 0.05; δ chosen on one half, judged on the other, both ways", "[0, 1]", Direction.HigherIsBetter,
            "The best of many shifts on the very test set, as the paper's Table 1 has it, is higher than as it is by the choice alone: it stands beside, with the paper's χ² test.",
            "Liang et al., Mind the Gap (NeurIPS 2022), Tables 1 and 5"),
    ];

    private static MeasureInfo Info(
        string id, string name, string definition, string formula, string range, Direction direction, string reading, string reference) => new()
        {
            Id = id,
            Name = name,
            Definition = definition,
            Formula = formula,
            Range = range,
            Direction = direction,
            Reading = reading,
            Reference = reference,
        };
}
