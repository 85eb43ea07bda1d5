using System.CommandLine;
using System.CommandLine.Parsing;
using ModalityGap.CommandLine;
using ModalityGap.Postgres;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say where in a database the embeddings are.</summary>
internal sealed class TableFlags
{
    private static readonly string[] Fitting =
    [
        "--column", "--modalities", "--skip-invalid", "--seed", "--threads", "--format", "--out", "--all", "--quiet", "--dry-run", "--linear",
        "--sample", "--temperatures", "--prevalence",
    ];

    private readonly Option<string?> table = new("--table")
    {
        Description = "With postgres://: the table, perhaps with its schema; --column names one column of embeddings, or two of one row.",
        HelpName = "NAME",
    };

    private readonly Option<string?> modality = new("--modality")
    {
        Description = "With postgres:// and one column of embeddings: the column that tells a row's modality.",
        HelpName = "NAME",
    };

    private readonly Option<string?> id = new("--id")
    {
        Description = "With postgres://: the column whose values pair the rows; default id.",
        HelpName = "NAME",
    };

    private readonly Option<string?> groupBy = new("--group-by")
    {
        Description = "With postgres://: the column whose values group the items, such as a category; the largest groups are measured too.",
        HelpName = "NAME",
    };

    private readonly Option<long?> timeout = NumberOption.Whole(
        "--statement-timeout", "With postgres://: after how many seconds the server gives up on a statement; default 600.", 1, 1_000_000);

    public TableFlags(Command command)
    {
        foreach (Option option in Own)
            command.Options.Add(option);
    }

    /// <summary>The table that is meant.</summary>
    /// <exception cref="UsageException">Something is missing, does not fit together, or is of files.</exception>
    public EmbeddingTable Table(ParseResult parsed, IReadOnlyList<string> modalities)
    {
        RefuseOthers(parsed);
        if (modalities.Count is not (0 or 2))
            throw new UsageException("A table is measured for two modalities, such as --modalities image,text.");
        var found = new EmbeddingTable
        {
            Table = parsed.GetValue(table) ?? throw new UsageException("postgres:// needs --table and --column: where the embeddings are."),
            Columns = Columns(parsed),
            ModalityColumn = parsed.GetValue(modality),
            GroupColumn = parsed.GetValue(groupBy),
            Modalities = modalities,
        };
        return found with
        {
            IdColumn = parsed.GetValue(id) ?? found.IdColumn,
            StatementTimeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : found.StatementTimeout,
        };
    }

    /// <summary>Refuses options of a database where files are given.</summary>
    public void RefuseOwn(ParseResult parsed)
    {
        foreach (Option option in Own.Where(option => parsed.GetResult(option) is { Implicit: false }))
            throw new UsageException($"{option.Name} goes with a database: postgres://user@host/database.");
    }

    // One column of embeddings with one that tells the modality, or two columns.
    private string[] Columns(ParseResult parsed)
    {
        string[] columns = parsed.GetValue<string?>("--column")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return columns.Length == (parsed.GetValue(modality) is null ? 2 : 1) && !columns.Contains("") ? columns : throw new UsageException(
            "A table has one column of embeddings, with --modality, or two: --column image_embedding,text_embedding.");
    }

    private void RefuseOthers(ParseResult parsed)
    {
        foreach (OptionResult given in parsed.CommandResult.Children.OfType<OptionResult>())
            if (!given.Implicit && !Own.Contains(given.Option) && !Fitting.Contains(given.Option.Name) && parsed.CommandResult.Command.Options.Contains(given.Option))
                throw new UsageException($"{given.Option.Name} does not go with postgres://.");
    }

    private Option[] Own => [table, modality, id, groupBy, timeout];
}
