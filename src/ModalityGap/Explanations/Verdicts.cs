using System.Globalization;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Explanations;

/// <summary>Puts the numbers of a pair into words.</summary>
internal static class Verdicts
{
    private const double Severe = 0.63, Moderate = 0.19;

    public static Verdict Of(
        PairEvidence evidence,
        IReadOnlyDictionary<string, Measurement> measures,
        ThresholdTable thresholds,
        LandscapeResult landscape,
        MixedSearchTable? mixed)
    {
        Estimate gap = measures["gap"].Estimate!, debiased = measures["gap-debiased"].Estimate!;
        string band = Band(gap.Value, debiased);
        List<string> sentences = [Cosines(measures)];
        AddThreshold(sentences, thresholds);
        sentences.Add(RetrievalWords(evidence, measures));
        if (mixed is not null)
            sentences.Add(Mixed(mixed));
        else
            AddPooled(sentences, evidence, measures);
        AddLandscape(sentences, evidence, landscape);
        return Of(band, Headline(evidence.First, evidence.Second, evidence.Count, gap, debiased, band), sentences);
    }

    /// <summary>What sums over the rows say.</summary>
    public static Verdict OfLinear(LinearEvidence evidence, IReadOnlyDictionary<string, Measurement> measures)
    {
        Estimate gap = measures["gap"].Estimate!, debiased = measures["gap-debiased"].Estimate!;
        string band = Band(gap.Value, debiased);
        return Of(
            band,
            Headline(evidence.First, evidence.Second, evidence.Moments.Count, gap, debiased, band),
            [
                $"Matched pairs have a cosine of {Two(Value(measures, "matched-cosine-mean"))} on average, "
                    + $"unmatched ones {Two(Value(measures, "unmatched-cosine-mean"))}.",
            ]);
    }

    private static Verdict Of(string band, string headline, IReadOnlyList<string> sentences) => new()
    {
        Band = band,
        BandReference = "Bands of An et al., I0T (ACL 2025): severe from 0.63, moderate from 0.19, low below; closed where the debiased interval reaches 0.",
        Headline = headline,
        Sentences = sentences,
    };

    private static string Band(double gap, Estimate debiased) =>
        debiased.Low is null or <= 0 && debiased.Value < Moderate ? "closed" : gap >= Severe ? "severe" : gap >= Moderate ? "moderate" : "low";

    private static string Headline(string first, string second, long count, Estimate gap, Estimate debiased, string band)
    {
        string subject = $"{Capital(first)} and {second} embeddings";
        return band == "closed"
            ? $"{subject} show no gap beyond noise: their means lie {Three(gap.Value)} apart, and {count} pairs cannot tell that from 0."
            : $"{subject} sit {Three(gap.Value)} apart{Interval(debiased, Three)}: a {band} gap.";
    }

    private static string Cosines(IReadOnlyDictionary<string, Measurement> measures)
    {
        double matched = Value(measures, "matched-cosine-mean"), unmatched = Value(measures, "unmatched-cosine-mean");
        double auc = Value(measures, "matched-unmatched-auc");
        return $"Matched pairs have a cosine of {Two(matched)} on average, unmatched ones {Two(unmatched)}; "
            + $"a matched pair scores higher in {Percent(auc)} of comparisons.";
    }

    private static void AddThreshold(List<string> sentences, ThresholdTable thresholds)
    {
        ThresholdRow advised = thresholds.Rows[0];
        if (advised.Rule == "false-positive-rate")
            sentences.Add($"At a false-positive rate of {Percent(advised.FalsePositiveRate.Value)} the threshold is {Three(advised.Cosine.Value)}; "
                + $"it keeps {Percent(advised.Recall.Value)} of the matches.");
    }

    private static string RetrievalWords(PairEvidence evidence, IReadOnlyDictionary<string, Measurement> measures)
    {
        double forth = Value(measures, $"recall-at-1/{evidence.FirstToSecond}"), back = Value(measures, $"recall-at-1/{evidence.SecondToFirst}");
        return $"Searching one modality with the other, the right one among {evidence.Count} comes first for {Percent(forth)} of "
            + $"{evidence.First} and {Percent(back)} of {evidence.Second} queries.";
    }

    private static string Mixed(MixedSearchTable mixed)
    {
        double alone = Math.Min(mixed.Raw[0].HitAt1.Value, mixed.Raw[^1].HitAt1.Value);
        double best = Math.Max(mixed.Raw[0].HitAt1.Value, mixed.Raw[^1].HitAt1.Value);
        return $"In a gallery that mixes both, the right document comes first in {Percent(mixed.WorstShareHitAt1.Value)} of searches at the worst mixture "
            + $"({Percent(mixed.WorstShare)} {mixed.First}), against {Percent(alone)} to {Percent(best)} with documents of one kind.";
    }

    private static void AddPooled(List<string> sentences, PairEvidence evidence, IReadOnlyDictionary<string, Measurement> measures)
    {
        if (measures.TryGetValue($"pooled-hit-at-1/{evidence.Second}", out Measurement? hit) && hit.Estimate is { } found)
            sentences.Add($"With everything of both in one index, the partner comes first for {Percent(found.Value)} of {evidence.Second} queries and "
                + $"{Percent(Value(measures, $"own-modality-share-at-10/{evidence.Second}"))} of the first ten are {evidence.Second}; a filter by modality would change that too.");
    }

    private static void AddLandscape(List<string> sentences, PairEvidence evidence, LandscapeResult landscape)
    {
        if (landscape.Families.Count == 0)
            return;
        LandscapeMinimum[] minima = [.. landscape.Families[0].Minima.Where(m => m.Batch == "full" && m.Temperature == landscape.Temperatures[0])];
        LandscapeMinimum forth = minima[0], back = minima[1];
        string temperature = landscape.Temperatures[0].ToString(CultureInfo.InvariantCulture);
        string where = $"lowest after a shift of {Signed(forth.Distance.Value)}{Interval(forth.Distance, Signed)} ({evidence.First} to {evidence.Second}) "
            + $"and {Signed(back.Distance.Value)}{Interval(back.Distance, Signed)} ({evidence.Second} to {evidence.First})";
        string claim = (forth.DefaultGapIsMinimum, back.DefaultGapIsMinimum) switch
        {
            (true, true) => "the gap as it is lies at the minimum of both directions, as the paper says",
            (true, false) => $"the gap as it is lies at the minimum of one direction only, {evidence.First} to {evidence.Second}",
            (false, true) => $"the gap as it is lies at the minimum of one direction only, {evidence.Second} to {evidence.First}",
            _ when minima[2].DefaultGapIsMinimum => "the gap as it is lies at neither minimum, only at that of their mean",
            _ => "the gap as it is lies at neither minimum",
        };
        sentences.Add($"At temperature {temperature} the contrastive loss is {where}: {claim}.");
    }

    private static double Value(IReadOnlyDictionary<string, Measurement> measures, string key) => measures[key].Estimate!.Value;

    internal static string Interval(Estimate estimate, Func<double, string> format) =>
        estimate is { Low: { } low, High: { } high } ? $" [{format(low)}, {format(high)}]" : "";

    // Whole per cent, but near 0 and 1, where rounding would say never or always.
    internal static string Percent(double share) => share is (> 0 and < 0.01) or (> 0.99 and < 1)
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    internal static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    internal static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
