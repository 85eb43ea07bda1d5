using System.CommandLine;
using System.Globalization;
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

    private readonly bool forFiles;

    public ReportFlags(Command command, bool forFiles)
    {
        this.forFiles = forFiles;
        command.Options.Add(withoutCorrections);
        if (!forFiles)
            return;
        command.Options.Add(groups);
        command.Options.Add(groupKey);
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
