using System.Globalization;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Cli.Rendering;

/// <summary>A table of an evaluation with its title and what is to be said about it.</summary>
internal sealed record EvaluationSection(string Title, string[] Head, IReadOnlyList<string[]> Rows, string Note = "");

/// <summary>The tables of an evaluation, as cells that the terminal and Markdown share.</summary>
internal static class EvaluationTables
{
    private const int MostClasses = 20;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Title(EvaluationResult result) =>
        $"{result.First} and {result.Second}: {result.Items} items" + (result.Correction is { } id ? $", before and after {id}" : "");

    public static IEnumerable<EvaluationSection> Of(EvaluationResult result)
    {
        EvaluationNumbers raw = result.Raw;
        yield return Search(raw);
        if (raw.MixedSearch is { } mixed)
            yield return Mixed(mixed);
        if (raw.Fused is { } fused)
            yield return Fused(fused, result);
        if (raw.ZeroShot is { } zeroShot)
        {
            yield return ZeroShot(zeroShot, result);
            yield return Classes(zeroShot);
        }
        if (raw.Groups is { } groups)
            foreach (EvaluationSection section in GroupsOf(groups, result, ""))
                yield return section;
        if (result.Corrected?.Groups is { } corrected)
            foreach (EvaluationSection section in GroupsOf(corrected, result, $" after {result.Correction}"))
                yield return section;
        if (raw.Clustering.Count > 0)
            yield return Clusterings(raw.Clustering);
        yield return Robust(raw.Robustness);
        if (result.Changes.Count > 0)
            yield return Changes(result);
        if (result.Predictions is { } predictions)
            yield return Predictions(predictions, result);
        foreach (EvaluationSection section in Along(result))
            yield return section;
    }

    private static EvaluationSection Search(EvaluationNumbers numbers) => new(
        "Search across the modalities",
        ["number", "of", "value", "95 % interval"],
        [.. numbers.Retrieval.Select(measurement => new[]
        {
            Wording.Name(measurement.Id), measurement.Subject ?? "", Numbers.Short(measurement.Estimate!.Value), Numbers.Interval(measurement.Estimate),
        })]);

    private static EvaluationSection Mixed(MixedSearchTable table) => new(
        $"Mixed search: {table.Query} against {table.First} and {table.Second}",
        ["documents", "hit@1", "hit@10", "NDCG@10"],
        [.. table.Raw.Select(row => new[] { Wording.Share(table, row.Share), Numbers.Both(row.HitAt1), Numbers.Both(row.HitAt10), Numbers.Both(row.NdcgAt10) })],
        $"{table.Items} documents a gallery. hit@1 at the worst share {Numbers.Both(table.WorstShareHitAt1)}, lost by mixing {Numbers.Both(table.LossFromMixing)}.");

    private static EvaluationSection Fused(FusedSearchResult fused, EvaluationResult result) => new(
        $"Fused search: both rows of an item as one, a·{result.Second} + (1 - a)·{result.First}",
        ["a", $"{fused.Other} finds the fused row first", $"the fused row finds {fused.Other} first"],
        [.. fused.Points.Where((_, k) => k % 2 == 0).Select(point => new[]
        {
            point.Weight.ToString("0.00", Invariant), Numbers.Both(point.FusedDocuments), Numbers.Both(point.FusedQueries),
        })]);

    private static EvaluationSection ZeroShot(ZeroShotResult result, EvaluationResult whole)
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

    private static EvaluationSection Classes(ZeroShotResult result)
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

    private static IEnumerable<EvaluationSection> GroupsOf(GroupTable table, EvaluationResult result, string when)
    {
        bool withSum = table.ClassSets.Count > 0;
        yield return new EvaluationSection(
            $"By group{when}, percent of the group's rows of {result.First}",
            ["group", "rows", .. table.ClassSets.Select(set => set.Name), .. withSum ? (string[])[GroupTable.Sum] : [], GroupTable.AccuracyColumn],
            [.. table.Groups.Select(row => (string[])
            [
                row.Name,
                row.Images.ToString(Invariant),
                .. row.Rates.Select(Percent),
                .. withSum ? (string[])[Percent(row.Sum!)] : [],
                row.Accuracy is { } accuracy ? Percent(accuracy) : "-",
            ])],
            table.Accuracy.Estimate is { } overall ? $"Accuracy of all: {Percent(overall)}." : table.Accuracy.Missing!);
        yield return new EvaluationSection(
            $"Disparity between groups{when}",
            ["column", "highest", "lowest", "highest - lowest", "lowest / highest"],
            [.. table.Disparities.Select(disparity => new[]
            {
                disparity.Column, disparity.Highest, disparity.Lowest, Possible(disparity.Difference), Possible(disparity.Ratio),
            })]);
    }

    private static EvaluationSection Clusterings(IReadOnlyList<ClusteringResult> clusterings) => new(
        "Clusters (k-means) against labels",
        ["rows", "n", "k", "V-measure", "ARI", "NMI", "of one modality"],
        [.. clusterings.Select(clustering => new[]
        {
            clustering.Rows,
            clustering.Count.ToString(Invariant),
            clustering.Clusters.ToString(Invariant),
            Numbers.Both(clustering.VMeasure),
            Numbers.Both(clustering.AdjustedRand),
            Numbers.Short(clustering.NormalizedInformation.Value),
            clustering.PurityOfModality is { } purity ? Numbers.Short(purity.Value) : "",
        })]);

