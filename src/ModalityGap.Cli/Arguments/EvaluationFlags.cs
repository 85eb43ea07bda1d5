using System.CommandLine;
using ModalityGap.Cli.Evaluating;
using ModalityGap.CommandLine;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Formats;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say what embeddings are evaluated by.</summary>
internal sealed class EvaluationFlags
{
    private static readonly EvaluationOptions Default = new();

    private readonly PairingFlags pairing = new();

    private readonly RepetitionFlags repetition = new(Default.Seed);

    private readonly Option<string?> labels = File("--labels", "The label of each row of the first file: a text file with one a line, or jsonl. Default the labels that the first file holds.");

    private readonly Option<string?> labelKey = Key("--label-key", "The key of a jsonl file that holds the labels; default label, class or group.");

    private readonly Option<string?> classes = File("--classes", "Embedded prompts of the classes, of the same model; several rows with the same name are an ensemble. Default the mean of each label's texts.");

    private readonly Option<string?> classNames = File("--class-names", "The class of each row of --classes, one a line or jsonl, where that file holds no labels.");

    private readonly Option<string?> groups = File("--groups", "The group of each row of the first file, one a line or jsonl: rates and accuracy by group.");

    private readonly Option<string?> groupKey = Key("--group-key", "The key of a jsonl file that holds the groups; default group, label or class.");

    private readonly Option<string?> classSets = new("--class-sets")
    {
        Description = "Classes whose rates by group are told together, such as \"crime=thief,criminal;non-human=animal,gorilla\".",
        HelpName = "SETS",
    };

    private readonly Option<string?> correction = File("--correction", "A correction from modgap correct, such as gap.json: everything before and after it, with paired differences.");

    private readonly Option<bool> sweep = new("--sweep")
    {
        Description = "Also along the gap: the best shift chosen on one half and tested on the other, beside the choice on the test set itself.",
    };

    private readonly Option<string?> shift = ChoiceOption.Create("--shift", $"What a shift moves, with --sweep; default {Default.Shift}.", [.. EvaluationOptions.Conventions]);

    public EvaluationFlags(Command command)
    {
        foreach (Option option in (Option[])[labels, labelKey, classes, classNames, groups, groupKey, classSets, correction, sweep, shift])
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
        Needs(parsed, labelKey, labels);
        Needs(parsed, groupKey, groups);
        Needs(parsed, classNames, classes);
        Needs(parsed, classSets, groups);
        IReadOnlyList<ClassSet> sets = Sets(parsed.GetValue(classSets));
        return new EvaluationTask
        {
            Labels = parsed.GetValue(labels) is { } labelFile ? WordFile.Read(labelFile, parsed.GetValue(labelKey), "label", "class", "group") : null,
            Groups = parsed.GetValue(groups) is { } groupFile ? WordFile.Read(groupFile, parsed.GetValue(groupKey), "group", "label", "class") : null,
            Classes = parsed.GetValue(classes) is { } classFile ? Classes(classFile, parsed.GetValue(classNames), cancellation) : null,
            ClassSets = sets,
            Correction = parsed.GetValue(correction) is { } artefact ? CorrectionFile.Load(artefact) : null,
        };
    }

    private static EmbeddingSet Classes(string path, string? names, CancellationToken cancellation)
    {
        IReadOnlyList<EmbeddingSet> read = EmbeddingFile.Read(path, new ReadOptions { Formats = AllFormats.List }, cancellation);
        if (read.Count != 1)
            throw new EmbeddingDataException(path, $"it holds {read.Count} modalities.", "Give the embedded texts of the classes alone.");
        if (names is null)
            return read[0];
        RowWords words = WordFile.Read(names, null, "class", "label", "name");
        return words.Words.Count == read[0].Rows
            ? read[0].WithNames(read[0].Names with { Labels = words.Words })
            : throw new EmbeddingDataException(names, $"it names {words.Words.Count} classes, {path} has {read[0].Rows} rows.", "Give the class of each row, in the order of the rows.");
    }

    private static ClassSet[] Sets(string? list)
    {
        if (list is null)
            return [];
        List<ClassSet> sets = [];
        foreach (string part in list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            string[] classes = sides.Length < 2 ? [] : sides[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (sides[0].Length == 0 || classes.Length == 0)
                throw new UsageException($"--class-sets takes names with their classes, such as \"crime=thief,criminal;non-human=animal\", not '{part}'.");
            sets.Add(new ClassSet(sides[0], classes));
        }
        return [.. sets];
    }

    private static void Needs(ParseResult parsed, Option option, Option other)
    {
        if (parsed.GetResult(option) is not null && parsed.GetResult(other) is null)
            throw new UsageException($"{option.Name} goes with {other.Name}.");
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static Option<string?> Key(string name, string description) => new(name) { Description = description, HelpName = "KEY" };
}
