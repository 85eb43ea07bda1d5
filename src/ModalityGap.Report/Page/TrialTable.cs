using ModalityGap.Report.Figures;
using ModalityGap.Selection;

namespace ModalityGap.Report.Page;

/// <summary>A correction's numbers before and after, on held-out pairs.</summary>
internal static class TrialTable
{
    public static DataTable Of(CorrectionTrial trial) => new(
        ["Number", "Role", "Before", "After", "Difference", "n", "How"],
        [.. trial.Rows.Select(row => (IReadOnlyList<string>)[
            row.Label, row.Kind, Numbers.Of(row.Before), Numbers.Of(row.After), Numbers.Of(row.Difference),
            Numbers.Count(row.Difference.Count), row.Difference.Method])]);
}
