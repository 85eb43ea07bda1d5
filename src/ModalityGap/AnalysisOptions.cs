using ModalityGap.Embeddings;
using ModalityGap.Projections;

namespace ModalityGap;

/// <summary>How an analysis is run. Every default is what the tool uses without options.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Seed of everything random: resampling, permutations, galleries, samples. Default 20220303.</summary>
    public long Seed { get; init; } = 20220303;

    /// <summary>How many threads work at once; 0 (the default) for one per core. Changes the speed, never a bit of the result.</summary>
    public int Threads { get; init; }

    /// <summary>Temperatures τ for the contrastive loss and the landscape. Default 0.01, 0.02, 0.1, 1.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [0.01, 0.02, 0.1, 1];

    /// <summary>How rows of two modalities are matched. Default by row, or by id where every input has ids.</summary>
    public PairingRule PairedBy { get; init; } = PairingRule.Automatic;

    /// <summary>Rows of the second modality per row of the first, where rows are matched by position: 5 for MSCOCO's captions. Default 1.</summary>
    public int TextsPerItem { get; init; } = 1;

    /// <summary>Whether items with a zero or non-finite row are left out instead of stopping the analysis. Default no.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>Share of true matches among the pairs that a threshold will judge; default one in N, as in a search over N documents.</summary>
    public double? Prevalence { get; init; }

    /// <summary>
    /// The most pairs over which the landscape takes loss and recall at once; larger sets use a random sample of this size, and the result
    /// says so. Default 25,000, about a minute of work on two cores; the other measures always use every pair.
    /// </summary>
    public int LandscapePairs { get; init; } = 25_000;

    /// <summary>
    /// How the pairs are laid out in a plane. The singular directions are always among them; UMAP and t-SNE take longer. Default singular
    /// directions only.
    /// </summary>
    public IReadOnlyList<MapKind> Maps { get; init; } = [MapKind.Svd];

    /// <summary>The most pairs that a map shows; of more a random sample. Default 1,000.</summary>
    public int MapPairs { get; init; } = 1000;

    /// <summary>Whether the map comes with what is known of each pair that it shows: cosine, ranks, neighbours. Default no.</summary>
    public bool MapFacts { get; init; }

    /// <summary>
    /// One group per row of the first input, such as a class or a language, by which the pairs are also measured. Default the labels that
    /// the first input was read with, where they make groups and not names.
    /// </summary>
    public RowWords? Groups { get; init; }

    /// <summary>Refuses options that make no sense.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Check()
    {
        if (Temperatures.Count == 0 || !Temperatures.All(temperature => temperature is >= 1e-4 and <= 1e4))
            throw new ArgumentException("Temperatures must be a list of numbers from 0.0001 to 10000.", nameof(Temperatures));
        if (Temperatures.Distinct().Count() != Temperatures.Count)
            throw new ArgumentException("A temperature is listed twice.", nameof(Temperatures));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(TextsPerItem, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LandscapePairs, 50);
        ArgumentOutOfRangeException.ThrowIfLessThan(MapPairs, 1);
        if (!Maps.All(Enum.IsDefined))
            throw new ArgumentException("A layout is asked for that does not exist.", nameof(Maps));
        if (Maps.Contains(MapKind.Tsne) && MapPairs > TsneOptions.MostRows / 2)
            throw new ArgumentException($"t-SNE shows at most {TsneOptions.MostRows / 2} pairs, for its time grows with their square: show fewer, or take UMAP.", nameof(MapPairs));
        if (Prevalence is not (null or (> 0 and < 1)))
            throw new ArgumentException("The prevalence must lie between 0 and 1.", nameof(Prevalence));
    }
}
