using System.Globalization;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>
/// Chooses the one action that the trials support. A correction is advised when what it is for improves beyond doubt on held-out pairs, and
/// by more, at the lower end of its interval, than any plain search loses beyond doubt; else the advice is to do nothing.
/// </summary>
internal static class Recommender
{
    /// <summary>The id of the advice to leave the embeddings as they are.</summary>
    public const string DoNothing = "do-nothing";

    public static Recommendation Of(string first, string second, IReadOnlyList<CorrectionTrial> trials, ThresholdTable thresholds)
    {
        foreach (CorrectionTrial trial in trials)
        {
            TrialRow gain = Goal(trial);
            double loss = trial.Rows
                .Where(row => row.Kind == TrialRows.Harm && row.Difference.High < 0)
                .Select(row => -row.Difference.Value).DefaultIfEmpty(0).Max();
            if (gain.Difference.Low > loss)
                return Advise(first, second, trial, gain);
        }
        return Nothing(first, second, trials, thresholds);
    }

    // Mixed search is the fair test. Without it a correction must improve plain retrieval: a filter by modality would mend the pooled gallery as well.
    private static TrialRow Goal(CorrectionTrial trial) =>
        trial.Rows.FirstOrDefault(row => row.Id == "mixed-search")
        ?? trial.Rows.Where(row => row.Id == "recall-at-1").MaxBy(row => row.Difference.Low ?? double.NegativeInfinity)!;

    private static Recommendation Advise(string first, string second, CorrectionTrial trial, TrialRow gain) => new()
    {
        Action = trial.Correction,
        Headline = $"Correct: {trial.Description}.",
        Gain = Sentence(gain),
        Harm = Harm(trial),
        Condition = gain.Id == "mixed-search"
            ? $"In an index that holds {first} or {second} alone it changes this: {Plain(trial)}."
            : "Measured on plain retrieval; thresholds on the cosine must be taken anew after the correction.",
        Snippet = MeanRemovalSnippet(first, second),
    };

    private static string Plain(CorrectionTrial trial) => string.Join(", ", trial.Rows.Where(row => row.Id == "recall-at-1").Select(row =>
        $"{row.Label} {Percent(row.Before.Value)} before, {Percent(row.After.Value)} after"));

    private static Recommendation Nothing(string first, string second, IReadOnlyList<CorrectionTrial> trials, ThresholdTable thresholds)
    {
        ThresholdRow advised = thresholds.Rows[0];
        string cosine = advised.Cosine.Value.ToString("0.000", CultureInfo.InvariantCulture);
        CorrectionTrial? trial = trials.Count > 0 ? trials[0] : null;
        return new Recommendation
        {
            Action = DoNothing,
            Headline = trial is null
                ? "Do nothing: there are too few items to try a correction on held-out ones."
                : $"Do nothing: on held-out pairs no correction improves the search for {second} by {first} or the other way round without doubt.",
            Gain = trial is null ? "Not measured." : Sentence(Goal(trial)),
            Harm = trial is null ? "Not measured." : Harm(trial),
            Condition = Condition(trial),
            Snippet = $"""
                import numpy as np

                def unit(a):
                    return a / np.linalg.norm(a, axis=1)[:, None]

                cosine = (unit({Name(first)}) * unit({Name(second)})).sum(axis=1)
                match = cosine >= {cosine}  # {Percent(advised.FalsePositiveRate.Value)} of unmatched pairs reach it
                """,
        };
    }

    private static string Condition(CorrectionTrial? trial)
    {
        TrialRow? pooled = trial?.Rows.Where(row => row.Id == "pooled-hit-at-1").MaxBy(row => row.Difference.Value);
        if (pooled?.Difference.Low is null or <= 0)
            return "The threshold holds as long as model and data stay the same.";
        return $"If one index must hold both without a filter by modality, {trial!.Description}: {pooled.Label} goes from "
            + $"{Percent(pooled.Before.Value)} to {Percent(pooled.After.Value)}.";
    }

    private static string MeanRemovalSnippet(string first, string second) => $"""
        import numpy as np

        def unit(a):
            return a / np.linalg.norm(a, axis=1)[:, None]

        # Means of any sample of your own rows: keep them,
        # and treat queries like documents of their modality.
        {Name(first)}_mean = unit({Name(first)}).mean(axis=0)
        {Name(second)}_mean = unit({Name(second)}).mean(axis=0)
        {Name(first)} = unit(unit({Name(first)}) - {Name(first)}_mean)
        {Name(second)} = unit(unit({Name(second)}) - {Name(second)}_mean)
        """;

    private static string Harm(CorrectionTrial trial)
    {
        TrialRow worst = trial.Rows.Where(row => row.Kind == TrialRows.Harm).MinBy(row => row.Difference.Value)!;
        string verdict = worst.Difference switch
        {
            { High: < 0 } => "it loses",
            { Low: > 0 } => "even it gains",
            _ => "no difference beyond noise",
        };
        return $"{Sentence(worst)} Of the plain searches that is the one that fares worst: {verdict}.";
    }

    private static string Sentence(TrialRow row) =>
        $"{row.Label}: {Percent(row.Before.Value)} before, {Percent(row.After.Value)} after (difference {Points(row.Difference)}).";

    private static string Points(Estimate difference)
    {
        string Point(double value) => (100 * value).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
        return difference is { Low: { } low, High: { } high }
            ? $"{Point(difference.Value)} points, 95 % interval {Point(low)} to {Point(high)}"
            : $"{Point(difference.Value)} points";
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    // A modality's name as a Python identifier.
    private static string Name(string modality)
    {
        string name = string.Concat(modality.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"rows_{name}" : name;
    }
}
