using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Reporting;
using ModalityGap.CommandLine;
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
        var figures = new Option<string?>("--figures") { Description = "Also write every figure into this folder.", HelpName = "FOLDER" };
        Option<string?> figureFormat = ChoiceOption.Create("--figure-format", "Form of the figures; default both.", FigureFormat.All);
        command.Options.Add(path);
        var pictures = new PictureFlags(command);
        command.Options.Add(figures);
        command.Options.Add(figureFormat);
        var flags = new AnalysisFlags(command, forFiles: true, forPage: true);
        var extras = new ReportFlags(command, forFiles: true);
        Option<bool> quiet = OutputOption.Quiet();
        Option<bool> dryRun = DryRun.Option();
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            AnalysisOptions options = flags.Options(parsed) with { Groups = extras.Groups(parsed) };
            pictures.Check(parsed);
            extras.CheckClasses(parsed, options);
            FigureFormat format = FigureFormat.Of(parsed.GetValue(figureFormat), parsed.GetValue(figures));
            if (parsed.GetValue(dryRun))
            {
                PictureFlags.Matched would = pictures.Match(parsed, inputs.Read(parsed, cancellation), options);
                foreach (string matched in would.InWords())
                    terminal.Out.WriteLine(matched);
                return DryRun.Show(terminal, would.Sets, options);
            }
            string page = parsed.GetValue(path) ?? DefaultPath;
            using var destination = new Destination(terminal, page);
            if (parsed.GetValue(figures) is { } wanted)
                OutputFile.CreateFolder(wanted);
            bool silent = parsed.GetValue(quiet);
            (AnalysisResult result, ReportExtras beside) = Work.Run(terminal, silent, progress =>
            {
                PictureFlags.Matched rows = pictures.Match(parsed, inputs.Read(parsed, cancellation), options);
                (AnalysisResult found, IReadOnlyList<CorrectionEvidence?> corrections) = ReportWork.Run(
                    rows.Sets, options, extras.WithCorrections(parsed), (first, second) => ReportFlags.Command(first, second, options), progress, cancellation);
                ClassificationResult? zeroShot = extras.Classification(parsed, rows.Sets[0], options.Groups, cancellation) is { } task
                    ? ZeroShotClassification.Run(task, extras.HowToClassify(parsed, options), progress, cancellation)
                    : null;
                return (found, rows.ExtrasFor(found, corrections, zeroShot, options.Threads, progress, cancellation));
            });
            if (!silent)
            {
                Messages.Say(terminal, result);
                Messages.Say(terminal, beside.Findings);
                foreach (PairResult pair in result.Pairs)
                    terminal.Say($"{pair.First}, {pair.Second}: {pair.Verdict.Headline}");
                ReportFiles.SayAdvice(terminal, beside);
            }
            ReportFiles.WritePage(result, destination, beside);
            if (parsed.GetValue(figures) is { } folder)
            {
                int count = ReportFiles.WriteFigures(result, beside, folder, format);
                if (!silent)
                    terminal.Say($"{count} figures in {folder}{format.InWords}");
            }
            if (!destination.IsStandardOutput)
                terminal.Out.WriteLine(page);
            return ExitCode.Ok;
        });
        return command;
    }
}
