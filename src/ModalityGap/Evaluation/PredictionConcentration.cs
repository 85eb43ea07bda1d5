using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Whether few classes take most of the predictions (Sato et al., prediction-level hubness): a shift of strength α adds -α g·t_c to the
/// scores of class c and something that all classes share, so the class bias b_c = -g·t_c says which classes become hubs.
/// </summary>
public sealed record PredictionConcentration
{
    private const string Describes = "describes these images and these classes";

    /// <summary>Gini's coefficient of the predictions, 2 Σ_r r·m_(r) / (C Σ m) - (C + 1) / C with the counts m ascending, in [0, 1 - 1/C]; 0: evenly.</summary>
    public required Estimate PredictedGini { get; init; }

    /// <summary>The same of the labels: what even predictions would have if all were right.</summary>
    public required Estimate LabelGini { get; init; }

    /// <summary>-Σ p_c ln p_c / ln C of the shares p_c of the predictions, in [0, 1]; 1: evenly.</summary>
    public required Estimate NormalizedEntropy { get; init; }

    /// <summary>Spearman's correlation, over the classes, of the class bias with the number of predictions.</summary>
    public required PossibleEstimate BiasCorrelation { get; init; }

    /// <summary>b_c = -g·t_c of every class, g = mean x - mean t from the texts to the images.</summary>
    public required IReadOnlyList<double> ClassBias { get; init; }

    internal static PredictionConcentration Of(UnitEmbeddings images, ClassTexts classes, int[] predicted, int[] labels)
    {
        double[] counts = Counts(predicted, classes.Count), ofLabels = Counts(labels, classes.Count), bias = Bias(images, classes);
        return new PredictionConcentration
        {
            PredictedGini = Estimate.Exact(Hubness.Gini(counts), Describes, predicted.Length),
            LabelGini = Estimate.Exact(Hubness.Gini(ofLabels), Describes, labels.Length),
            NormalizedEntropy = Estimate.Exact(Entropy(counts), Describes, predicted.Length),
            BiasCorrelation = RankCorrelation.Spearman(bias, counts) is { } correlation
                ? new PossibleEstimate(correlation, null)
                : new PossibleEstimate(null, "All classes have the same bias or the same number of predictions."),
            ClassBias = bias,
        };
    }

    /// <summary>b_c of every class.</summary>
    internal static double[] Bias(UnitEmbeddings images, ClassTexts classes)
    {
        double[] gap = GapAlong.Between(images, classes.Rows).Vector;
        return [.. Enumerable.Range(0, classes.Count).Select(c => -Dot.Float64(classes.Rows.Row(c), gap))];
    }

    /// <summary>How often each class occurs.</summary>
    internal static double[] Counts(int[] indices, int classes)
    {
        var counts = new double[classes];
        foreach (int index in indices)
            counts[index]++;
        return counts;
    }

    internal static double Entropy(double[] counts)
    {
        double total = counts.Sum();
        return counts.Where(count => count > 0).Sum(count => -count / total * Math.Log(count / total)) / Math.Log(counts.Length);
    }
}
