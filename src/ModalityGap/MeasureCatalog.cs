using System.Diagnostics.CodeAnalysis;
using ModalityGap.Evaluation;
using ModalityGap.Explanations;
using ModalityGap.Measures;

namespace ModalityGap;

/// <summary>Everything that has a definition: what <c>modgap explain</c> prints and the report's question marks show.</summary>
public static class MeasureCatalog
{
    /// <summary>The measures of a pair, family by family, in the order of results. A new measure is entered here.</summary>
    private static readonly (string Family, IMeasure[] Measures)[] Entries =
    [
        ("The gap", [new GapMeasure(), new GapVariants(), new CentroidAngle(), new RelativeModalityGap(), new EffectSize(), new ShareOfTotalVariance(), new PairGap()]),
        ("Where the gap lies", [new TopDimensionShare(), new DimensionAblation(), new Separability(), new PrincipalAngles(), new GapInVariation()]),
        ("The cones", [new Cone(), new Spectrum(), new OriginalNorms()]),
        ("Matched pairs", [new MatchedCosines()]),
        ("Distributions", [new AlignmentUniformity(), new EnergyDistance(), new MaximumMeanDiscrepancy(), new FrechetDistance(), new CoralDistance()]),
        ("Neighbours", [new NearestModality(), new Hubness(), new MutualNeighbours(), new LinearCka()]),
        ("Contrastive loss", [new ClipLoss()]),
        ("Search", [new Retrieval(), new PooledSearch()]),
    ];

    /// <summary>The measures of a pair, in the order of results.</summary>
    internal static IReadOnlyList<IMeasure> Measures { get; } = [.. Entries.SelectMany(entry => entry.Measures)];

    /// <summary>All entries by what they are about, in the order of results.</summary>
    public static IReadOnlyList<MeasureFamily> Families { get; } =
    [
        .. Entries.Select(entry => new MeasureFamily(entry.Family, [.. entry.Measures.SelectMany(measure => measure.Infos)])),
        new MeasureFamily("Evaluation", EvaluationInfos.All),
        new MeasureFamily("Tables and curves", [ThresholdAdvice.Info, MixedSearch.Info, Landscape.Info]),
    ];

    /// <summary>All entries, in the order of results.</summary>
    public static IReadOnlyList<MeasureInfo> All { get; } = [.. Families.SelectMany(family => family.Infos)];

    /// <summary>The entry with this id.</summary>
    public static bool TryFind(string id, [NotNullWhen(true)] out MeasureInfo? info)
    {
        info = All.FirstOrDefault(candidate => candidate.Id == id);
        return info is not null;
    }
}
