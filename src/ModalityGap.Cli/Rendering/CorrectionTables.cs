using System.Globalization;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Cli.Rendering;

/// <summary>The tables of a correction result, as cells that the terminal and Markdown share.</summary>
internal static class CorrectionTables
{
    public static string Goal(CorrectionResult result) =>
        result.Query is null ? "pooled hit@1" : "worst-share hit@1";

    public static string Title(CorrectionResult result) => result.Query is null
        ? $"{result.First} and {result.Second}: {result.Items} items, one text each"
        : $"{result.Query} asks for {result.First} and {result.Second}: {result.Items} items";

    public static string[] Head(CorrectionResult result) =>
        ["correction", Goal(result), "difference", "NDCG@10", "lost by mixing", .. result.Candidates[0].Search!.Plain.Select(plain => $"R@1 {plain.Query} to {plain.Documents}"), "note"];

    /// <param name="result">The result.</param>
    /// <param name="narrow">Without the intervals of the values themselves, for a terminal; those of the differences stay.</param>
    public static IEnumerable<string[]> Candidates(CorrectionResult result, bool narrow)
    {
        Func<Estimate, string> goal = narrow ? number => Numbers.Short(number.Value) : Numbers.Both;
        int plain = result.Candidates[0].Search!.Plain.Count;
        foreach (CandidateResult candidate in result.Candidates)
            yield return candidate.Search is { } search
                ? Row(candidate.Id, search, goal, Note(candidate, result))
                : [candidate.Id, "-", "", "", "", .. Enumerable.Repeat("", plain), "cannot be fitted here"];
        yield return Row("(the procedure)", result.Nested.Search, goal, $"picked {string.Join(", ", result.Nested.Picks.Distinct())}");
        foreach (FilterResult filter in result.Filters)
            yield return [$"({filter.Label})", goal(filter.Goal.Value), Signed(filter.Goal), "", "", .. Enumerable.Repeat("", plain), "filter, no correction"];
    }

    public static IEnumerable<string[]> SampleSizes(CorrectionResult result) => result.SampleSizes.Select(point => new[]
    {
        point.Items.ToString(CultureInfo.InvariantCulture), Numbers.Both(point.Goal.Value), Signed(point.Goal),
    });

    public static string Signed(ComparedEstimate number) =>
        $"{(number.Difference.Value > 0 ? "+" : "")}{Numbers.Both(number.Difference)}";

    private static string[] Row(string id, SearchResult search, Func<Estimate, string> goal, string note) =>
    [
        id,
        goal(search.Goal.Value),
        Signed(search.Goal),
        search.WorstNdcgAt10 is { } ndcg ? Numbers.Short(ndcg.Value.Value) : "-",
        search.LossFromMixing is { } loss ? Numbers.Short(loss.Value.Value) : "-",
        .. search.Plain.Select(plain => Numbers.Short(plain.RecallAt1.Value.Value)),
        note,
    ];

    private static string Note(CandidateResult candidate, CorrectionResult result) => candidate switch
    {
        _ when candidate.Id == result.Advice.Action => "advised",
        { IsPlacebo: true } => "placebo",
        _ when candidate.Search!.LosesPlainRecall => "loses plain recall",
        _ when candidate.Search!.Goal.Difference is { Low: <= 0, High: >= 0 } && candidate.Id != Recommender.DoNothing => "not told from doing nothing",
        _ => "",
    };
}
