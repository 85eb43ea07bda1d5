using System.Globalization;
using ModalityGap.Evaluation;

namespace ModalityGap.Cli.Rendering;

/// <summary>Rates by group, in the layout of the paper's Table 2.</summary>
internal static class GroupTables
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static IEnumerable<EvaluationSection> Of(GroupTable table, EvaluationResult result, string when)
    {
        bool withSum = table.ClassSets.Count > 0;
        yield return new EvaluationSection(
            $"By group{when}, percent of the group's rows of {result.First}",
            ["group", "rows", .. table.ClassSets.Select(set => set.Name), .. withSum ? (string[])[GroupTable.Sum] : [], GroupTable.AccuracyColumn],
            [.. table.Groups.Select(row => (string[])
            [
                row.Name,
                row.Images.ToString(Invariant),
                .. row.Rates.Select(EvaluationCells.Percent),
                .. withSum ? (string[])[EvaluationCells.Percent(row.Sum!)] : [],
                row.Accuracy is { } accuracy ? EvaluationCells.Percent(accuracy) : "-",
            ])],
            table.Accuracy.Estimate is { } overall ? $"Accuracy of all: {EvaluationCells.Percent(overall)}." : table.Accuracy.Missing!);
        yield return new EvaluationSection(
            $"Disparity between groups{when}",
            ["column", "highest", "lowest", "highest - lowest", "lowest / highest", "p (no difference)"],
            [.. table.Disparities.Select(disparity => new[]
            {
                disparity.Column, disparity.Highest, disparity.Lowest, Numbers.Both(disparity.Difference), EvaluationCells.Possible(disparity.Ratio), Numbers.Short(disparity.Equality.Value),
            })]);
    }
}
