using System.CommandLine;
using System.Globalization;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Evaluating;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Reporting;

/// <summary>Options that say what a page shows beside the analysis.</summary>
internal sealed class ReportFlags
{
    private readonly Option<bool> withoutCorrections = new("--no-corrections")
    {
        Description = $"Do not try every correction on held-out pairs, which takes some seconds to half a minute; with more than {ReportWork.MostPairs} pairs of modalities none is tried.",
    };

    private readonly Option<string?> groups = new("--groups")
    {
        Description = "The group of each row of the first file, one a line or jsonl: gap and recall by group. Default the labels that it holds, where they make groups.",
        HelpName = "FILE",
    };

    private readonly Option<string?> groupKey = new("--group-key")
    {
        Description = "The key of a jsonl file that holds the groups; default group, label or class.",
        HelpName = "KEY",
    };

    private readonly ClassFlags classes = new(
        "The label of each row of the first file, with --classes: a text file with one a line, or jsonl. Default the labels that the first file holds.",
        "Embedded prompts of the classes: zero-shot classification of the first file's rows along the gap, and with --groups rates by group.");

    private readonly Option<string?> shift = ChoiceOption.Create(
        "--shift", "What a shift along the gap moves, with --classes; default both.", [.. EvaluationOptions.Conventions]);

    private readonly bool forFiles;

    public ReportFlags(Command command, bool forFiles)
    {
        this.forFiles = forFiles;
        command.Options.Add(withoutCorrections);
        if (!forFiles)
            return;
        command.Options.Add(groups);
        command.Options.Add(groupKey);
        classes.AddTo(command);
        command.Options.Add(shift);
    }

    public bool WithCorrections(ParseResult parsed) => !parsed.GetValue(withoutCorrections);

    /// <exception cref="UsageException">A key without a file.</exception>
    /// <exception cref="EmbeddingDataException">The file cannot be used.</exception>
    public RowWords? Groups(ParseResult parsed)
    {
        if (!forFiles)
            return null;
        string? file = parsed.GetValue(groups), key = parsed.GetValue(groupKey);
        if (file is null && key is not null)
            throw new UsageException("--group-key goes with --groups.");
        return file is null ? null : WordFile.Read(file, key, "group", "label", "class");
    }

    /// <summary>What is classified by which texts; <c>null</c> where no texts were named.</summary>
    /// <exception cref="UsageException">An option has no use without another one.</exception>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public ClassificationTask? Classification(ParseResult parsed, EmbeddingSet first, RowWords? groups, CancellationToken cancellation) =>
        classes.HasClasses(parsed)
        ? new ClassificationTask
        {
            Images = first,
            Labels = classes.Labels(parsed),
            Classes = classes.Classes(parsed, cancellation)!,
            Groups = groups,
            ClassSets = classes.Sets(parsed, this.groups),
        }
        : null;

    /// <summary>How it is classified.</summary>
    public ClassificationOptions HowToClassify(ParseResult parsed, AnalysisOptions options) => new()
    {
        Seed = options.Seed,
        Threads = options.Threads,
        Shift = parsed.GetValue(shift) ?? new ClassificationOptions().Shift,
    };

    /// <summary>Refuses options about classes without classes.</summary>
    /// <exception cref="UsageException">Names the option.</exception>
    public void CheckClasses(ParseResult parsed, AnalysisOptions options)
    {
        if (!forFiles)
            return;
        classes.CheckAlone(parsed);
        if (parsed.GetResult(shift) is not null && !classes.HasClasses(parsed))
            throw new UsageException("--shift goes with --classes.");
        if (options.SkipInvalid && classes.HasClasses(parsed))
            throw new UsageException("--classes needs every row: repair the invalid ones, or leave out --skip-invalid.");
    }

    /// <summary>The command that chooses and keeps a correction of two modalities.</summary>
    public static string Command(EmbeddingSet first, EmbeddingSet second, AnalysisOptions options)
    {
        IEnumerable<string> words =
        [
            "modgap", "correct", .. new[] { first.Provenance.Source, second.Provenance.Source }.Distinct().Select(Quoted),
            .. options.TextsPerItem > 1 ? ["--captions-per-item", options.TextsPerItem.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            .. options.PairedBy switch { PairingRule.Row => ["--pair-by", "row"], PairingRule.Id => ["--pair-by", "id"], _ => Array.Empty<string>() },
            .. options.SkipInvalid ? ["--skip-invalid"] : Array.Empty<string>(),
            "-o", "gap.json",
        ];
        return string.Join(' ', words);
    }

    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
