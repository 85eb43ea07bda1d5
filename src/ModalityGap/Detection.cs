using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>Says in one line what was found in the inputs, before anything is computed.</summary>
public static class Detection
{
    /// <summary>What an analysis of these inputs would be about: "2 modalities x 500 pairs x 512 dimensions, float32, unit norm, paired by row".</summary>
    /// <exception cref="EmbeddingDataException">The inputs do not fit together.</exception>
    public static string InWords(IReadOnlyList<EmbeddingSet> inputs, AnalysisOptions? options = null)
    {
        options ??= new AnalysisOptions();
        return InWords(Alignment.Of(inputs, options.PairedBy, options.TextsPerItem, options.SkipInvalid));
    }

    internal static string InWords(Alignment alignment)
    {
        IReadOnlyList<UnitEmbeddings> sets = alignment.Modalities;
        string rows = sets.All(set => set.Rows == alignment.Items)
            ? $"{alignment.Items} {(alignment.Items == 1 ? "pair" : "pairs")}"
            : $"{alignment.Items} items ({string.Join(", ", sets.Select(set => $"{set.Rows} {set.Modality}"))})";
        string types = string.Join("/", sets.Select(set => set.Provenance.ElementType).Distinct());
        double lowest = sets.Min(set => set.OriginalNorms.Min()), highest = sets.Max(set => set.OriginalNorms.Max());
        string norms = new NormSummary(lowest, 1, highest, 0).AreUnit
            ? "unit norm"
            : string.Create(CultureInfo.InvariantCulture, $"norms {lowest:0.###} to {highest:0.###} set to 1");
        return $"{sets.Count} modalities x {rows} x {sets[0].Dimensions} dimensions, {types}, {norms}, paired by {PairedBy(alignment)}";
    }

    internal static string PairedBy(Alignment alignment) => alignment.PairedBy == PairingRule.Id ? "id" : "row";
}
