using System.Diagnostics.CodeAnalysis;

namespace ModalityGap.Corrections;

/// <summary>Every correction with its standard parameters. A new one is entered here; tests run over the whole list.</summary>
public static class CorrectionCatalog
{
    /// <summary>Corrections of rows.</summary>
    public static IReadOnlyList<ICorrection> OfRows { get; } =
    [
        new MeanRemoval(), new PartialMeanRemoval(), new Translation(), new Whitening(),
        new Coral(), new TraceScaling(),
        new Procrustes(), new Procrustes(centred: true), new LinearMap(), new CanonicalCorrelation(),
        new SharedSpaceProjection(), new OrthogonalGapRemoval(), new GapDimensionAblation(),
        new RandomTranslation(),
    ];

    /// <summary>Corrections of scores.</summary>
    public static IReadOnlyList<IScoreCorrection> OfScores { get; } =
    [
        new ScoreStandardisation(), new ScoreStandardisation(pseudoPositives: true),
        BankCorrection.NearestNeighbourNormalisation(), BankCorrection.Csls(), BankCorrection.InvertedSoftmax(),
        new GapBias(),
    ];

    /// <summary>What they are, those of rows first.</summary>
    public static IReadOnlyList<CorrectionInfo> All { get; } =
        [.. OfRows.Select(correction => correction.Info), .. OfScores.Select(correction => correction.Info)];

    /// <summary>The entry with this id.</summary>
    public static bool TryFind(string id, [NotNullWhen(true)] out CorrectionInfo? info)
    {
        info = All.FirstOrDefault(candidate => candidate.Id == id);
        return info is not null;
    }
}
