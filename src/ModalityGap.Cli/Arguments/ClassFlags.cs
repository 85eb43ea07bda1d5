using System.CommandLine;
using ModalityGap.Cli.Evaluating;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Formats;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say which label each row has, and which texts the classes have.</summary>
internal sealed class ClassFlags
{
    private readonly Option<string?> labels;

    private readonly Option<string?> labelKey = Key("--label-key", "The key of a jsonl file that holds the labels; default label, class or group.");

    private readonly Option<string?> classes;

    private readonly Option<string?> classNames = File("--class-names",
        "The class of each row of --classes, one a line or jsonl, where that file holds no labels.");

    private readonly Option<string?> classSets = new("--class-sets")
    {
        Description = "Classes whose rates by group are told together, such as \"crime=thief,criminal;non-human=animal,gorilla\".",
        HelpName = "SETS",
    };

    /// <param name="labels">What the verb's help says of the labels.</param>
    /// <param name="classes">What it says of the classes.</param>
    public ClassFlags(string labels, string classes)
    {
        this.labels = File("--labels", labels);
        this.classes = File("--classes", classes);
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[labels, labelKey, classes, classNames, classSets])
            command.Options.Add(option);
    }

    /// <summary>Whether class texts were named.</summary>
    public bool HasClasses(ParseResult parsed) => parsed.GetResult(classes) is not null;

    /// <exception cref="UsageException">A key without a file.</exception>
    /// <exception cref="EmbeddingDataException">The file cannot be used.</exception>
    public RowWords? Labels(ParseResult parsed)
    {
        Needs(parsed, labelKey, labels);
        return parsed.GetValue(labels) is { } file ? WordFile.Read(file, parsed.GetValue(labelKey), "label", "class", "group") : null;
    }

    /// <exception cref="UsageException">Names without classes.</exception>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public EmbeddingSet? Classes(ParseResult parsed, CancellationToken cancellation)
    {
        Needs(parsed, classNames, classes);
        return parsed.GetValue(classes) is { } file ? Read(file, parsed.GetValue(classNames), cancellation) : null;
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="groups">The option of the groups, which the sets need.</param>
    /// <exception cref="UsageException">They cannot be read, or there are no groups.</exception>
    public ClassSet[] Sets(ParseResult parsed, Option groups)
    {
        Needs(parsed, classSets, groups);
        return Sets(parsed.GetValue(classSets));
    }

    /// <summary>Refuses what means nothing without class texts.</summary>
    /// <exception cref="UsageException">Names the option.</exception>
    public void CheckAlone(ParseResult parsed)
    {
        foreach (Option option in (Option[])[labels, labelKey, classNames, classSets])
            Needs(parsed, option, classes);
    }

    /// <exception cref="UsageException">The option has no use without the other one.</exception>
    public static void Needs(ParseResult parsed, Option option, Option other)
    {
        if (parsed.GetResult(option) is not null && parsed.GetResult(other) is null)
            throw new UsageException($"{option.Name} goes with {other.Name}.");
    }

    public static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    public static Option<string?> Key(string name, string description) => new(name) { Description = description, HelpName = "KEY" };

    private static EmbeddingSet Read(string path, string? names, CancellationToken cancellation)
    {
        IReadOnlyList<EmbeddingSet> read = EmbeddingFile.Read(path, new ReadOptions { Formats = AllFormats.List }, cancellation);
        if (read.Count != 1)
            throw new EmbeddingDataException(path, $"it holds {read.Count} modalities.", "Give the embedded texts of the classes alone.");
        if (names is null)
            return read[0];
        RowWords words = WordFile.Read(names, null, "class", "label", "name");
        return words.Words.Count == read[0].Rows
            ? read[0].WithNames(read[0].Names with { Labels = words.Words })
            : throw new EmbeddingDataException(names, $"it names {words.Words.Count} classes, {path} has {read[0].Rows} rows.",
                "Give the class of each row, in the order of the rows.");
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
}
