using System.Globalization;

namespace ModalityGap.Selection;

/// <summary>Says in words what the evidence supports. What was picked is advised only where the whole procedure beats doing nothing.</summary>
internal static class CorrectionAdvising
{
    private const string WayOut =
        "Whether it finds the right document among both modalities cannot be measured with one text per item: give a second text per item (--captions-per-item 2), or a third modality that asks.";

    public static CorrectionAdvice Of(
        IReadOnlyList<CandidateResult> candidates, int pick, int best, NestedResult nested, IReadOnlyList<FilterResult> filters)
    {
        bool mixed = nested.Search.Shares.Count > 0;
        bool doNothing = pick == 0 || !nested.BeatsDoingNothing;
        CandidateResult shown = candidates[doNothing ? best : pick];
        string goal = mixed ? "hit@1 in mixed search at the worst share" : "hit@1 in the pooled gallery (a symptom)";
        return new CorrectionAdvice(
            doNothing ? Recommender.DoNothing : shown.Id,
            mixed && !doNothing,
            Headline(doNothing, mixed, shown),
            $"The whole procedure, choice included, on items that took no part in it: {goal} {InWords(nested.Search.Goal)}. "
                + (doNothing && best > 0 ? $"The highest of all, {shown.Id}, has {InWords(shown.Search!.Goal)}." : ""),
            shown.Search is null ? "" : Harm(shown.Search),
            Condition(mixed, filters));
    }

    private static string Headline(bool doNothing, bool mixed, CandidateResult shown) => (doNothing, mixed) switch
    {
        (true, _) => "Do nothing: on held-out items no correction finds more beyond doubt without losing plain recall.",
        (false, true) => $"Correct: {shown.Description}.",
        (false, false) => $"Correct, its gain unproven: {shown.Description}.",
    };

    private static string Condition(bool mixed, IReadOnlyList<FilterResult> filters) => mixed
        ? "Without any correction, " + string.Join("; ", filters.Select(InWords)) + "."
        : $"A filter by modality would have {Percent(filters[0].Goal.Value.Value)}. {WayOut}";

    private static string InWords(FilterResult filter)
    {
        string ahead = filter.ProcedureAhead switch
        {
            { Low: > 0 } => "the procedure finds more beyond doubt",
            { High: < 0 } => "the procedure finds fewer beyond doubt",
            _ => "not distinguishable from the procedure",
        };
        return $"{filter.Label} has {Percent(filter.Goal.Value.Value)} ({ahead})";
    }

    private static string Harm(SearchResult search)
    {
        PlainResult worst = search.Plain.MinBy(plain => plain.RecallAt1.Difference.Value)!;
        return $"R@1 of {worst.Documents} by {worst.Query}, the plain search that fares worst: {InWords(worst.RecallAt1)}.";
    }

    private static string InWords(ComparedEstimate number)
    {
        string difference = number.Difference is { Low: { } low, High: { } high }
            ? $"difference {Points(number.Difference.Value)} points, 95 % interval {Points(low)} to {Points(high)}"
            : $"difference {Points(number.Difference.Value)} points";
        return $"{Percent(number.Value.Value)}, without {Percent(number.Value.Value - number.Difference.Value)} ({difference})";
    }

    private static string Points(double value) => (100 * value).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
