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
        return InWords(
            rows,
            sets[0].Dimensions,
            [.. sets.Select(set => set.Provenance)],
            sets.Min(set => set.OriginalNorms.Min()),
            sets.Max(set => set.OriginalNorms.Max()),
            PairedBy(alignment));
    }

    internal static string InWords(IReadOnlyList<LinearInput> inputs, string pairedBy = "row") => InWords(
        $"{inputs[0].Rows} pairs",
        inputs[0].Dimensions,
        [.. inputs.Select(input => input.Provenance)],
        inputs.Min(input => input.Norms.Lowest),
        inputs.Max(input => input.Norms.Highest),
        pairedBy);

    private static string InWords(string rows, int dimensions, Provenance[] origins, double lowest, double highest, string pairedBy)
    {
        string types = string.Join("/", origins.Select(origin => origin.ElementType).Distinct());
        string norms = new NormSummary(lowest, 1, highest, 0).AreUnit
            ? "unit norm"
            : string.Create(CultureInfo.InvariantCulture, $"norms {lowest:0.###} to {highest:0.###} set to 1");
        return $"{origins.Length} modalities x {rows} x {dimensions} dimensions, {types}, {norms}, paired by {pairedBy}";
    }

    internal static string PairedBy(Alignment alignment) => alignment.PairedBy == PairingRule.Id ? "id" : "row";
}
