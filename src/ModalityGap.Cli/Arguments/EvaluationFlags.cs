using System.CommandLine;
using ModalityGap.Cli.Evaluating;
using ModalityGap.CommandLine;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say what embeddings are evaluated by.</summary>
internal sealed class EvaluationFlags
{
    private static readonly EvaluationOptions Default = new();

    private readonly PairingFlags pairing = new();

    private readonly RepetitionFlags repetition = new(Default.Seed);

    private readonly ClassFlags classes = new(
        "The label of each row of the first file: a text file with one a line, or jsonl. Default the labels that the first file holds.",
        "Embedded prompts of the classes, of the same model; several rows with the same name are an ensemble. Default the mean of each label's texts.");

    private readonly Option<string?> groups = ClassFlags.File("--groups",
        "The group of each row of the first file, one a line or jsonl: rates and accuracy by group.");

    private readonly Option<string?> groupKey = ClassFlags.Key("--group-key", "The key of a jsonl file that holds the groups; default group, label or class.");

    private readonly Option<string?> correction = ClassFlags.File("--correction",
        "A correction from modgap correct, such as gap.json: everything before and after it, with paired differences.");

    private readonly Option<bool> sweep = new("--sweep")
    {
        Description = "Also along the gap: the best shift chosen on one half and tested on the other, beside the choice on the test set itself.",
    };

    private readonly Option<string?> shift = ChoiceOption.Create("--shift", $"What a shift moves, with --sweep; default {Default.Shift}.", [.. EvaluationOptions.Conventions]);

    public EvaluationFlags(Command command)
    {
        classes.AddTo(command);
        foreach (Option option in (Option[])[groups, groupKey, correction, sweep, shift])
            command.Options.Add(option);
        pairing.AddTo(command);
        repetition.AddTo(command);
    }

    /// <exception cref="UsageException">An option has no use without another one.</exception>
    public EvaluationOptions Options(ParseResult parsed)
    {
        if (parsed.GetResult(shift) is not null && !parsed.GetValue(sweep))
            throw new UsageException("--shift goes with --sweep.");
        return new EvaluationOptions
        {
            Seed = repetition.Seed(parsed),
            Threads = repetition.Threads(parsed),
            PairedBy = pairing.Rule(parsed),
            TextsPerItem = pairing.TextsPerItem(parsed),
            SkipInvalid = pairing.SkipInvalid(parsed),
            Sweep = parsed.GetValue(sweep),
            Shift = parsed.GetValue(shift) ?? Default.Shift,
        };
    }

    /// <exception cref="UsageException">An option has no use without another one, or class sets cannot be read.</exception>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public EvaluationTask Task(ParseResult parsed, CancellationToken cancellation)
    {
        ClassFlags.Needs(parsed, groupKey, groups);
        IReadOnlyList<ClassSet> sets = classes.Sets(parsed, groups);
        return new EvaluationTask
        {
            Labels = classes.Labels(parsed),
            Groups = parsed.GetValue(groups) is { } groupFile ? WordFile.Read(groupFile, parsed.GetValue(groupKey), "group", "label", "class") : null,
            Classes = classes.Classes(parsed, cancellation),
            ClassSets = sets,
            Correction = parsed.GetValue(correction) is { } artefact ? CorrectionFile.Load(artefact) : null,
        };
    }
}
