using ModalityGap.Evaluation;
using ModalityGap.Lab.Clip.Runs;

namespace ModalityGap.Lab.Classification;

/// <summary>A task whose pictures and prompts have been embedded.</summary>
/// <param name="Task">The task.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Rows">What is classified, by what.</param>
/// <param name="Summary">What embedding the pictures did; <c>null</c> where all was there.</param>
internal sealed record EmbeddedTask(ZeroShotTask Task, TaskFolder Folder, ClassificationTask Rows, EmbeddingSummary? Summary)
{
    /// <summary>Classifies, by default with what the task's own table in the paper moves.</summary>
    public ClassificationResult Classify(
        long seed, int threads, string? shift, MeasuredGap? direction, IProgress<AnalysisProgress>? progress, CancellationToken cancellation) =>
            ZeroShotClassification.Run(
            Rows with { Direction = direction }, new ClassificationOptions { Seed = seed, Threads = threads, Shift = shift ?? Task.Shift }, progress,
                cancellation);

    /// <summary>The number that the task is judged by, along the gap.</summary>
    public SweepResult? Judged(ClassificationResult result) =>
        result.Sweeps.FirstOrDefault(sweep => sweep.Number == (Task.IsJudgedByArea ? "roc-auc" : "top-1"));
}
