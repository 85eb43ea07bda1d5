using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Report.Experiments;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Results as the page of the report.</summary>
internal static class ReproductionReport
{
    private static readonly string[] ClaimColumns = ["Claim", "Where", "Published", "Ours", "Status", "Remark"];

    public static ExperimentReport Of(IReadOnlyList<ExperimentResult> results)
    {
        ClaimOverview board = ClaimBoard.Of(results);
        return new ExperimentReport
        {
            Title = "Mind the Gap, claim by claim",
            Lead = $"{board.Claims.Count} claims: {InWords.Tally(board.Claims)}.",
            Tool = ToolVersion.Name,
            Overview = new ExperimentTable(
                "Where every claim stands", ["Claim", "Where", "Status", "Experiment"],
                [.. board.Claims.Select(claim => (IReadOnlyList<string>)[claim.Claim, claim.Where, InWords.Status(claim.Status), claim.Experiment ?? "–"])]),
            Sections = [.. results.Select(Section)],
        };
    }

    private static ExperimentSection Section(ExperimentResult result) => new()
    {
        Id = result.Id,
        Title = result.Title,
        How = How(result),
        Notes = result.Notes,
        Claims = new ExperimentTable($"Claims that {result.Id} settles", ClaimColumns, [.. result.Claims.Select(Row)]),
        Charts = result.Charts,
        Tables = [.. result.Tables.Select(table => new ExperimentTable(table.Title, table.Columns, table.Rows))],
    };

    private static IReadOnlyList<string> Row(ClaimOutcome outcome) =>
        [outcome.Claim, outcome.Where, InWords.Published(outcome), InWords.Ours(outcome), InWords.Status(outcome.Status), outcome.Remark];

    /// <summary>Settings, seed and duration in a line.</summary>
    public static string How(ExperimentResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"modgap-lab reproduce {result.Id}{(result.Effort == Effort.Full ? " --full" : "")}: seed {result.Seed}, {result.Seconds:0} s on "
            + $"{result.Environment.Threads} thread{(result.Environment.Threads == 1 ? "" : "s")}. {string.Join("; ", result.Settings.Select(setting => $"{setting.Name}: {setting.Value}"))}.");
}
