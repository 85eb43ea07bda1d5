using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap measure FILE...</c>: every number, in the form that was asked for.</summary>
internal static class MeasureVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("measure", "Measure the gap between the modalities in these files.");
        InputArguments inputs = InputArguments.WithShards(command);
        Option<string?> format = OutputOption.Format(ResultFormat.All);
        Option<string?> path = OutputOption.Out("Write the result to this file instead of standard output.");
        var all = new Option<bool>("--all") { Description = "Show every number in the table or the Markdown, not the main ones only." };
        command.Options.Add(format);
        command.Options.Add(path);
        command.Options.Add(all);
        var linear = new Option<bool>("--linear")
        {
            Description = "Only what one pass over the rows can tell, in constant memory: for files of any size.",
        };
        var noFingerprint = new Option<bool>("--no-fingerprint")
        {
            Description = "With --linear: leave out the SHA-256 of the files, which takes longer than the rest.",
        };
        command.Options.Add(linear);
        command.Options.Add(noFingerprint);
        var parts = new PartFlags(command);
        var table = new TableFlags(command);
        var flags = AnalysisFlags.WithSample(command);
        Option<bool> quiet = OutputOption.Quiet();
        Option<bool> dryRun = DryRun.Option();
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            bool silent = parsed.GetValue(quiet);
            var wanted = new LinearMeasuring.Output(
                ResultFormat.Choose(parsed.GetValue(format), parsed.GetValue(path)), parsed.GetValue(path), parsed.GetValue(all), silent);
            IReadOnlyList<string> sources = inputs.Files(parsed);
            if (TableMeasuring.IsNamedBy(sources))
                return parsed.GetValue(dryRun)
                    ? TableMeasuring.DryRun(terminal, sources, table.Table(parsed, inputs.Names(parsed) ?? []))
                    : TableMeasuring.Run(
                        terminal, sources, table.Table(parsed, inputs.Names(parsed) ?? []), flags.LinearOptions(parsed), wanted, cancellation);
            table.RefuseOwn(parsed);
            bool shards = inputs.NameShards(parsed);
            if (!shards)
                inputs.RefuseShardOptions(parsed);
            if (parsed.GetValue(linear) || flags.HasSample(parsed) || shards || parts.AreGiven(parsed))
            {
                bool implied = !parsed.GetValue(linear) && !flags.HasSample(parsed);
                var measuring = new LinearMeasuring(
                    terminal, inputs, parsed, flags.LinearOptions(parsed), !parsed.GetValue(noFingerprint), implied, cancellation);
                if (parsed.GetValue(dryRun))
                    return measuring.DryRun(parts.Part(parsed));
                if (parts.Part(parsed) is not { } part)
                    return measuring.Run(wanted, parts.Folder(parsed));
                if (parsed.GetValue(format) is not null || parsed.GetValue(all))
                    throw new UsageException("--shard writes a part for modgap merge, which has --format and --all.");
                return measuring.MakePart(part, wanted);
            }
            if (parsed.GetValue(noFingerprint))
                throw new UsageException("--no-fingerprint goes with --linear.");
            AnalysisOptions options = flags.Options(parsed);
            if (parsed.GetValue(dryRun))
                return DryRun.Show(terminal, inputs.Read(parsed, cancellation), options);
            using var destination = new Destination(terminal, wanted.Path);
            AnalysisResult result = Work.Run(terminal, silent, progress =>
            {
                IReadOnlyList<EmbeddingSet> sets = inputs.Read(parsed, cancellation);
                return GapAnalysis.Run(sets, options, progress, cancellation);
            });
            if (!silent && (wanted.Form != "table" || !destination.IsStandardOutput))
                Messages.Say(terminal, result);
            ResultFormat.Write(result, wanted.Form, wanted.EveryMeasure, destination, terminal);
            return ExitCode.Ok;
        });
        return command;
    }
}
