using System.CommandLine;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say how a correction is chosen.</summary>
internal sealed class CorrectionFlags
{
    private static readonly CorrectionOptions Default = new();

    private readonly PairingFlags pairing = new();

    private readonly RepetitionFlags repetition = new(Default.Seed);

    private readonly Option<long?> trialItems = NumberOption.Whole(
        "--trial-items", $"The most items among which candidates are judged; default {Default.TrialItems}.", Selection.NestedSelection.FewestItems, 1_000_000);

    public CorrectionFlags(Command command)
    {
        pairing.AddTo(command);
        command.Options.Add(trialItems);
        repetition.AddTo(command);
    }

    public CorrectionOptions Options(ParseResult parsed) => new()
    {
        Seed = repetition.Seed(parsed),
        Threads = repetition.Threads(parsed),
        TrialItems = (int)(parsed.GetValue(trialItems) ?? Default.TrialItems),
        PairedBy = pairing.Rule(parsed),
        TextsPerItem = pairing.TextsPerItem(parsed),
        SkipInvalid = pairing.SkipInvalid(parsed),
    };
}
