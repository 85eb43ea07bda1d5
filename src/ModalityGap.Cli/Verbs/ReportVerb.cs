using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Reporting;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Report;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap report FILE... -o report.html</c>: one page that works without a network.</summary>
internal static class ReportVerb
{
    private const string DefaultPath = "modgap-report.html";

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("report", "Write an offline HTML report about these files.");
        var inputs = new InputArguments(command);
        Option<string?> path = OutputOption.Out($"The page to write, or - for standard output; default {DefaultPath}.");
        var figures = new Option<string?>("--figures") { Description = "Also write every figure as SVG into this folder.", HelpName = "FOLDER" };
        command.Options.Add(path);
        command.Options.Add(figures);
        var flags = new AnalysisFlags(command, forFiles: true, forPage: true);
        var extras = new ReportFlags(command, forFiles: true);
        Option<bool> quiet = OutputOption.Quiet();
        Option<bool> dryRun = DryRun.Option();
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            AnalysisOptions options = flags.Options(parsed) with { Groups = extras.Groups(parsed) };
            if (parsed.GetValue(dryRun))
                return DryRun.Show(terminal, inputs.Read(parsed, cancellation), options);
            string page = parsed.GetValue(path) ?? DefaultPath;
            using var destination = new Destination(terminal, page);
            if (parsed.GetValue(figures) is { } wanted)
                OutputFile.CreateFolder(wanted);
            bool silent = parsed.GetValue(quiet);
            ReportContents contents = Work.Run(terminal, silent, progress =>
            {
                IReadOnlyList<EmbeddingSet> sets = inputs.Read(parsed, cancellation);
                return ReportWork.Run(
                    sets, options, extras.WithCorrections(parsed), (first, second) => ReportFlags.Command(first, second, options), progress, cancellation);
            });
            AnalysisResult result = contents.Analysis;
            if (!silent)
            {
                Messages.Say(terminal, result);
                foreach (PairResult pair in result.Pairs)
                    terminal.Say($"{pair.First}, {pair.Second}: {pair.Verdict.Headline}");
                ReportFiles.SayAdvice(terminal, contents);
            }
            ReportFiles.WritePage(contents, destination);
            if (parsed.GetValue(figures) is { } folder)
            {
                int count = ReportFiles.WriteFigures(contents, folder);
                if (!silent)
                    terminal.Say($"{count} figures in {folder}");
            }
            if (!destination.IsStandardOutput)
                terminal.Out.WriteLine(page);
            return ExitCode.Ok;
        });
        return command;
    }
}
