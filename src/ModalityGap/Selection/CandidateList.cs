using System.Globalization;
using ModalityGap.Corrections;

namespace ModalityGap.Selection;

/// <summary>The candidates, the simpler ones first: where two cannot be told apart, the earlier one is taken.</summary>
internal static class CandidateList
{
    private static readonly double[] Ridges = [30, 3, 300];

    /// <summary>Every candidate. The first is to do nothing.</summary>
    public static IReadOnlyList<Candidate> Standard { get; } = [.. Enumerate()];

    private static IEnumerable<Candidate> Enumerate()
    {
        yield return Candidate.Nothing;
        yield return Of(new MeanRemoval());
        yield return Of(new PartialMeanRemoval());
        yield return Of(new Translation());
        yield return Of(new GapDimensionAblation());
        yield return Of(new TraceScaling());
        foreach (Candidate scores in Standardised(null, null))
            yield return scores;
        foreach (Candidate scores in Standardised(new MeanRemoval(), "mean-removal"))
            yield return scores;
        foreach (double ridge in Ridges)
            yield return new Candidate(Whitened(ridge), new Whitening(ridge), null);
        foreach (double ridge in Ridges)
            foreach (Candidate scores in Standardised(new Whitening(ridge), Whitened(ridge)))
                yield return scores;
        yield return Of(new OrthogonalGapRemoval());
        yield return Of(new SharedSpaceProjection());
        yield return Of(new Coral());
        yield return Of(new Procrustes());
        yield return Of(new Procrustes(centred: true));
        yield return new Candidate("centred-procrustes-to-identity", new Procrustes(centred: true, prior: 30), null);
        yield return Of(new LinearMap());
        yield return new Candidate("linear-map-to-identity", new LinearMap(ridge: 30, towardsIdentity: true), null);
        yield return Of(new CanonicalCorrelation());
        yield return Of(new GapBias());
        IScoreCorrection[] banks =
            [BankCorrection.NearestNeighbourNormalisation(), BankCorrection.Csls(), BankCorrection.InvertedSoftmax()];
        foreach (IScoreCorrection bank in banks)
            yield return Of(bank);
        foreach (IScoreCorrection bank in banks)
            yield return new Candidate($"mean-removal+{bank.Info.Id}", new MeanRemoval(), bank);
        foreach (IScoreCorrection bank in banks)
            yield return new Candidate($"whitening+{bank.Info.Id}", new Whitening(Ridges[0]), bank);
        for (int seed = 1; seed <= 3; seed++)
            yield return new Candidate(string.Create(CultureInfo.InvariantCulture, $"random-translation:{seed}"), new RandomTranslation(seed), null, IsPlacebo: true);
    }

    private static Candidate Of(ICorrection correction) => new(correction.Info.Id, correction, null);

    private static Candidate Of(IScoreCorrection correction) => new(correction.Info.Id, null, correction);

    // The same object for the same rows, so that it is fitted once for all that is done to its scores.
    private static IEnumerable<Candidate> Standardised(ICorrection? rows, string? id) =>
        ((ScoreStandardisation[])[new(), new(pseudoPositives: true)])
            .Select(scores => new Candidate(id is null ? scores.Info.Id : $"{id}+{scores.Info.Id}", rows, scores));

    private static string Whitened(double ridge) =>
        ridge == 30 ? "whitening" : string.Create(CultureInfo.InvariantCulture, $"whitening:{ridge}");
}
