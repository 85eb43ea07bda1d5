using System.Globalization;
using ModalityGap.Selection;

namespace ModalityGap.Cli.Rendering;

/// <summary>The tables of a correction result, as cells that the terminal and Markdown share.</summary>
internal static class CorrectionTables
{
    private const int Best = 12;

    private const string FilterNote = "a filter";

    public static string Goal(CorrectionResult result) =>
        result.Query is null ? "pooled hit@1" : "worst-share hit@1";

    public static string Title(CorrectionResult result) => result.Query is null
        ? $"{result.First} and {result.Second}: {result.Items} items, one text each"
        : $"{result.Query} asks for {result.First} and {result.Second}: {result.Items} items";

    public static string[] Head(CorrectionResult result) =>
        ["correction", Goal(result), "difference", "NDCG@10", "lost by mixing", .. result.Candidates[0].Search!.Plain.Select(plain => $"R@1 {plain.Query} to {plain.Documents}"), "note"];

    /// <summary>Everything that was tried.</summary>
    public static IEnumerable<string[]> Candidates(CorrectionResult result)
    {
        int plain = result.Candidates[0].Search!.Plain.Count;
        foreach (CandidateResult candidate in result.Candidates)
            yield return candidate.Search is { } search
                ? Row(candidate.Id, search, Note(candidate, result))
                : [candidate.Id, "-", "", "", "", .. Enumerable.Repeat("", plain), "cannot be fitted here"];
        yield return Row("(the procedure)", result.Nested.Search, Picked(result));
        foreach (FilterResult filter in result.Filters)
            yield return
            [
                $"({filter.Label})", Numbers.Both(filter.Goal.Value), Signed(filter.Goal), filter.WorstNdcgAt10 is { } ndcg ? Numbers.Short(ndcg.Value.Value) : "", "",
                .. Enumerable.Repeat("", plain), FilterNote,
            ];
    }

    public static string[] ShortHead(CorrectionResult result) => ["correction", Goal(result), "difference", "lost by mixing", "plain R@1", "note"];

    /// <summary>
    /// What a terminal has room for: doing nothing, the best, the best placebo, the whole procedure and the filters. Of the plain searches the one that
    /// fares worst, as its difference.
    /// </summary>
    public static IEnumerable<string[]> Shortlist(CorrectionResult result)
    {
        foreach (CandidateResult candidate in Shown(result))
            yield return Short(candidate.Id, candidate.Search!, Note(candidate, result));
        yield return Short("(the procedure)", result.Nested.Search, Picked(result));
        foreach (FilterResult filter in result.Filters)
            yield return [$"({filter.Label})", Numbers.Short(filter.Goal.Value.Value), Signed(filter.Goal), "", "", FilterNote];
    }

    /// <summary>How many candidates the short list leaves out.</summary>
    public static int Hidden(CorrectionResult result) => result.Candidates.Count - Shown(result).Count();

    private static IEnumerable<CandidateResult> Shown(CorrectionResult result)
    {
        IEnumerable<CandidateResult> tried = result.Candidates.Skip(1).Where(candidate => candidate.Search is not null)
            .OrderByDescending(candidate => candidate.Search!.Goal.Value.Value);
        return [result.Candidates[0], .. tried.Where(candidate => !candidate.IsPlacebo).Take(Best), .. tried.Where(candidate => candidate.IsPlacebo).Take(1)];
    }

    /// <summary>What was picked as a classifier, in a sentence.</summary>
    public static string InWords(ZeroShotTrial trial) =>
        $"Zero-shot among {trial.Classes} classes, {trial.Items} items that took no part in the choice: top-1 {Numbers.Percent(trial.Top1.Value.Value)}, "
        + $"difference from doing nothing {Signed(trial.Top1)}. Gini of the predictions {Numbers.Short(trial.PredictedGini.Value)}, "
        + $"without a correction {Numbers.Short(trial.PredictedGiniBefore.Value)}, of the labels {Numbers.Short(trial.LabelGini.Value)}.";

    public static IEnumerable<string[]> SampleSizes(CorrectionResult result) => result.SampleSizes.Select(point => new[]
    {
        point.Items.ToString(CultureInfo.InvariantCulture), Numbers.Both(point.Goal.Value), Signed(point.Goal),
    });

    public static string Signed(ComparedEstimate number) =>
        $"{(number.Difference.Value > 0 ? "+" : "")}{Numbers.Both(number.Difference)}";

    private static string[] Short(string id, SearchResult search, string note) =>
    [
        id,
        Numbers.Short(search.Goal.Value.Value),
        Signed(search.Goal),
        search.LossFromMixing is { } loss ? Numbers.Short(loss.Value.Value) : "-",
        Change(search.Plain.MinBy(plain => plain.RecallAt1.Difference.Value)!.RecallAt1.Difference.Value),
        note,
    ];

    private static string Change(double difference) => difference.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    private static string Picked(CorrectionResult result) => $"picked {string.Join(", ", result.Nested.Picks.Distinct())}";

    private static string[] Row(string id, SearchResult search, string note) =>
    [
        id,
        Numbers.Both(search.Goal.Value),
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
