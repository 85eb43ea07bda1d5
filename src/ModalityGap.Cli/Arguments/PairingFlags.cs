using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say which rows belong together, and what becomes of rows that cannot be used.</summary>
internal sealed class PairingFlags
{
    private readonly Option<string?> pairBy = new("--pair-by")
    {
        Description = "How rows are matched; default by id where every input has ids, else by row.",
        HelpName = "row|id",
    };

    private readonly Option<bool> skipInvalid = new("--skip-invalid")
    {
        Description = "Leave out items with a zero or non-finite row instead of stopping.",
    };

    public PairingFlags()
    {
        string[] rules = ["row", "id"];
        pairBy.CompletionSources.Add(rules);
        pairBy.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!rules.Contains(word))
                result.AddError($"--pair-by is row or id, not '{word}'.");
        });
    }

    /// <summary>The option of several texts an item, which some verbs cannot use.</summary>
    public Option<long?> CaptionsPerItem { get; } = NumberOption.Whole(
        "--captions-per-item", "Rows of the second modality per row of the first, when paired by row; default 1.", 1, 1_000_000);

    public void AddTo(Command command)
    {
        command.Options.Add(pairBy);
        command.Options.Add(CaptionsPerItem);
        command.Options.Add(skipInvalid);
    }

    public PairingRule Rule(ParseResult parsed) => parsed.GetValue(pairBy) switch
    {
        "row" => PairingRule.Row,
        "id" => PairingRule.Id,
        _ => PairingRule.Automatic,
    };

    public int TextsPerItem(ParseResult parsed) => (int)(parsed.GetValue(CaptionsPerItem) ?? 1);

    public bool SkipInvalid(ParseResult parsed) => parsed.GetValue(skipInvalid);
}
