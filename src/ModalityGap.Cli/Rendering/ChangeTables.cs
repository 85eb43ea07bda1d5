using System.Globalization;
using ModalityGap.Evaluation;
using ModalityGap.Measures;

namespace ModalityGap.Cli.Rendering;

/// <summary>What a correction changes, and what a shift along the gap does.</summary>
internal static class ChangeTables
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static EvaluationSection Changes(EvaluationResult result) => new(
        $"What {result.Correction} changes",
        ["number", "of", "before", "after", "difference", "p (McNemar)"],
        [.. result.Changes.Select(change => new[]
        {
            change.Id,
            change.Subject ?? "",
            Numbers.Short(change.Before.Value),
            Numbers.Short(change.After.Value),
            EvaluationCells.Signed(change.Difference),
            change.McNemar is { } p ? Numbers.Short(p.Value) : "",
        })]);

    public static IEnumerable<EvaluationSection> Along(EvaluationResult result)
    {
        if (result.Sweeps.Count > 0)
            yield return new EvaluationSection(
                $"Along the gap ({result.Sweeps[0].Convention}): the best shift",
                ["number", "chosen on", "shift", "value", "difference", "p (McNemar)", "p (χ²)"],
                [.. result.Sweeps.SelectMany(Choices)],
                "Chosen on the other half: each half is judged at the shift that the other one chose. Chosen on the test set: the paper's way, which flatters. "
                + "χ² takes before and after as independent samples, as the paper's Table 5 does."
                + (result.Sweeps.Any(sweep => sweep.Number == "roc-auc")
                    ? " Areas are tested by DeLong's test in the place of McNemar's, and their difference in that of χ²." : "")
                + (result.Sweeps.FirstOrDefault(sweep => sweep.GiniCorrelation?.Estimate is not null) is { } zeroShot
                    ? $" Over all shifts accuracy correlates with the Gini coefficient of the predictions by {Numbers.Short(zeroShot.GiniCorrelation!.Estimate!.Value)} (Spearman)."
                    : ""));
        if (result.AlongGap.Count == 0)
            yield break;
        IEnumerable<Measurement> numbers = result.AlongGap[0].Numbers
            .Where(number => number.Id is not "adjusted-rand" && (number.Id != "nearest-unchanged" || number.Subject!.EndsWith($"{result.First}-to-{result.Second}", StringComparison.Ordinal)));
        yield return new EvaluationSection(
            "Along the gap: the other numbers, by shift",
            ["", .. result.AlongGap.Select(point => EvaluationCells.Shift(point.Shift))],
            [
                ["gap left", .. result.AlongGap.Select(point => Numbers.Short(point.SignedDistance))],
                .. numbers.Select(number => (string[])
                [
                    Name(number),
                    .. result.AlongGap.Select(point => Numbers.Short(point.Numbers.First(same => same.Key == number.Key).Estimate!.Value)),
                ]),
                .. (result.AlongGap[0].Groups ?? []).Where(group => group.Sum is not null).Select(group => (string[])
                [
                    $"{group.Name}, % {GroupTable.Sum}",
                    .. result.AlongGap.Select(point => (100 * point.Groups!.First(row => row.Name == group.Name).Sum!.Value).ToString("0.0", Invariant)),
                ]),
            ]);
    }

    // Short, for ten columns follow.
    private static string Name(Measurement number) => number.Id switch
    {
        "mixed-search" => $"mixed search, {number.Subject}",
        "nearest-unchanged" => $"unchanged, {number.Subject!.Split('/')[0]}",
        _ => $"{number.Id} {number.Subject}",
    };

    private static IEnumerable<string[]> Choices(SweepResult sweep)
    {
        string name = $"{sweep.Number} {sweep.Subject}";
        if (sweep.Choice is not { } choice)
            return [[name, "-", "", "", sweep.Missing ?? "", "", ""]];
        return
        [
            [name, "(as it is)", EvaluationCells.Shift(0), Numbers.Both(choice.Unchanged), "", "", ""],
            ["", "other half", string.Join(", ", choice.ChosenOnHalves.Select(EvaluationCells.Shift)), Numbers.Both(choice.HeldOut), EvaluationCells.Signed(choice.HeldOutDifference), Numbers.Short(choice.HeldOutTest.Value), ""],
            ["", "test set", EvaluationCells.Shift(choice.ChosenOnTestSet), Numbers.Both(choice.OnTestSet), EvaluationCells.Signed(choice.OnTestSetDifference), Numbers.Short(choice.OnTestSetTest.Value), Numbers.Short(choice.OnTestSetIndependentTest.Value)],
        ];
    }
}
