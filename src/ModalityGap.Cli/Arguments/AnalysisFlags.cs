using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Projections;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say how an analysis is run.</summary>
internal sealed class AnalysisFlags
{
    private static readonly AnalysisOptions Default = new();

    private static readonly int DefaultSample = new LinearOptions().SamplePairs;

    private readonly PairingFlags pairing = new();

    private readonly RepetitionFlags repetition = new(Default.Seed);

    private readonly Option<double[]?> temperatures = NumberOption.List(
        "--temperatures", $"Temperatures of the contrastive loss; default {string.Join(',', Default.Temperatures)}.", 1e-4, 1e4);

    private readonly Option<double?> prevalence = NumberOption.Share(
        "--prevalence", "Share of true matches among the pairs that a threshold will judge; default one in N.");

    private readonly Option<long?> mapPairs = NumberOption.Whole(
        "--map-pairs", $"The most pairs that the map shows; default {Default.MapPairs}.", 1, 1_000_000);

    private readonly Option<long?> sample = NumberOption.Whole(
        "--sample", "One pass as with --linear, and on a random sample of N items what needs every pair of rows: thresholds, search, the loss.", 50,
        ModalityGap.LinearOptions.MostSamplePairs);

    private readonly bool forPage;

    private readonly IReadOnlyList<MapKind> defaultMaps;

    private readonly Option<string[]?> maps;

    /// <summary>With the choice of a sample, for verbs that can measure in one pass.</summary>
    public static AnalysisFlags WithSample(Command command)
    {
        var flags = new AnalysisFlags(command, forFiles: true, forPage: false);
        command.Options.Add(flags.sample);
        return flags;
    }

    /// <param name="command">The verb.</param>
    /// <param name="forFiles">Whether the rows come from files, which may need pairing.</param>
    /// <param name="forPage">Whether a page is made, whose map has several layouts and can be asked about single pairs.</param>
    public AnalysisFlags(Command command, bool forFiles, bool forPage)
    {
        this.forPage = forPage;
        defaultMaps = forPage ? MapWords.OfPage : Default.Maps;
        maps = ChoiceOption.List(
            "--maps", $"Layouts of the pairs in a plane: {string.Join(',', MapWords.All)}; default {string.Join(',', defaultMaps.Select(MapWords.Of))}.", MapWords.All);
        if (forFiles)
            pairing.AddTo(command);
        command.Options.Add(temperatures);
        command.Options.Add(prevalence);
        command.Options.Add(maps);
        command.Options.Add(mapPairs);
        repetition.AddTo(command);
    }

    /// <summary>What of the options concerns one pass over the rows.</summary>
    /// <exception cref="UsageException">An option was given that needs every pair of rows, or another way of pairing.</exception>
    public LinearOptions LinearOptions(ParseResult parsed)
    {
        Option[] ofSample = HasSample(parsed) ? [] : [temperatures, prevalence];
        foreach (Option option in (Option[])[pairing.CaptionsPerItem, maps, mapPairs, .. ofSample])
            if (parsed.GetResult(option) is not null)
                throw new UsageException($"--linear has no use for {option.Name}: it takes row i with row i, once. Leave out one of the two.");
        if (pairing.Rule(parsed) == PairingRule.Id)
            throw new UsageException("--linear takes row i with row i: leave out --pair-by id, or --linear.");
        return new LinearOptions
        {
            Seed = repetition.Seed(parsed),
            Threads = repetition.Threads(parsed),
            SkipInvalid = pairing.SkipInvalid(parsed),
            SamplePairs = (int)(parsed.GetValue(sample) ?? DefaultSample),
            OnSample = HasSample(parsed) ? Options(parsed) : null,
        };
    }

    /// <summary>Whether a sample is to be measured by what needs every pair of rows.</summary>
    public bool HasSample(ParseResult parsed) => parsed.GetValue(sample) is not null;

    public AnalysisOptions Options(ParseResult parsed)
    {
        var shown = (int)(parsed.GetValue(mapPairs) ?? Default.MapPairs);
        return new AnalysisOptions
        {
            Seed = repetition.Seed(parsed),
            Threads = repetition.Threads(parsed),
            Temperatures = parsed.GetValue(temperatures) is { Length: > 0 } chosen ? chosen : Default.Temperatures,
            PairedBy = pairing.Rule(parsed),
            TextsPerItem = pairing.TextsPerItem(parsed),
            SkipInvalid = pairing.SkipInvalid(parsed),
            Prevalence = parsed.GetValue(prevalence) ?? Default.Prevalence,
            Maps = parsed.GetValue(maps) is { Length: > 0 } wanted
                ? Array.ConvertAll(wanted, MapWords.Kind)
                : [.. defaultMaps.Where(kind => kind != MapKind.Tsne || 2 * shown <= TsneOptions.MostRows)],
            MapPairs = shown,
            MapFacts = forPage,
        };
    }
}
