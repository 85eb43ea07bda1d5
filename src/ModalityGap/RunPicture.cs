using ModalityGap.Measures;
using ModalityGap.Projections;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>How a model's cosines spread and where its rows lie.</summary>
public sealed record RunPicture
{
    /// <summary>The model's name.</summary>
    public required string Run { get; init; }

    /// <summary>Cosines of the four kinds of pairs, one pair per item.</summary>
    public required CosineHistograms Histograms { get; init; }

    /// <summary>The means of three of the kinds, by <see cref="Measurement.Key"/>; that of matched pairs is among the numbers of the model.</summary>
    public required IReadOnlyDictionary<string, Measurement> Cosines { get; init; }

    /// <summary>The same items of every model, in the plane of the model's own first two singular directions.</summary>
    public required PairMap Map { get; init; }

    /// <summary>The picture of a model.</summary>
    /// <param name="run">Its name.</param>
    /// <param name="evidence">Its sweeps.</param>
    /// <param name="mapPairs">The most pairs in the map.</param>
    /// <param name="random">Draws the pairs, the same for all models.</param>
    internal static RunPicture Of(string run, PairEvidence evidence, int mapPairs, RandomStream random) => new()
    {
        Run = run,
        Histograms = CosineHistograms.Of(evidence),
        Cosines = new MatchedCosines().Linear(evidence.Linear).Concat(new Cone().Linear(evidence.Linear))
            .Where(measurement => measurement.Id is "unmatched-cosine-mean" or "cosine-mean").ToDictionary(measurement => measurement.Key),
        Map = SvdMap.Compute(evidence.Pairs, evidence.SecondMoments.Stacked(), mapPairs, random, evidence.Work) with { FirstNames = null, SecondNames = null },
    };
}
