using System.Globalization;
using ModalityGap.Evaluation;

namespace ModalityGap.Cli.Rendering;

/// <summary>The tables of zero-shot classification.</summary>
internal static class PredictionTables
{
    private const int MostClasses = 20;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static EvaluationSection ZeroShot(ZeroShotResult result, EvaluationResult whole)
    {
        PredictionConcentration predictions = result.Predictions;
        return new EvaluationSection(
            $"Zero-shot classification: {result.Images} rows of {whole.First}, {result.Classes.Count} classes",
            ["number", "value", "95 % interval"],
            [
                Row("top-1 accuracy", new PossibleEstimate(result.Top1, null)),
                Row("top-5 accuracy", result.Top5),
                Row("mean accuracy of the classes", new PossibleEstimate(result.MeanClassAccuracy, null)),
                Row("ROC-AUC", result.RocAuc),
                Row("Gini of the predictions", new PossibleEstimate(predictions.PredictedGini, null)),
                Row("Gini of the labels", new PossibleEstimate(predictions.LabelGini, null)),
                Row("normalised entropy of the predictions", new PossibleEstimate(predictions.NormalizedEntropy, null)),
                Row("Spearman of class bias -g·t and predictions", predictions.BiasCorrelation),
            ],
            $"Class texts: {whole.ClassTexts}.");

        static string[] Row(string name, PossibleEstimate number) => number.Estimate is { } estimate
            ? [name, Numbers.Short(estimate.Value), Numbers.Interval(estimate)]
            : [name, "-", number.Missing!];
    }

    public static EvaluationSection Classes(ZeroShotResult result)
    {
        bool all = result.Classes.Count <= MostClasses;
        IEnumerable<(ClassAccuracy Class, int Index)> shown = result.Classes.Select((entry, index) => (entry, index));
        if (!all)
            shown = shown.Where(entry => entry.Class.Images > 0).OrderBy(entry => entry.Class.Accuracy.Estimate!.Value).ThenByDescending(entry => entry.Class.Images).Take(MostClasses);
        return new EvaluationSection(
            all ? "Classes" : $"The {MostClasses} classes with the lowest accuracy",
            ["class", "prompts", "rows", "predicted", "accuracy", "bias -g·t"],
            [.. shown.Select(entry => new[]
            {
                entry.Class.Name,
                entry.Class.Prompts.ToString(Invariant),
                entry.Class.Images.ToString(Invariant),
                entry.Class.Predicted.ToString(Invariant),
                entry.Class.Accuracy.Estimate is { } accuracy ? Numbers.Both(accuracy) : "-",
                Numbers.Short(result.Predictions.ClassBias[entry.Index]),
            })]);
    }

    public static EvaluationSection Changes(PredictionChange change, EvaluationResult result) => new(
        $"Predictions before and after {result.Correction}",
        ["", "rows"],
        [
            ["right, then wrong", change.RightToWrong.ToString(Invariant)],
            ["wrong, then right", change.WrongToRight.ToString(Invariant)],
            .. change.Destinations.Select(destination => (string[])[$"of the harmed to {destination.Class}", $"{destination.Images} ({Numbers.Percent(destination.Share)})"]),
        ],
        $"McNemar's exact test p = {Numbers.Short(change.McNemar.Value)}; χ² as of independent samples p = {Numbers.Short(change.IndependentShares.Value)}.");
}
