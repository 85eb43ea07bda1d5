using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Comparing;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap compare RUN RUN...</c>: several models or checkpoints on the same items.</summary>
internal static class CompareVerb
{
    private static readonly ComparisonOptions Default = new();

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("compare", "Compare models or checkpoints on the same items, with paired intervals.");
        var inputs = new InputArguments(command, new Argument<string[]>("RUN")
        {
            Description = "A model: a folder with its embeddings, a stacked file, or two files with a comma between; NAME= before it names it. "
                + "The first is the reference.",
            Arity = ArgumentArity.OneOrMore,
        });
        var by = new Option<string?>("--by")
        {
            Description = $"The number to rank by; default {Default.By}, the mean of both directions.",
            HelpName = "MEASURE",
        };
        by.CompletionSources.Add([.. ModelComparison.Measures]);
        Option<string?> format = OutputOption.Format(ResultFormat.WithPage);
        Option<string?> path = OutputOption.Out("Write the result to this file instead of standard output.");
        command.Options.Add(by);
        command.Options.Add(format);
        command.Options.Add(path);
        var pairing = new PairingFlags();
        pairing.AddTo(command);
        var repetition = new RepetitionFlags(Default.Seed);
        repetition.AddTo(command);
        Option<bool> quiet = OutputOption.Quiet();
        Option<bool> dryRun = DryRun.Option();
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            IReadOnlyList<RunWord> words = RunWord.Parse(inputs.Files(parsed));
            var options = new ComparisonOptions
            {
                Seed = repetition.Seed(parsed),
                Threads = repetition.Threads(parsed),
                PairedBy = pairing.Rule(parsed),
                TextsPerItem = pairing.TextsPerItem(parsed),
                SkipInvalid = pairing.SkipInvalid(parsed),
                By = Known(parsed.GetValue(by)),
            };
            if (parsed.GetValue(dryRun))
                return Show(terminal, Read(words, inputs, parsed, null, cancellation), options);
            string form = ResultFormat.ChooseWithPage(parsed.GetValue(format), parsed.GetValue(path));
            bool page = form == ResultFormat.Page;
            using var destination = new Destination(terminal, parsed.GetValue(path));
            bool silent = parsed.GetValue(quiet);
            ComparisonResult result = Work.Run(terminal, silent, progress =>
            {
                IReadOnlyList<ModelRun> runs = Read(words, inputs, parsed, progress, cancellation);
                CheckSubject(options.By, runs[0]);
                return ModelComparison.Run(runs, options with { Pictures = page }, progress, cancellation);
            });
            if (!silent && (form != "table" || !destination.IsStandardOutput))
                Messages.Say(terminal, result);
            if (page)
                ReportFiles.WritePage(result, destination);
            else
                ResultFormat.Write(result, form, destination, terminal);
            return ExitCode.Ok;
        });
        return command;
    }

    private static IReadOnlyList<ModelRun> Read(
        IReadOnlyList<RunWord> words, InputArguments inputs, ParseResult parsed, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        MemoryAdvice.Check([.. words.SelectMany(word => word.Paths)], null);
        List<ModelRun> runs = [];
        foreach (RunWord word in words)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new AnalysisProgress($"reading {word.Name}", 0));
            runs.Add(RunFiles.Read(word, inputs.ReadOptions(parsed), inputs.Names(parsed), cancellation));
        }
        return RunFiles.InOneOrder(runs);
    }

    private static string Known(string? by)
    {
        if (by is null)
            return Default.By;
        string id = by.Split('/')[0];
        return ModelComparison.Measures.Contains(id) ? by : throw Unknown($"'{by}'", id, ModelComparison.Measures);
    }

    // A direction of search is called by the modalities, which are known when the files are read.
    private static void CheckSubject(string by, ModelRun run)
    {
        IReadOnlyList<string> keys = ModelComparison.Keys(run.First.Modality, run.Second.Modality);
        if (by.Contains('/', StringComparison.Ordinal) && !keys.Contains(by))
            throw Unknown($"'{by}' here", by, keys);
    }

    private static UsageException Unknown(string what, string typed, IReadOnlyList<string> known) =>
        new($"--by knows no {what}.{Suggestion.Sentence(typed, known)} It takes one of {string.Join(", ", known)}.");

    private static int Show(Terminal terminal, IReadOnlyList<ModelRun> runs, ComparisonOptions options)
    {
        terminal.Out.WriteLine(ModelComparison.Detect(runs, options));
        foreach (ModelRun run in runs)
            terminal.Out.WriteLine($"{run.Name}: {InWords(run.First)}; {InWords(run.Second)}; {run.First.Dimensions} dimensions");
        terminal.Out.WriteLine($"Would compare {runs.Count} models, ranked by {options.By}, seed {options.Seed}. Nothing was run.");
        return ExitCode.Ok;
    }

    private static string InWords(EmbeddingSet set) => $"{set.Provenance.Source}, {set.Rows} {set.Modality} rows";
}
