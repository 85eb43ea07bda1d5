using System.Diagnostics.CodeAnalysis;
using ModalityGap.Explanations;
using ModalityGap.Measures;

namespace ModalityGap;

/// <summary>Everything that has a definition: what <c>modgap explain</c> prints and the report's question marks show.</summary>
public static class MeasureCatalog
{
    /// <summary>The measures of a pair, in the order of results. A new measure is entered here.</summary>
    internal static IReadOnlyList<IMeasure> Measures { get; } =
    [
        new GapMeasure(),
        new CentroidAngle(),
        new RelativeModalityGap(),
        new EffectSize(),
        new ShareOfTotalVariance(),
        new TopDimensionShare(),
        new Cone(),
        new Spectrum(),
        new PrincipalAngles(),
        new GapInVariation(),
        new FrechetDistance(),
        new CoralDistance(),
        new LinearCka(),
        new MatchedCosines(),
        new ClipLoss(),
        new Retrieval(),
        new PooledSearch(),
    ];

    /// <summary>All entries, in the order of results.</summary>
    public static IReadOnlyList<MeasureInfo> All { get; } =
        [.. Measures.SelectMany(measure => measure.Infos), ThresholdAdvice.Info, MixedSearch.Info, Landscape.Info];

    /// <summary>The entry with this id.</summary>
    public static bool TryFind(string id, [NotNullWhen(true)] out MeasureInfo? info)
    {
        info = All.FirstOrDefault(candidate => candidate.Id == id);
        return info is not null;
    }
}
