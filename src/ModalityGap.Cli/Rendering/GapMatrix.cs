using ModalityGap.Measures;

namespace ModalityGap.Cli.Rendering;

/// <summary>The gap of every pair of modalities at a glance, where there are more than two.</summary>
internal static class GapMatrix
{
    /// <summary>One row of cells per modality: its name, then its gap to each.</summary>
    public static IEnumerable<string[]> Rows(AnalysisResult result) =>
        Rows(Names(result), [.. result.Pairs.Select(pair => (pair.First, pair.Second, pair.Measures))]);

    public static IEnumerable<string[]> Rows(LinearResult result) =>
        Rows(Names(result), [.. result.Pairs.Select(pair => (pair.First, pair.Second, pair.Measures))]);

    public static string[] Names(AnalysisResult result) => [.. result.Inputs.Select(input => input.Modality)];

    public static string[] Names(LinearResult result) => [.. result.Inputs.Select(input => input.Modality)];

    private static IEnumerable<string[]> Rows(
        string[] names, (string First, string Second, IReadOnlyDictionary<string, Measurement> Measures)[] pairs)
    {
        foreach (string row in names)
            yield return [row, .. names.Select(column => Cell(row, column))];

        string Cell(string row, string column)
        {
            IReadOnlyDictionary<string, Measurement>? measures = pairs
                .FirstOrDefault(pair => (pair.First == row && pair.Second == column) || (pair.First == column && pair.Second == row))
                .Measures;
            return measures is not null && measures.TryGetValue("gap", out Measurement? gap) ? Numbers.Both(gap) : "";
        }
    }
}