    private static EvaluationSection Robust(IReadOnlyList<RobustnessRow> rows) => new(
        "Robustness: search under noise and coarse storage",
        ["disturbance", "direction", "nearest unchanged", "R@1", "change of R@1"],
        [.. rows.Select(row => new[] { row.Disturbance, row.Direction, Numbers.Both(row.Unchanged), Numbers.Short(row.RecallAt1.Value), Signed(row.RecallChange) })]);

    private static EvaluationSection Changes(EvaluationResult result) => new(
        $"What {result.Correction} changes",
        ["number", "of", "before", "after", "difference", "p (McNemar)"],
        [.. result.Changes.Select(change => new[]
        {
            change.Id,
            change.Subject ?? "",
            Numbers.Short(change.Before.Value),
            Numbers.Short(change.After.Value),
            Signed(change.Difference),
            change.McNemar is { } p ? Numbers.Short(p.Value) : "",
        })]);

    private static EvaluationSection Predictions(PredictionChange change, EvaluationResult result) => new(
        $"Predictions before and after {result.Correction}",
        ["", "rows"],
        [
            ["right, then wrong", change.RightToWrong.ToString(Invariant)],
            ["wrong, then right", change.WrongToRight.ToString(Invariant)],
            .. change.Destinations.Select(destination => (string[])[$"of the harmed to {destination.Class}", $"{destination.Images} ({Numbers.Percent(destination.Share)})"]),
        ],
        $"McNemar's exact test p = {Numbers.Short(change.McNemar.Value)}; χ² as of independent samples p = {Numbers.Short(change.IndependentShares.Value)}.");

    private static IEnumerable<EvaluationSection> Along(EvaluationResult result)
    {
        if (result.Sweeps.Count > 0)
            yield return new EvaluationSection(
                $"Along the gap ({result.Sweeps[0].Convention}): the best shift",
                ["number", "chosen on", "shift", "value", "difference", "p (McNemar)", "p (χ²)"],
                [.. result.Sweeps.SelectMany(Choices)],
                "Chosen on the other half: each half is judged at the shift that the other one chose. Chosen on the test set: the paper's way, which flatters. "
                + "χ² takes before and after as independent samples, as the paper's Table 5 does.");
        if (result.AlongGap.Count == 0)
            yield break;
        IEnumerable<Measurement> numbers = result.AlongGap[0].Numbers
            .Where(number => number.Id is not "adjusted-rand" && (number.Id != "nearest-unchanged" || number.Subject!.EndsWith($"{result.First}-to-{result.Second}", StringComparison.Ordinal)));
        yield return new EvaluationSection(
            "Along the gap: the other numbers, by shift",
            ["", .. result.AlongGap.Select(point => Shift(point.Shift))],
            [
                ["gap left", .. result.AlongGap.Select(point => Numbers.Short(point.SignedDistance))],
                .. numbers.Select(number => (string[])
                [
                    $"{number.Id} {number.Subject}".TrimEnd(),
                    .. result.AlongGap.Select(point => Numbers.Short(point.Numbers.First(same => same.Key == number.Key).Estimate!.Value)),
                ]),
                .. (result.AlongGap[0].Groups ?? []).Where(group => group.Sum is not null).Select(group => (string[])
                [
                    $"{group.Name}, % {GroupTable.Sum}",
                    .. result.AlongGap.Select(point => (100 * point.Groups!.First(row => row.Name == group.Name).Sum!.Value).ToString("0.0", Invariant)),
                ]),
            ]);
    }

    private static IEnumerable<string[]> Choices(SweepResult sweep)
    {
        string name = $"{sweep.Number} {sweep.Subject}";
        if (sweep.Choice is not { } choice)
            return [[name, "-", "", "", sweep.Missing ?? "", "", ""]];
        return
        [
            [name, "(as it is)", Shift(0), Numbers.Both(choice.Unchanged), "", "", ""],
            ["", "other half", string.Join(", ", choice.ChosenOnHalves.Select(Shift)), Numbers.Both(choice.HeldOut), Signed(choice.HeldOutDifference), Numbers.Short(choice.HeldOutTest.Value), ""],
            ["", "test set", Shift(choice.ChosenOnTestSet), Numbers.Both(choice.OnTestSet), Signed(choice.OnTestSetDifference), Numbers.Short(choice.OnTestSetTest.Value), Numbers.Short(choice.OnTestSetIndependentTest.Value)],
        ];
    }

    private static string Shift(double delta) => delta.ToString("+0.00;-0.00;0.00", Invariant);

    private static string Signed(Estimate difference) => $"{(difference.Value > 0 ? "+" : "")}{Numbers.Both(difference)}";

    private static string Possible(PossibleEstimate number) => number.Estimate is { } estimate ? Numbers.Both(estimate) : number.Missing!;

    private static string Percent(Estimate rate)
    {
        string value = (100 * rate.Value).ToString("0.0", Invariant);
        return rate is { Low: { } low, High: { } high } ? $"{value} [{(100 * low).ToString("0.0", Invariant)}, {(100 * high).ToString("0.0", Invariant)}]" : value;
    }
}
