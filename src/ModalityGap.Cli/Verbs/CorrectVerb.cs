using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Deployment;
using ModalityGap.Cli.Evaluating;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap correct FILE... -o gap.json</c>: chooses a correction by evidence and keeps it.</summary>
internal static class CorrectVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("correct", "Choose a correction by what held-out items show, and keep it as a file.");
        var inputs = new InputArguments(command);
        Option<string?> path = OutputOption.Out("Keep the recommended correction here, with its matrices beside it as .safetensors; nothing is written where none is recommended.");
        Option<string?> format = OutputOption.Format(ResultFormat.All);
        var method = new Option<string?>("--method") { Description = "Keep this correction whatever the evidence.", HelpName = "ID" };
        method.CompletionSources.Add([.. CorrectionSelection.Methods]);
        Option<string?> emit = ChoiceOption.Create("--emit", "Print code that searches with the correction instead of the table; needs --out.", [.. DeploymentCode.Languages]);
        var query = new Option<string?>("--query")
        {
            Description = "The modality that asks; default the last of three, or of two the one with several rows per item.",
            HelpName = "NAME",
        };
        var labels = new Option<string?>("--labels")
        {
            Description = "The label of each row of the first file, one a line or jsonl: zero-shot classification before and after. Default the labels that it holds.",
            HelpName = "FILE",
        };
        command.Options.Add(path);
        command.Options.Add(format);
        command.Options.Add(labels);
        command.Options.Add(emit);
        command.Options.Add(method);
        command.Options.Add(query);
        var flags = new CorrectionFlags(command);
        Option<bool> quiet = OutputOption.Quiet();
        Option<bool> dryRun = DryRun.Option();
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            string? wanted = Known(parsed.GetValue(method)), language = parsed.GetValue(emit);
            if (language is not null && (parsed.GetValue(path) is null || parsed.GetValue(format) is not null))
                throw new UsageException("--emit prints code that reads the kept correction: give --out, such as -o gap.json, and no --format.");
            CorrectionOptions options = flags.Options(parsed) with { Method = wanted, Query = parsed.GetValue(query) };
            if (parsed.GetValue(dryRun))
                return Show(terminal, inputs.Read(parsed, cancellation), options);
            bool silent = parsed.GetValue(quiet);
            CorrectionOutput? output = parsed.GetValue(path) is { } target ? CorrectionOutput.Open(target) : null;
            (CorrectionResult result, FittedCorrection? correction) = Work.Run(terminal, silent, progress =>
            {
                IReadOnlyList<EmbeddingSet> sets = Labelled(inputs.Read(parsed, cancellation), parsed.GetValue(labels));
                CheckQuery(options.Query, sets);
                return CorrectionSelection.Run(sets, options, progress, cancellation);
            });
            if (output is not null && correction is not null)
                output.Save(correction);
            using (var destination = new Destination(terminal, null))
                if (language is null)
                    ResultFormat.Write(result, parsed.GetValue(format) ?? "table", destination, terminal);
                else if (correction is not null)
                    destination.Write(writer => DeploymentCode.Write(language, correction, output!.Path, writer));
            if (!silent && language is not null)
                terminal.Say(result.Advice.Headline);
            if (!silent && output is not null)
                terminal.Say(correction is null ? $"{output.Path}: not written, for nothing is recommended." : $"{output.Path} and {output.Tensors} hold {correction.Id}.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static IReadOnlyList<EmbeddingSet> Labelled(IReadOnlyList<EmbeddingSet> sets, string? file)
    {
        if (file is null)
            return sets;
        RowWords words = WordFile.Read(file, null, "label", "class", "group");
        return words.Words.Count == sets[0].Rows
            ? [sets[0].WithNames(sets[0].Names with { Labels = words.Words }), .. sets.Skip(1)]
            : throw new EmbeddingDataException(
                file, $"it has {words.Words.Count} labels, {sets[0].Provenance.Source} {sets[0].Rows} rows.", "Give the label of each row of the first file, in their order.");
    }

    private static string? Known(string? method) => method is null || CorrectionSelection.Methods.Contains(method)
        ? method
        : throw new UsageException($"--method knows no '{method}'. It takes one of {string.Join(", ", CorrectionSelection.Methods)}.");

    private static void CheckQuery(string? query, IReadOnlyList<EmbeddingSet> sets)
    {
        if (query is not null && sets.All(set => set.Modality.Name != query))
            throw new UsageException($"--query names no modality that was read: '{query}'. There are {string.Join(", ", sets.Select(set => set.Modality))}.");
    }

    private static int Show(Terminal terminal, IReadOnlyList<EmbeddingSet> sets, CorrectionOptions options)
    {
        CheckQuery(options.Query, sets);
        terminal.Out.WriteLine(Detection.InWords(
            sets, new AnalysisOptions { PairedBy = options.PairedBy, TextsPerItem = options.TextsPerItem, SkipInvalid = options.SkipInvalid }));
        terminal.Out.WriteLine(
            $"Would try {CorrectionSelection.Methods.Count} corrections and placebos on at most {options.TrialItems} items, seed {options.Seed}. Nothing was run.");
        return ExitCode.Ok;
    }
}
