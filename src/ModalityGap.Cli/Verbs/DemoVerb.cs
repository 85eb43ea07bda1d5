using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Rendering;
using ModalityGap.Cli.Samples;
using ModalityGap.Cli.Reporting;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Report;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap demo</c>: verdict and report on the built-in sample, without any data.</summary>
internal static class DemoVerb
{
    private const string Folder = "modgap-report";

    // The sample is inside the tool: what a reader can repeat concerns files of their own.
    private const string OwnFiles = "modgap correct images.npy texts.npy --captions-per-item 2 -o gap.json";

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("demo", "Try it: verdict and report on a built-in sample.");
        Option<string?> path = OutputOption.Out($"The report to write; default {Folder}/index.html.");
        command.Options.Add(path);
        var flags = new AnalysisFlags(command, forFiles: false, forPage: true);
        var extras = new ReportFlags(command, forFiles: false);
        Option<bool> quiet = OutputOption.Quiet();
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            string? asked = parsed.GetValue(path);
            string page = asked ?? Path.Combine(Folder, "index.html");
            if (asked is null)
                OutputFile.CreateFolder(Folder);
            using var destination = new Destination(terminal, page);
            bool silent = parsed.GetValue(quiet);
            IReadOnlyList<EmbeddingSet> sample = EmojiSample.Create();
            if (!silent)
                terminal.Say(EmojiSample.InWords(sample));
            (AnalysisResult result, IReadOnlyList<CorrectionEvidence?> corrections) = Work.Run(
                terminal,
                silent,
                progress => ReportWork.Run(sample, flags.Options(parsed), extras.WithCorrections(parsed), (_, _) => OwnFiles, progress, cancellation));
            var beside = new ReportExtras { Corrections = corrections };
            ReportFiles.WritePage(result, destination, beside);
            if (destination.IsStandardOutput)
                return ExitCode.Ok;
            terminal.Draw(console => new TableRenderer(console, everyMeasure: false).Render(result));
            terminal.Out.WriteLine();
            terminal.Out.WriteLine($"Report: {Path.GetFullPath(page)}");
            if (!silent)
                ReportFiles.SayAdvice(terminal, beside);
            if (!silent)
                terminal.Say("With your own embeddings: modgap measure images.npy texts.npy");
            return ExitCode.Ok;
        });
        return command;
    }
}
