using System.Globalization;
using ModalityGap.Report.Figures;

namespace ModalityGap.Report.Page;

/// <summary>The options that a repetition needs.</summary>
internal static class ParameterTable
{
    public static DataTable Of(AnalysisResult result) => new(
        ["Parameter", "Value"],
        [
            ["Program", result.Tool],
            ["Seed", result.Parameters.Seed.ToString(CultureInfo.InvariantCulture)],
            ["Coverage of the intervals", Numbers.Percent(result.Parameters.Level)],
            ["Temperatures", string.Join(", ", result.Parameters.Temperatures.Select(Numbers.Exact))],
            ["Rows paired by", result.Parameters.PairedBy],
            ["Unusable rows", result.Parameters.SkipInvalid ? "left out" : "would have stopped the analysis"],
            .. result.Pairs.Select(Size),
        ]);

    private static IReadOnlyList<string> Size(PairResult pair) =>
    [
        $"Items of {pair.First} and {pair.Second}",
        $"{Numbers.Count(pair.Items)} ({Words.Counted(pair.FirstRows, "row")} and {Words.Counted(pair.SecondRows, "row")})",
    ];
}
