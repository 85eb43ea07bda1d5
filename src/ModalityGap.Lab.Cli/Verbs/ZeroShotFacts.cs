using System.Globalization;
using ModalityGap.Evaluation;
using ModalityGap.Lab.Classification;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>A classification as names and values: as it is, the best shift chosen on the other half and on the test set, rates by group.</summary>
internal static class ZeroShotFacts
{
    /// <summary>The shifts of the paper's Tables 2 and 4.</summary>
    private static readonly double[] Printed = [-0.2, 0.75, -1];

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static IEnumerable<(string Name, string Value)> Of(EmbeddedTask embedded, ClassificationResult result)
    {
        ZeroShotResult zero = result.ZeroShot;
        yield return ("pictures", string.Create(Invariant, $"{zero.Images} in {zero.Classes.Count} classes"));
        yield return ("top-1 accuracy", Both(zero.Top1));
        yield return ("top-5 accuracy", Both(zero.Top5));
        if (zero.Classes.Count == 2)
            yield return ("ROC-AUC", Both(zero.RocAuc));
        yield return ("Gini of the predictions", $"{Short(zero.Predictions.PredictedGini.Value)} (of the labels {Short(zero.Predictions.LabelGini.Value)})");
        if (embedded.Judged(result) is not { } sweep)
            yield return ("along the gap", result.Missing[0].Reason);
        else if (sweep.Choice is not { } choice)
            yield return ("along the gap", sweep.Missing!);
        else
        {
            yield return ("the gap", string.Create(Invariant, $"{Short(sweep.Gap)} ({result.Along}), moved {result.Convention}; judged by {sweep.Number}"));
            yield return ("best shift, other half",
                $"{string.Join(", ", choice.ChosenOnHalves.Select(Signed))}: {Both(choice.HeldOut)}, {Change(choice.HeldOutDifference, choice.HeldOutTest)}");
            yield return ("best shift, test set",
                $"{Signed(choice.ChosenOnTestSet)}: {Both(choice.OnTestSet)}, {Change(choice.OnTestSetDifference, choice.OnTestSetTest)}; χ² p = {P(choice.OnTestSetIndependentTest)}");
        }
        foreach (GroupRow row in result.Groups?.Groups ?? [])
            yield return (row.Name, string.Join(", ", Rates(result.Groups!, row)));
        foreach (double shift in Printed)
            if (result.AlongGap.FirstOrDefault(point => point.Shift == shift) is { } point)
                yield return ($"groups at δ = {Signed(shift)}", string.Join("; ", Extremes(point.Table)));
    }

    private static IEnumerable<string> Extremes(GroupTable table)
    {
        foreach (GroupDisparity one in table.Disparities)
            yield return $"{one.Column} {one.Lowest} least, {one.Highest} most, {Percent(one.Difference)} apart (p = {P(one.Equality)})";
    }

    private static IEnumerable<string> Rates(GroupTable table, GroupRow row)
    {
        for (int k = 0; k < table.ClassSets.Count; k++)
            yield return $"{table.ClassSets[k].Name} {Percent(row.Rates[k])}";
        if (row.Accuracy is { } accuracy)
            yield return $"accuracy {Percent(accuracy)}";
        yield return string.Create(Invariant, $"{row.Images} pictures");
    }

    private static string Change(Estimate difference, Estimate test) => $"{Signed(difference.Value)}{Interval(difference)}, p = {P(test)}";

    private static string Both(PossibleEstimate number) => number.Estimate is { } estimate ? Both(estimate) : number.Missing!;

    private static string Both(Estimate estimate) => Short(estimate.Value) + Interval(estimate);

    private static string Interval(Estimate estimate) => estimate is { Low: { } low, High: { } high } ? $" [{Short(low)}, {Short(high)}]" : "";

    private static string Percent(Estimate share) => string.Create(Invariant, $"{100 * share.Value:0.0} %")
        + (share is { Low: { } low, High: { } high } ? string.Create(Invariant, $" [{100 * low:0.0}, {100 * high:0.0}]") : "");

    private static string Short(double value) => value.ToString("0.0000", Invariant);

    private static string Signed(double value) => value.ToString("+0.00##;-0.00##;0.00", Invariant);

    private static string P(Estimate test) => test.Value.ToString("0.###e+0", Invariant);
}
