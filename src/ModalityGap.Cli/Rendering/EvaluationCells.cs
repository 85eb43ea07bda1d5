using System.Globalization;
using ModalityGap.Evaluation;
using ModalityGap.Statistics;

namespace ModalityGap.Cli.Rendering;

/// <summary>Cells that several tables of an evaluation have.</summary>
internal static class EvaluationCells
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Shift(double delta) => delta.ToString("+0.00;-0.00;0.00", Invariant);

    public static string Signed(Estimate difference) => $"{(difference.Value > 0 ? "+" : "")}{Numbers.Both(difference)}";

    public static string Possible(PossibleEstimate number) => number.Estimate is { } estimate ? Numbers.Both(estimate) : number.Missing!;

    public static string Percent(Estimate rate)
    {
        string value = (100 * rate.Value).ToString("0.0", Invariant);
        return rate is { Low: { } low, High: { } high } ? $"{value} [{(100 * low).ToString("0.0", Invariant)}, {(100 * high).ToString("0.0", Invariant)}]" : value;
    }
}
