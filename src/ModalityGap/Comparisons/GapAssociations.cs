using System.Globalization;
using ModalityGap.Measures;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Comparisons;

/// <summary>
/// Does the gap predict what is found? The rank correlation over models. Two kinds of chance are kept apart: other items (resampled) and
/// other models (of which there are only these few).
/// </summary>
internal static class GapAssociations
{
    /// <summary>Two models have an order and no correlation.</summary>
    private const int FewestModels = 3;

    /// <summary>The least number of models for an interval over models.</summary>
    private const int FewestForModels = 5;

    private const string OverItems = "percentile bootstrap over items, the same resamples for all models";

    /// <summary>Every number of distance with every number of search that all models have.</summary>
    /// <param name="runs">The numbers of each model.</param>
    /// <param name="random">The randomness of permutations.</param>
    public static GapAssociation[] Of(IReadOnlyList<ComparableNumber[]> runs, RandomStream random)
    {
        string[] gaps = ["gap-debiased", "relative-modality-gap"];
        string[] recalls = [Headlines.Key("recall-at-1"), Headlines.Key("mixed-search")];
        return
        [
            .. from gap in gaps
               from recall in recalls
               where runs.All(run => Number(run, gap).Resampled is not null && Number(run, recall).Resampled is not null)
               select Of(gap, recall, [.. runs.Select(run => Number(run, gap).Resampled!)], [.. runs.Select(run => Number(run, recall).Resampled!)], random),
        ];
    }

    private static ComparableNumber Number(ComparableNumber[] run, string key) => run.First(number => number.Key == key);

    private static GapAssociation Of(string gapKey, string recallKey, Replicated[] gaps, Replicated[] recalls, RandomStream random)
    {
        int models = gaps.Length;
        double[] gap = Array.ConvertAll(gaps, number => number.Value), recall = Array.ConvertAll(recalls, number => number.Value);
        Measurement tau = Resampled("kendall-tau", RankAgreement.Kendall, gaps, recalls);
        Measurement rho = Resampled("spearman-rho", RankAgreement.Spearman, gaps, recalls);
        Measurement p = tau.Estimate is null
            ? Measurement.Without("permutation-p-value", null, tau.Missing!)
            : Measurement.Of("permutation-p-value", null, RankAgreement.PermutationPValue(gap, recall, random.Fork($"{gapKey}/{recallKey}")));
        return new GapAssociation
        {
            Gap = gapKey,
            Recall = recallKey,
            Models = models,
            KendallTau = tau,
            KendallTauOverModels = OverModels(tau, RankAgreement.KendallInterval, models),
            SpearmanRho = rho,
            SpearmanRhoOverModels = OverModels(rho, RankAgreement.SpearmanInterval, models),
            PermutationPValue = p,
            Sentence = InWords(tau, p, models),
        };
    }

    private delegate double? Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

    private static Measurement Resampled(string id, Correlation correlation, Replicated[] gaps, Replicated[] recalls)
    {
        int models = gaps.Length;
        if (models < FewestModels)
            return Measurement.Without(id, null, "Two models have an order, but no correlation.");
        if (correlation(Array.ConvertAll(gaps, number => number.Value), Array.ConvertAll(recalls, number => number.Value)) is not { } value)
            return Measurement.Without(id, null, "All models have the same value of one of the two numbers.");
        var replicates = new double[gaps[0].Replicates.Length];
        double[] x = new double[models], y = new double[models];
        for (int b = 0; b < replicates.Length; b++)
        {
            for (int m = 0; m < models; m++)
                (x[m], y[m]) = (gaps[m].Replicates[b], recalls[m].Replicates[b]);
            // A resample in which all models tie has no order: neither for nor against.
            replicates[b] = correlation(x, y) ?? 0;
        }
        return Measurement.Of(id, null, Bootstrap.Percentiles(value, replicates, gaps[0].Count, OverItems));
    }

    private static Measurement OverModels(Measurement overItems, Func<double, int, Estimate?> interval, int models) =>
        overItems.Estimate is not { } estimate
            ? overItems
            : models < FewestForModels
                ? Measurement.Without(overItems.Id, null, $"{models} models are too few for an interval over models; it takes {FewestForModels}.")
                : interval(estimate.Value, models) is { } found
                    ? Measurement.Of(overItems.Id, null, found)
                    : Measurement.Without(overItems.Id, null, "All models are in one order, for which there is no interval; see the permutation test.");

    private static string InWords(Measurement tau, Measurement p, int models)
    {
        if (tau.Estimate is not { } estimate || p.Estimate is not { } chance)
            return tau.Missing!;
        string way = estimate.Value > 0 ? "more is found" : estimate.Value < 0 ? "less is found" : "neither more nor less is found";
        string claim = $"Where the gap of these {models} models is larger, {way} (Kendall's tau {Two(estimate.Value)}{Interval(estimate)})";
        return models < FewestForModels
            ? $"{claim}. It says nothing about other models: chance alone orders {models} as strictly in {Percent(chance.Value)} of all cases."
            : chance.Value <= 0.05
                ? $"{claim}, beyond chance (p = {Digits(chance.Value)}). Models differ in size and data too, so this is no cause yet."
                : $"{claim}, no more than chance gives (p = {Digits(chance.Value)}).";
    }

    private static string Interval(Estimate estimate) => estimate is { Low: { } low, High: { } high } ? $", {Two(low)} to {Two(high)} with other items" : "";

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Digits(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture);
}
