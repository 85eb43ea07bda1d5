using ModalityGap.Comparisons;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Cli.Rendering;

/// <summary>The tables of a check, as cells that the terminal and Markdown share.</summary>
internal static class CheckTables
{
    public static string[] Head { get; } = ["check", "limit", "value", "result"];

    public static string Title(CheckResult result)
    {
        int failed = result.Criteria.Count(criterion => !criterion.Passed);
        return result.Passed ? "Modality gap: all checks hold" : $"Modality gap: {failed} of {result.Criteria.Count} checks fail";
    }

    public static string About(BaselineSummary baseline) => $"Baseline {baseline.Source}: {baseline.Detected} ({baseline.Tool}).";

    public static string About(CheckRule rule) => rule switch
    {
        CheckRule.Strict => "Strict: a check holds only where the whole 95 % interval is within the limit.",
        CheckRule.Lenient => "Lenient: a check fails only where the whole 95 % interval is beyond the limit.",
        _ => "A check goes by the estimate; --strict and --lenient go by the 95 % interval.",
    };

    public static IEnumerable<string[]> Criteria(CheckResult result) => result.Criteria.Select(criterion => new[]
    {
        Of(result, criterion, $"{criterion.Id} {criterion.Measure}"),
        Rendering.Numbers.Short(criterion.Limit),
        Value(criterion),
        criterion.Passed ? "pass" : "FAIL",
    });

    public static string Sentence(CheckResult result, CriterionResult criterion) => Of(result, criterion, criterion.Sentence);

    public static string[] NumbersHead(CheckResult result) =>
        result.Baseline is null ? ["measure", "of", "value"] : ["measure", "of", "value", "less the baseline's"];

    /// <summary>The numbers that limits can be about.</summary>
    public static IEnumerable<string[]> Numbers(CheckResult result) => result.Pairs.SelectMany(pair => pair.Measures.Values
        .Where(measurement => measurement.Id is "gap-debiased" or "recall-at-1" or "recall-at-10")
        .Select(measurement => (string[])
        [
            Wording.Name(measurement.Id),
            measurement.Subject ?? $"{pair.First} and {pair.Second}",
            Rendering.Numbers.Both(measurement),
            .. result.Baseline is null ? [] : new[] { Signed(pair.Drifts[measurement.Key]) },
        ]));

    private static string Value(CriterionResult criterion) =>
        criterion.Id is "max-drift" or "max-recall-drop" ? Signed(criterion.Value) : Rendering.Numbers.Both(criterion.Value);

    private static string Signed(Measurement measurement) => measurement.Estimate is { } estimate ? Signed(estimate) : "-";

    private static string Signed(Estimate estimate) => $"{(estimate.Value > 0 ? "+" : "")}{Rendering.Numbers.Both(estimate)}";

    // Of two modalities there is one pair, which goes without saying.
    private static string Of(CheckResult result, CriterionResult criterion, string text) =>
        result.Pairs.Count == 1 ? text : $"{criterion.First}, {criterion.Second}: {text}";
}
