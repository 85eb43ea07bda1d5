using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say how an analysis is run.</summary>
internal sealed class AnalysisFlags
{
    private static readonly AnalysisOptions Default = new();

    private readonly PairingFlags pairing = new();

    private readonly RepetitionFlags repetition = new(Default.Seed);

    private readonly Option<double[]?> temperatures = NumberOption.List(
        "--temperatures", $"Temperatures of the contrastive loss; default {string.Join(',', Default.Temperatures)}.", 1e-4, 1e4);

    private readonly Option<double?> prevalence = NumberOption.Share(
        "--prevalence", "Share of true matches among the pairs that a threshold will judge; default one in N.");

    public AnalysisFlags(Command command, bool forFiles)
    {
        if (forFiles)
            pairing.AddTo(command);
        command.Options.Add(temperatures);
        command.Options.Add(prevalence);
        repetition.AddTo(command);
    }

    /// <summary>What of the options concerns one pass over the rows.</summary>
    /// <exception cref="UsageException">An option was given that needs every pair of rows, or another way of pairing.</exception>
    public LinearOptions LinearOptions(ParseResult parsed)
    {
        foreach (Option option in (Option[])[pairing.CaptionsPerItem, temperatures, prevalence])
            if (parsed.GetResult(option) is not null)
                throw new UsageException($"--linear has no use for {option.Name}: it takes row i with row i, once. Leave out one of the two.");
        if (pairing.Rule(parsed) == PairingRule.Id)
            throw new UsageException("--linear takes row i with row i: leave out --pair-by id, or --linear.");
        return new LinearOptions
        {
            Seed = repetition.Seed(parsed),
            Threads = repetition.Threads(parsed),
            SkipInvalid = pairing.SkipInvalid(parsed),
        };
    }

    public AnalysisOptions Options(ParseResult parsed) => new()
    {
        Seed = repetition.Seed(parsed),
        Threads = repetition.Threads(parsed),
        Temperatures = parsed.GetValue(temperatures) is { Length: > 0 } chosen ? chosen : Default.Temperatures,
        PairedBy = pairing.Rule(parsed),
        TextsPerItem = pairing.TextsPerItem(parsed),
        SkipInvalid = pairing.SkipInvalid(parsed),
        Prevalence = parsed.GetValue(prevalence) ?? Default.Prevalence,
    };
}
