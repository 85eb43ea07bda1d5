using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap check FILE...</c>: holds embeddings against limits and a baseline; exit code 4 where they do not satisfy them.</summary>
internal static class CheckVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("check", "Check the gap against limits and a baseline: a gate for CI, exit code 4 when it fails.");
        var inputs = new InputArguments(command);
        var criteria = new CriteriaFlags(command);
        var baseline = new Option<string?>("--baseline")
        {
            Description = "An earlier result, from --write-baseline or measure --format json.",
            HelpName = "FILE",
        };
        var keep = new Option<string?>("--write-baseline")
        {
            Description = "Write the full result here for later checks; not where a check fails.",
            HelpName = "FILE",
        };
        Option<string?> format = OutputOption.Format(ResultFormat.All);
        Option<string?> path = OutputOption.Out("Write the result to this file instead of standard output.");
        command.Options.Add(baseline);
        command.Options.Add(keep);
        command.Options.Add(format);
        command.Options.Add(path);
        var pairing = new PairingFlags();
        pairing.AddTo(command);
        var repetition = new RepetitionFlags(new AnalysisOptions().Seed);
        repetition.AddTo(command);
        Option<bool> quiet = OutputOption.Quiet();
        Option<bool> dryRun = DryRun.Option();
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            string? held = parsed.GetValue(baseline);
            var call = new Call(criteria.Of(parsed, held is not null), held, parsed.GetValue(keep), parsed.GetValue(path));
            CheckUse(call);
            var options = new AnalysisOptions
            {
                Seed = repetition.Seed(parsed),
                Threads = repetition.Threads(parsed),
                PairedBy = pairing.Rule(parsed),
                TextsPerItem = pairing.TextsPerItem(parsed),
                SkipInvalid = pairing.SkipInvalid(parsed),
            };
            Baseline? earlier = call.Baseline is { } file ? Baseline.Load(file) : null;
            if (parsed.GetValue(dryRun))
                return DryRun.Show(terminal, inputs.Read(parsed, cancellation), options);
            string form = ResultFormat.Choose(parsed.GetValue(format), call.Out);
            return Run(terminal, call, earlier, options, form, parsed.GetValue(quiet), () => inputs.Read(parsed, cancellation), cancellation);
        });
        return command;
    }

    private static int Run(
        Terminal terminal,
        Call call,
        Baseline? earlier,
        AnalysisOptions options,
        string form,
        bool silent,
        Func<IReadOnlyList<EmbeddingSet>> read,
        CancellationToken cancellation)
    {
        using var destination = new Destination(terminal, call.Out);
        using Destination? kept = call.Keep is null ? null : new Destination(terminal, call.Keep);
        (CheckResult? result, AnalysisResult? whole) = Work.Run(terminal, silent, progress =>
        {
            IReadOnlyList<EmbeddingSet> sets = read();
            var first = new ProgressPart(progress, 0, kept is null ? 1 : 0.2);
            CheckResult? judged = call.Criteria.Any ? GapCheck.Run(sets, call.Criteria, earlier, options, first, cancellation) : null;
            bool keeps = kept is not null && judged is null or { Passed: true };
            return (judged, keeps && kept is not null ? GapAnalysis.Run(sets, options, new ProgressPart(progress, 0.2, 1), cancellation) : null);
        });
        if (result is not null)
        {
            if (!silent && (form != "table" || !destination.IsStandardOutput))
                Messages.Say(terminal, result);
            ResultFormat.Write(result, form, destination, terminal);
        }
        if (whole is not null)
            kept!.Write(writer => writer.WriteLine(AnalysisJson.ToText(whole)));
        if (kept is not null && !silent)
            terminal.Say(whole is null ? $"{call.Keep}: not written, for a check fails." : $"{call.Keep} holds the baseline.");
        return result is null or { Passed: true } ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private static void CheckUse(Call call)
    {
        if (!call.Criteria.Any && call.Keep is null)
            throw new UsageException("nothing to check: give --max-gap, --min-recall, or with --baseline also --max-drift or --max-recall-drop.");
        if (!call.Criteria.Any && call.Out is not null)
            throw new UsageException("--out is for the result of a check, and no limit was given: --write-baseline says where the baseline goes.");
        if (call.Keep == "-")
            throw new UsageException("--write-baseline takes a file; modgap measure --format json writes to standard output.");
        if (call.Keep is not null && call.Out is not null && Path.GetFullPath(call.Keep) == Path.GetFullPath(call.Out))
            throw new UsageException("--out and --write-baseline name the same file.");
    }

    /// <summary>The progress of one of two pieces of work, as a part of the whole.</summary>
    private sealed class ProgressPart(IProgress<AnalysisProgress>? whole, double from, double to) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => whole?.Report(value with { Fraction = from + (to - from) * value.Fraction });
    }

    /// <summary>What was asked for.</summary>
    private sealed record Call(CheckCriteria Criteria, string? Baseline, string? Keep, string? Out);
}
