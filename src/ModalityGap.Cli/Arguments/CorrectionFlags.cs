using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say how a correction is chosen.</summary>
internal sealed class CorrectionFlags
{
    private static readonly CorrectionOptions Default = new();

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

    private readonly Option<long?> trialItems = NumberOption.Whole(
        "--trial-items", $"The most items among which candidates are judged; default {Default.TrialItems}.", Selection.NestedSelection.FewestItems, 1_000_000);

    private readonly Option<long?> seed = NumberOption.Whole(
        "--seed", $"Seed of everything random; default {Default.Seed}.", long.MinValue, long.MaxValue);

    private readonly Option<long?> threads = NumberOption.Whole(
        "--threads", "Number of threads, 0 for one per core; changes the speed, never a bit of the result.", 0, 4096);

    public CorrectionFlags(Command command)
    {
        string[] rules = ["row", "id"];
        pairBy.CompletionSources.Add(rules);
        pairBy.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!rules.Contains(word))
                result.AddError($"--pair-by is row or id, not '{word}'.");
        });
        command.Options.Add(pairBy);
        command.Options.Add(captionsPerItem);
        command.Options.Add(skipInvalid);
        command.Options.Add(trialItems);
        command.Options.Add(seed);
        command.Options.Add(threads);
    }

    public CorrectionOptions Options(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(seed) ?? Default.Seed,
        Threads = (int)(parsed.GetValue(threads) ?? Default.Threads),
        TrialItems = (int)(parsed.GetValue(trialItems) ?? Default.TrialItems),
        PairedBy = parsed.GetValue(pairBy) switch
        {
            "row" => PairingRule.Row,
            "id" => PairingRule.Id,
            _ => Default.PairedBy,
        },
        TextsPerItem = (int)(parsed.GetValue(captionsPerItem) ?? Default.TextsPerItem),
        SkipInvalid = parsed.GetValue(skipInvalid),
    };
}
