using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say how an analysis is run.</summary>
internal sealed class AnalysisFlags
{
    private static readonly AnalysisOptions Default = new();

    private readonly Option<string?> pairBy = new("--pair-by")
    {
        Description = "How rows are matched; default by id where every input has ids, else by row.",
        HelpName = "row|id",
    };

    private readonly Option<long?> captionsPerItem = NumberOption.Whole(
        "--captions-per-item", "Rows of the second modality per row of the first, when paired by row; default 1.", 1, 1_000_000);

    private readonly Option<bool> skipInvalid = new("--skip-invalid")
    {
        Description = "Leave out items with a zero or non-finite row instead of stopping.",
    };

    private readonly Option<double[]?> temperatures = NumberOption.List(
        "--temperatures", $"Temperatures of the contrastive loss; default {string.Join(',', Default.Temperatures)}.", 1e-4, 1e4);

    private readonly Option<double?> prevalence = NumberOption.Share(
        "--prevalence", "Share of true matches among the pairs that a threshold will judge; default one in N.");

    private readonly Option<long?> seed = NumberOption.Whole(
        "--seed", $"Seed of everything random; default {Default.Seed}.", long.MinValue, long.MaxValue);

    private readonly Option<long?> threads = NumberOption.Whole(
        "--threads", "Number of threads, 0 for one per core; changes the speed, never a bit of the result.", 0, 4096);

    public AnalysisFlags(Command command, bool forFiles)
    {
        string[] rules = ["row", "id"];
        pairBy.CompletionSources.Add(rules);
        pairBy.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!rules.Contains(word))
                result.AddError($"--pair-by is row or id, not '{word}'.");
        });
        if (forFiles)
        {
            command.Options.Add(pairBy);
            command.Options.Add(captionsPerItem);
            command.Options.Add(skipInvalid);
        }
        command.Options.Add(temperatures);
        command.Options.Add(prevalence);
        command.Options.Add(seed);
        command.Options.Add(threads);
    }

    /// <summary>What of the options concerns one pass over the rows.</summary>
    /// <exception cref="UsageException">An option was given that needs every pair of rows, or another way of pairing.</exception>
    public LinearOptions LinearOptions(ParseResult parsed)
    {
        foreach (Option option in (Option[])[captionsPerItem, temperatures, prevalence])
            if (parsed.GetResult(option) is not null)
                throw new UsageException($"--linear has no use for {option.Name}: it takes row i with row i, once. Leave out one of the two.");
        if (parsed.GetValue(pairBy) == "id")
            throw new UsageException("--linear takes row i with row i: leave out --pair-by id, or --linear.");
        return new LinearOptions
        {
            Seed = parsed.GetValue(seed) ?? Default.Seed,
            Threads = (int)(parsed.GetValue(threads) ?? Default.Threads),
            SkipInvalid = parsed.GetValue(skipInvalid),
        };
    }

    public AnalysisOptions Options(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(seed) ?? Default.Seed,
        Threads = (int)(parsed.GetValue(threads) ?? Default.Threads),
        Temperatures = parsed.GetValue(temperatures) is { Length: > 0 } chosen ? chosen : Default.Temperatures,
        PairedBy = parsed.GetValue(pairBy) switch
        {
            "row" => PairingRule.Row,
            "id" => PairingRule.Id,
            _ => Default.PairedBy,
        },
        TextsPerItem = (int)(parsed.GetValue(captionsPerItem) ?? Default.TextsPerItem),
        SkipInvalid = parsed.GetValue(skipInvalid),
        Prevalence = parsed.GetValue(prevalence) ?? Default.Prevalence,
    };
}
