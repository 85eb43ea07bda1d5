using ModalityGap.Embeddings;
using ModalityGap.Report.Figures;

namespace ModalityGap.Report.Page;

/// <summary>The inputs as they were found, precisely enough to find them again.</summary>
internal static class InputTable
{
    public static DataTable Of(AnalysisResult result) => new(
        ["Modality", "Source", "Format", "Rows", "Dimensions", "Norms as read", "Repeated rows", "Left out", "Fingerprint"],
        [.. result.Inputs.Select(Row)]);

    private static IReadOnlyList<string> Row(InputSummary input) =>
    [
        input.Modality,
        input.Provenance.Part is { } part ? $"{input.Provenance.Source}, part {part}" : input.Provenance.Source,
        $"{input.Provenance.Format}, {input.Provenance.ElementType}",
        Numbers.Count(input.Rows),
        Numbers.Count(input.Dimensions),
        Norms(input.Norms),
        Numbers.Count(input.DuplicateRows),
        Numbers.Count(input.SkippedRows),
        input.Provenance.Fingerprint.Value.Length == 0 ? "none" : $"{input.Provenance.Fingerprint.Algorithm} {input.Provenance.Fingerprint.Value}",
    ];

    private static string Norms(NormSummary norms) => norms.AreUnit
        ? "all 1"
        : $"{Numbers.Plain(norms.Lowest)} to {Numbers.Plain(norms.Highest)}, mean {Numbers.Plain(norms.Mean)}; set to 1";
}
