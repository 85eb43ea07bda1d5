using System.CommandLine;
using ModalityGap.Accumulation;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap merge PART...</c>: the result of parts that were measured apart.</summary>
internal static class MergeVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("merge", "Merge the parts that measure --shard wrote into the result of one pass over all rows.");
        var parts = new Argument<string[]>("PART")
        {
            Description = "The part files, in any order.",
            Arity = ArgumentArity.OneOrMore,
        };
        var partial = new Option<bool>("--partial") { Description = "Accept that parts are missing; the result says which rows it lacks." };
        var sample = new Option<bool>("--sample")
        {
            Description = "Measure what needs every pair of rows on the sample that the parts hold: of 1024 items, or of N after measure --sample N.",
        };
        Option<string?> format = OutputOption.Format(ResultFormat.All);
        Option<string?> path = OutputOption.Out("Write the result to this file instead of standard output.");
        var all = new Option<bool>("--all") { Description = "Show every number in the table or the Markdown, not the main ones only." };
        Option<bool> quiet = OutputOption.Quiet();
        command.Arguments.Add(parts);
        command.Options.Add(partial);
        command.Options.Add(sample);
        command.Options.Add(format);
        command.Options.Add(path);
        command.Options.Add(all);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            var wanted = new LinearMeasuring.Output(
                ResultFormat.Choose(parsed.GetValue(format), parsed.GetValue(path)), parsed.GetValue(path), parsed.GetValue(all), parsed.GetValue(quiet));
            using var destination = new Destination(terminal, wanted.Path);
            LinearResult result = Work.Run(terminal, wanted.Quiet, progress =>
                Merge(parsed.GetRequiredValue(parts), progress, cancellation).Compute(
                    parsed.GetValue(partial), parsed.GetValue(sample) ? new AnalysisOptions() : null, progress, cancellation));
            LinearMeasuring.Show(terminal, result, wanted, destination);
            return ExitCode.Ok;
        });
        return command;
    }

    // One part is held beside what was merged before: memory does not grow with their number.
    private static GapAccumulator Merge(string[] paths, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        GapAccumulator merged = GapAccumulator.Load(paths[0]);
        for (int i = 1; i < paths.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new AnalysisProgress($"merging {Path.GetFileName(paths[i])}", (double)i / paths.Length));
            merged.Merge(GapAccumulator.Load(paths[i]), paths[i]);
        }
        return merged;
    }
}
