using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Zero-shot classification: every image takes the class whose text has the largest cosine with it (Radford et al. 2021). A class with the very
/// same cosine as the right one counts as ahead of it.
/// </summary>
internal sealed class ZeroShot
{
    /// <summary>Labels among this many classes count for top-5.</summary>
    private const int Depth = 5;

    private const string Units = "images";

    private readonly UnitEmbeddings images;
    private readonly ClassTexts classes;

    private ZeroShot(UnitEmbeddings images, ClassTexts classes, int[] labels, int[] predicted, int[] ranks)
    {
        (this.images, this.classes) = (images, classes);
        (Labels, Predicted, Ranks) = (labels, predicted, ranks);
    }

    /// <summary>The class of each image.</summary>
    public int[] Labels { get; }

    /// <summary>The class that each image took.</summary>
    public int[] Predicted { get; }

    /// <summary>The rank of its own class, from 1.</summary>
    public int[] Ranks { get; }

    /// <summary>1 where the own class came first, else 0.</summary>
    public double[] Hits => Within(1);

    /// <summary>1 where the own class is among the first five.</summary>
    public double[] HitsAmongFive => Within(Depth);

    /// <summary>Classifies every image.</summary>
    /// <param name="images">n x d.</param>
    /// <param name="classes">C classes of the same model.</param>
    /// <param name="labels">The class of each image, in 0 ... C - 1.</param>
    /// <param name="work">Threads.</param>
    /// <exception cref="EmbeddingDataException">The texts have another number of dimensions.</exception>
    public static ZeroShot Classify(UnitEmbeddings images, ClassTexts classes, int[] labels, WorkContext work)
    {
        CheckDimensions(images, classes);
        if (labels.Length != images.Rows)
            throw new ArgumentException($"{labels.Length} labels for {images.Rows} images.", nameof(labels));
        RankedDocuments ranked = RankedDocuments.Of(images, classes.Rows, labels, work);
        return new ZeroShot(images, classes, labels, ranked.Found[0], ranked.Ranks[0]);
    }

    /// <exception cref="EmbeddingDataException">Images and texts do not lie in one space.</exception>
    public static void CheckDimensions(UnitEmbeddings images, ClassTexts classes)
    {
        if (classes.Rows.Dimensions != images.Dimensions)
            throw new EmbeddingDataException(
                classes.Rows.Provenance.Source,
                $"the texts of its classes have {classes.Rows.Dimensions} dimensions, {images.Modality} rows {images.Dimensions}.",
                "Embed the classes with the text encoder of the model that embedded the rest.");
    }

    /// <summary>The numbers.</summary>
    public ZeroShotResult Result() => new()
    {
        Images = images.Rows,
        Top1 = Estimate.Share(Hits.Average(), images.Rows, Units),
        Top5 = classes.Count > Depth
            ? new PossibleEstimate(Estimate.Share(HitsAmongFive.Average(), images.Rows, Units), null)
            : new PossibleEstimate(null, $"With {classes.Count} classes the first {Depth} are all of them."),
        MeanClassAccuracy = MeanClassAccuracy(),
        RocAuc = RocAuc(),
        Classes = PerClass(),
        Predictions = PredictionConcentration.Of(images, classes, Predicted, Labels),
    };

    private double[] Within(int depth) => Array.ConvertAll(Ranks, rank => rank <= depth ? 1.0 : 0.0);

    private ClassAccuracy[] PerClass()
    {
        int[] rows = Count(Labels), right = Count(Labels.Where((label, i) => Ranks[i] == 1)), predicted = Count(Predicted);
        return [.. Enumerable.Range(0, classes.Count).Select(c => new ClassAccuracy(
            classes.Names[c],
            classes.Prompts[c],
            rows[c],
            predicted[c],
            rows[c] == 0
                ? new PossibleEstimate(null, "No image has this label.")
                : new PossibleEstimate(Estimate.Share(right[c] / (double)rows[c], rows[c], Units), null)))];
    }

    // (1/C) Σ_c share of right images of c: image i of class c moves it by n (hit_i - share_c) / (n_c C).
    private Estimate MeanClassAccuracy()
    {
        int[] rows = Count(Labels), right = Count(Labels.Where((label, i) => Ranks[i] == 1));
        int[] present = [.. Enumerable.Range(0, classes.Count).Where(c => rows[c] > 0)];
        double mean = present.Average(c => right[c] / (double)rows[c]);
        var influences = new double[Labels.Length];
        for (int i = 0; i < influences.Length; i++)
        {
            int c = Labels[i];
            influences[i] = influences.Length * ((Ranks[i] == 1 ? 1 : 0) - right[c] / (double)rows[c]) / ((double)rows[c] * present.Length);
        }
        return Array.TrueForAll(influences, influence => influence == 0)
            ? Estimate.Exact(mean, "every class is all right or all wrong: nothing to estimate a spread from", influences.Length)
            : Jackknife.FromInfluences(mean, influences, "influence of each image").Within(0, 1);
    }

    // The second class is the positive one: x·t₂ - x·t₁ orders the images as their softmax does.
    private PossibleEstimate RocAuc()
    {
        if (classes.Count != 2)
            return new PossibleEstimate(null, $"A ROC curve is of two classes; there are {classes.Count}.");
        if (Labels.Distinct().Count() < 2)
            return new PossibleEstimate(null, "All images are of one class.");
        UnitEmbeddings texts = classes.Rows;
        double[] scores = [.. Enumerable.Range(0, images.Rows).Select(i => Dot.Float64(images.Row(i), texts.Row(1)) - Dot.Float64(images.Row(i), texts.Row(0)))];
        return new PossibleEstimate(
            RocCurve.Area([.. scores.Where((_, i) => Labels[i] == 1)], [.. scores.Where((_, i) => Labels[i] == 0)]), null);
    }

    private int[] Count(IEnumerable<int> indices)
    {
        var counts = new int[classes.Count];
        foreach (int index in indices)
            counts[index]++;
        return counts;
    }
}
