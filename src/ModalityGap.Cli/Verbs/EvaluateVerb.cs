using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap evaluate FILE...</c>: what embeddings are good for, and what a correction changes about it.</summary>
internal static class EvaluateVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("evaluate", "Evaluate search, zero-shot classification, fairness, clustering and robustness, before and after a correction.");
        var inputs = new InputArguments(command);
        Option<string?> format = OutputOption.Format(ResultFormat.All);
        Option<string?> path = OutputOption.Out("Write the result to this file instead of standard output.");
        command.Options.Add(format);
        command.Options.Add(path);
        var flags = new EvaluationFlags(command);
        Option<bool> quiet = OutputOption.Quiet();
        Option<bool> dryRun = DryRun.Option();
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            EvaluationOptions options = flags.Options(parsed);
            if (parsed.GetValue(dryRun))
                return Show(terminal, inputs.Read(parsed, cancellation), flags.Task(parsed, cancellation), options);
            string form = ResultFormat.Choose(parsed.GetValue(format), parsed.GetValue(path));
            using var destination = new Destination(terminal, parsed.GetValue(path));
            EvaluationResult result = Work.Run(terminal, parsed.GetValue(quiet), progress =>
            {
                EvaluationTask task = flags.Task(parsed, cancellation);
                return GapEvaluation.Run(inputs.Read(parsed, cancellation), task, options, progress, cancellation);
            });
            if (!parsed.GetValue(quiet) && (form != "table" || !destination.IsStandardOutput))
                foreach (Finding finding in result.Findings.Where(finding => finding.Severity == FindingSeverity.Warning))
                    terminal.Say($"warning: {finding.Message}");
            ResultFormat.Write(result, form, destination, terminal);
            return ExitCode.Ok;
        });
        return command;
    }

    private static int Show(Terminal terminal, IReadOnlyList<EmbeddingSet> sets, EvaluationTask task, EvaluationOptions options)
    {
        terminal.Out.WriteLine(Detection.InWords(
            sets, new AnalysisOptions { PairedBy = options.PairedBy, TextsPerItem = options.TextsPerItem, SkipInvalid = options.SkipInvalid }));
        IReadOnlyList<string> parts = GapEvaluation.PartsOf(sets, task, options);
        terminal.Out.WriteLine($"Would evaluate {string.Join(", ", parts)}, seed {options.Seed}. Nothing was run.");
        return ExitCode.Ok;
    }
}
