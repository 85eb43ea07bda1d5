using System.Text;
using ModalityGap.Report.Experiments;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Results as docs/reproduction.md: nothing in it is written by hand, so that a test can hold it to the committed results.</summary>
internal static class ReproductionMarkdown
{
    public static string Of(IReadOnlyList<ExperimentResult> results)
    {
        ClaimOverview board = ClaimBoard.Of(results);
        var text = new StringBuilder();
        text.Append("# Reproduction of \"Mind the Gap\", claim by claim\n\n");
        text.Append("Written by `modgap-lab reproduce all --from results -o docs/reproduction.md` from the files in `results`, each made by the command "
            + "that its section names. ");
        text.Append("Estimates in brackets are 95 % intervals. \"≈\" marks numbers that were read off a figure. All numbers are in "
            + "`results/*/result.json`.\n\n");
        text.Append($"{board.Claims.Count} claims: {InWords.Tally(board.Claims)}.\n\n");
        foreach (ExperimentResult result in results)
            Section(text, result, board);
        Rest(text, [.. board.Claims.Where(claim => !results.Any(result => result.Claims.Any(settled => settled.Id == claim.Id)))]);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder text, ExperimentResult result, ClaimOverview board)
    {
        text.Append($"## {result.Title}\n\n{ReproductionReport.How(result)}\n\n");
        Table(
            text,
            ["Claim", "Where", "Published", "Ours", "Status", "Remark"],
            board.Claims.Where(claim => claim.Experiment == result.Id && result.Claims.Any(settled => settled.Id == claim.Id))
                .Select(claim => (IReadOnlyList<string>)[
                claim.Claim, claim.Where, InWords.Published(claim), InWords.Ours(claim), $"**{InWords.Status(claim.Status)}**", claim.Remark]));
        foreach (string note in result.Notes)
            text.Append($"- {note}\n");
        if (result.Notes.Count > 0)
            text.Append('\n');
        foreach (Chart chart in result.Charts)
            text.Append($"![{chart.Title}](../results/{result.Id}/{chart.Name}.svg)\n\n");
    }

    private static void Rest(StringBuilder text, ClaimOutcome[] open)
    {
        if (open.Length == 0)
            return;
        text.Append("## What has not been settled, and what it needs\n\n");
        Table(
            text,
            ["Claim", "Where", "Published", "Status", "Needs"],
            open.Select(claim => (IReadOnlyList<string>)[claim.Claim, claim.Where, InWords.Published(claim), InWords.Status(claim.Status), claim.Remark]));
    }

    private static void Table(StringBuilder text, string[] columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line(text, columns);
        Line(text, [.. columns.Select(_ => "---")]);
        foreach (IReadOnlyList<string> row in rows)
            Line(text, row);
        text.Append('\n');
    }

    private static void Line(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
