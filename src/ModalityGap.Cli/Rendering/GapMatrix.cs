using ModalityGap.Measures;

namespace ModalityGap.Cli.Rendering;

/// <summary>The gap of every pair of modalities at a glance, where there are more than two.</summary>
internal static class GapMatrix
{
    /// <summary>One row of cells per modality: its name, then its gap to each.</summary>
    public static IEnumerable<string[]> Rows(AnalysisResult result)
    {
        string[] names = Names(result);
        foreach (string row in names)
            yield return [row, .. names.Select(column => Cell(result, row, column))];
    }

    public static string[] Names(AnalysisResult result) => [.. result.Inputs.Select(input => input.Modality)];

    private static string Cell(AnalysisResult result, string row, string column)
    {
        PairResult? pair = result.Pairs.FirstOrDefault(pair =>
            (pair.First == row && pair.Second == column) || (pair.First == column && pair.Second == row));
        return pair is not null && pair.Measures.TryGetValue("gap", out Measurement? gap) ? Numbers.Both(gap) : "";
    }
}
