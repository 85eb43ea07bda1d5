using System.Globalization;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Report.Experiments;
using ModalityGap.Sources;
using Spectre.Console;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>Plans, claims and pages in the form that was asked for.</summary>
internal sealed class ReproductionOutput(Terminal terminal, string format)
{
    /// <summary>What would be run and how long that takes.</summary>
    public int Plan(IExperiment[] experiments, RunOptions options)
    {
        ClaimOverview board = ClaimBoard.Of([]);
        switch (format)
        {
            case "json":
                terminal.Out.Write(ReproductionJson.ToText(board));
                break;
            case "csv":
                Csv(["id", "title", "minutes", "claims"], experiments
                    .Select(one => (string[])[one.Id, one.Title, Minutes(one, options), $"{ClaimList.Of(one.Id).Count()}"]));
                break;
            default:
                terminal.Draw(console => console.Write(Table(
                    ["Experiment", "What it shows", "Minutes", "Claims"],
                    experiments.Select(one =>
                        (string[])[one.Id, one.Title + (new GivenMaterial().Lacks(one.Needs) is null ? "" : $" (needs {MaterialOptions.Of(one.Needs)})"),
                            Minutes(one, options), $"{ClaimList.Of(one.Id).Count()}"]))));
                terminal.Out.WriteLine($"{ClaimList.All.Count} claims; {board.Claims.Count(claim => claim.Status == ClaimStatus.Needs)} need what is "
                    + "not here.");
                break;
        }
        return ExitCode.Ok;
    }

    /// <summary>What a full run is about to do.</summary>
    public static string Announcement(IExperiment[] experiments, RunOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{experiments.Length} {(experiments.Length == 1 ? "experiment" : "experiments")}, about {experiments.Sum(one => one.Minutes(options.Effort, options.Given)):0} minutes on two "
            + $"cores: {string.Join(", ", experiments.Select(one => $"{one.Id} {Minutes(one, options)}{Trainings(one)}"))}.");

    private static string Trainings(IExperiment experiment) =>
        experiment.Runs(Effort.Full) is > 1 and var runs ? string.Create(CultureInfo.InvariantCulture, $" ({runs} runs)") : "";

    /// <summary>The page and the Markdown of everything that a folder holds.</summary>
    public static void Pages(ResultFolder folder)
    {
        ExperimentResult[] results = folder.ReadAll();
        using var page = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        ExperimentPage.Write(ReproductionReport.Of(results), page);
        ResultFolder.WriteFile(Path.Combine(folder.Location, "index.html"), page.ToString());
        ResultFolder.WriteFile(Path.Combine(folder.Location, "reproduction.md"), ReproductionMarkdown.Of(results));
    }

    /// <summary>Claims of these experiments; with all of them, every claim there is.</summary>
    public void Claims(ResultFolder folder, IExperiment[] experiments)
    {
        ClaimOverview board = ClaimBoard.Of(folder.ReadAll());
        if (experiments.Length < ExperimentCatalog.All.Count)
            board = board with { Claims = [.. board.Claims.Where(claim => experiments.Any(one => one.Id == claim.Experiment))] };
        switch (format)
        {
            case "json":
                terminal.Out.Write(ReproductionJson.ToText(board));
                break;
            case "csv":
                Csv(
                    ["id", "where", "claim", "published", "ours", "status", "remark"],
                    board.Claims.Select(one =>
                        (string[])[one.Id, one.Where, one.Claim, InWords.Published(one), InWords.Ours(one), InWords.Status(one.Status), one.Remark]));
                break;
            default:
                terminal.Draw(console => console.Write(Table(
                    ["Claim", "Published", "Ours", "Status"],
                    board.Claims.Select(one =>
                        (string[])[$"{one.Where}: {one.Claim}", InWords.Published(one), InWords.Ours(one), InWords.Status(one.Status)]))));
                terminal.Out.WriteLine($"{board.Claims.Count} claims: {InWords.Tally(board.Claims)}.");
                break;
        }
    }

    /// <summary>Writes pages and claims of results that are there already.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="experiments">Whose claims are printed.</param>
    /// <param name="target">A folder, a Markdown file, or <c>null</c> for none.</param>
    public int Render(ResultFolder source, IExperiment[] experiments, string? target)
    {
        if (!Directory.Exists(source.Location))
            throw new Embeddings.EmbeddingDataException(source.Location, "there is no such folder.", "Name the folder that modgap-lab reproduce wrote.");
        ExperimentResult[] results = source.ReadAll();
        if (results.Length == 0)
            throw new Embeddings.EmbeddingDataException(source.Location, "it holds no result of an experiment.",
                "Name the folder that modgap-lab reproduce wrote.");
        if (target is not null && target.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
            ResultFolder.WriteFile(target, ReproductionMarkdown.Of(results));
        else if (target is not null)
        {
            OutputFile.CreateFolder(target);
            var copy = new ResultFolder(target);
            foreach (ExperimentResult result in results)
                copy.Write(result);
            Pages(copy);
        }
        Claims(source, experiments);
        return ExitCode.Ok;
    }

    private static string Minutes(IExperiment experiment, RunOptions options) =>
        experiment.Minutes(options.Effort, options.Given).ToString("0.#", CultureInfo.InvariantCulture);

    private void Csv(string[] columns, IEnumerable<string[]> rows)
    {
        foreach (string[] row in rows.Prepend(columns))
            terminal.Out.Write(string.Join(',', row.Select(CsvText.Cell)) + "\n");
    }

    private static Table Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        foreach (string[] row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        return table;
    }
}
