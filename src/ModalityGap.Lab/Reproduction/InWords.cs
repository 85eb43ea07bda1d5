using System.Globalization;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Numbers and lists of them as tables and pages show them.</summary>
internal static class InWords
{
    /// <summary>Of a longer list the rest is counted; the result's file has all.</summary>
    private const int MostNumbers = 6;

    /// <summary>Up to five significant digits.</summary>
    public static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>"0.319 [0.318, 0.321]", or the value alone where there is no interval.</summary>
    public static string Number(Estimate estimate) => estimate is { Low: { } low, High: { } high }
        ? $"{Number(estimate.Value)} [{Number(low)}, {Number(high)}]"
        : Number(estimate.Value);

    /// <summary>The published numbers of a claim in one cell.</summary>
    public static string Published(ClaimOutcome outcome) =>
        Some(outcome.Published, one => $"{one.Name} {(one.ReadOff ? "≈" : "")}{Number(one.Value)}");

    /// <summary>Our numbers in one cell.</summary>
    public static string Ours(ClaimOutcome outcome) => Some(outcome.Ours, one => $"{one.Name} {Number(one.Estimate)}");

    /// <summary>"direction-only" and so on, as in the files.</summary>
    public static string Status(ClaimStatus status) => status switch
    {
        ClaimStatus.Reproduced => "reproduced",
        ClaimStatus.Differs => "differs",
        ClaimStatus.DirectionOnly => "direction only",
        ClaimStatus.Recomputed => "recomputed",
        ClaimStatus.Needs => "needs",
        _ => "not yet run",
    };

    /// <summary>"3 reproduced, 2 differ, ...".</summary>
    public static string Tally(IEnumerable<ClaimOutcome> outcomes) => string.Join(
        ", ", outcomes.GroupBy(outcome => outcome.Status).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Status(group.Key)}"));

    private static string Some<T>(IReadOnlyList<T> items, Func<T, string> write)
    {
        string shown = string.Join("; ", items.Take(MostNumbers).Select(write));
        return items.Count > MostNumbers ? $"{shown}; and {items.Count - MostNumbers} more" : shown;
    }
}
