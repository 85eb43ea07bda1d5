using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>
/// Classifies rows that have labels by prompts that are not paired with them, and moves both along the gap: what <see cref="GapEvaluation"/> does of
/// it, for data without
/// a second row of each item.
/// </summary>
public static class ZeroShotClassification
{
    /// <summary>Classifies, by the cosine with the text of each class, as they are and at every shift.</summary>
    /// <param name="task">Rows, labels, prompts, groups.</param>
    /// <param name="options">How; default <see cref="ClassificationOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">Something does not fit the rows.</exception>
    public static ClassificationResult Run(
        ClassificationTask task, ClassificationOptions? options = null, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        options ??= new ClassificationOptions();
        ShiftConvention convention = options.Check();
        var random = new RandomStream(options.Seed);
        var work = new WorkContext(options.Threads, cancellation: cancellation);
        UnitEmbeddings images = UnitEmbeddings.Normalize(task.Images), prompts = UnitEmbeddings.Normalize(task.Classes);
        RowWords words = LabelsOf(task);
        string[] labels = EvaluationProblem.OfRows(task.Images, words, images, "labels");
        IReadOnlyList<string> names = EvaluationProblem.NamesOf(task.Classes);
        ClassTexts classes = ClassTexts.Of(prompts, names);
        string[]? groups = GroupsOf(task, images);
        progress?.Report(new AnalysisProgress("zero-shot", 0.1));
        ZeroShot zero = ZeroShot.Classify(images, classes, classes.IndicesOf(labels, words.Source), work);
        GroupTable? table = groups is null ? null : Table(task, groups, zero.Predicted, zero.Hits, classes, random.Fork("groups"));
        progress?.Report(new AnalysisProgress("zero-shot along the gap", 0.3));
        GapAlong gap = Along(task, images, classes);
        var swept = ShiftSweep.ZeroShot(images, classes, zero.Labels, convention, random.Fork("sweep/zero-shot"), work, gap);
        return new ClassificationResult
        {
            Seed = options.Seed,
            ClassTexts = $"{prompts.Rows} prompts of {classes.Count} classes from {task.Classes.Provenance.Source}",
            Along = task.Direction?.Source ?? "the gap of the task, mean image less mean class text",
            Convention = convention.Id,
            ZeroShot = zero.Result(),
            Groups = table,
            Sweeps = swept is null ? [] :
            [
                swept.Value.Result,
                .. classes.Count == 2
                    ? (SweepResult[])[ShiftSweep.Area(images, classes, zero.Labels, convention, random.Fork("sweep/roc-auc"), work, gap)!] : [],
            ],
            AlongGap = groups is null || swept is null
                ? []
                : [.. SweptNumbers.Shifts.Select((delta, k) =>
                    Point(task, groups, zero.Labels, swept.Value, classes, delta, random.Fork("groups/shift", k), progress, 0.5 + 0.05 * k))],
            Missing = swept is null
                ? [new MissingPart("sweep", "Images and class texts have the same mean: zero-shot classification has no direction to move along.")]
                : [],
            Findings = [.. EvaluationProblem.ClassesWithoutRows(names, labels), .. EvaluationProblem.GroupsOfOne(groups ?? [])],
        };
    }

    private static RowWords LabelsOf(ClassificationTask task) => task.Labels
        ?? (task.Images.Labels is { } own
            ? new RowWords(task.Images.Provenance.Source, own)
            : throw new EmbeddingDataException(
                task.Images.Provenance.Source, "its rows have no labels, so there is nothing to hold classes or groups against.",
                    "Give one label per row with --labels."));

    private static string[]? GroupsOf(ClassificationTask task, UnitEmbeddings images)
    {
        if (task.Groups is null && task.ClassSets.Count > 0)
            throw new EmbeddingDataException(task.Images.Provenance.Source, "class sets were given without groups.",
                "Say with --groups which group each row is of.");
        return task.Groups is null ? null : EvaluationProblem.OfRows(task.Images, task.Groups, images, "groups");
    }

    private static GapAlong Along(ClassificationTask task, UnitEmbeddings images, ClassTexts classes)
    {
        if (task.Direction is not { } direction)
            return GapAlong.Between(images, classes.Rows);
        return direction.Vector.Count == images.Dimensions
            ? GapAlong.Along(direction.Vector)
            : throw new EmbeddingDataException(
                direction.Source, $"its rows have {direction.Vector.Count} dimensions, {images.Provenance.Source} {images.Dimensions}.",
                    "Measure the gap with the model that embedded the rest.");
    }

    private static GroupShift Point(
        ClassificationTask task,
        string[] groups,
        int[] labels,
        (SweepResult Result, int[][] Predicted) swept,
        ClassTexts classes,
        double delta,
        RandomStream random,
        IProgress<AnalysisProgress>? progress,
        double done)
    {
        progress?.Report(new AnalysisProgress("groups along the gap", done));
        int k = Array.FindIndex(ShiftSweep.Grid, candidate => Math.Abs(candidate - delta) < ShiftSweep.Step / 4);
        int[] taken = swept.Predicted[k];
        double[] hits = [.. taken.Select((found, i) => found == labels[i] ? 1.0 : 0)];
        return new GroupShift(delta, swept.Result.SignedDistances[k], Table(task, groups, taken, hits, classes, random));
    }

    private static GroupTable Table(ClassificationTask task, string[] groups, int[] predicted, double[] hits, ClassTexts classes, RandomStream random) =>
        GroupTable.Of(groups, predicted, classes.Names, hits, task.ClassSets, task.Groups!.Source, random);
}
