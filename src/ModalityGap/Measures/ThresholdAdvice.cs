using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// Which cosine to use as a threshold. The advised rule fixes the rate of false alarms among unmatched pairs; precision follows from how
/// rare true matches are where the threshold is used.
/// </summary>
internal sealed class ThresholdAdvice
{
    private static readonly double[] Rates = [0.01, 0.001, 0.1];

    private readonly int count;
    private readonly double unmatched;
    private readonly double prevalence;
    private readonly long[] bins;
    private readonly float[] matched;
    private readonly float[] sorted;

    private ThresholdAdvice(PairEvidence evidence, double prevalence)
    {
        count = evidence.Count;
        unmatched = (double)count * (count - 1);
        this.prevalence = prevalence;
        bins = evidence.Cross.Bins;
        matched = evidence.Cross.MatchedAsInTile;
        sorted = [.. matched.Order()];
    }

    /// <summary>The definition for <c>modgap explain threshold</c>.</summary>
    public static MeasureInfo Info { get; } = new()
    {
        Id = "threshold",
        Name = "Threshold on the cosine",
        Definition = "The cosine above which a pair is called a match, chosen so that a given share of unmatched pairs reaches it.",
        Formula = "t with P(x_i·y_j >= t, i ≠ j) = α; recall = P(x_i·y_i >= t); precision = π recall / (π recall + (1 - π) α)",
        Range = "[-1, 1]",
        Reading = "Cosines of 0.2 to 0.3 are what matched pairs have in CLIP: the gap sets the scale, so take the threshold from data, not from 0.5. Precision depends on the "
            + "prevalence π, the share of true matches among what is scored. Some unmatched pairs are true matches that nobody labelled, so the true rate of false "
            + "alarms is lower than stated. The equal-error point ignores prevalence: at one match in 500 its precision is about 4 %.",
        Reference = "Neyman-Pearson threshold; user question openai/CLIP #405",
    };

    /// <summary>The table.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="prevalence">Share of true matches among the pairs to be judged; default one in N.</param>
    /// <param name="items">N where the evidence is of a sample.</param>
    public static ThresholdTable Compute(PairEvidence evidence, double? prevalence, long? items = null)
    {
        long searched = items ?? evidence.Count;
        var advice = new ThresholdAdvice(evidence, prevalence ?? 1.0 / searched);
        return new ThresholdTable
        {
            Prevalence = advice.prevalence,
            PrevalenceSource = prevalence is null ? $"one match in {searched}, as in a search over these rows" : "as stated",
            Rows = advice.Rows(evidence),
            Curve = ThresholdCurve.Of(evidence),
            Note = "Unmatched pairs can be true matches that nobody labelled, so the true false-positive rate is at most the stated one.",
        };
    }

    private List<ThresholdRow> Rows(PairEvidence evidence)
    {
        double[] rates = [.. Rates.Where(rate => rate * unmatched >= 1)];
        long[] ranks = [.. rates.Select(rate => (long)unmatched - (long)(rate * unmatched))];
        float equalError = EqualError();
        float[] levels = [.. ranks.Select(rank => (float)CosineQuantiles.Interpolate(bins, rank + 0.5)), equalError];
        ExceedanceVisitor? exceedances = null;
        Dictionary<int, List<float>> unmatchedIn = [];
        double[] thresholds = CosineQuantiles.OrderStatistics(bins, ranks, needed =>
        {
            exceedances = new ExceedanceVisitor(count, count, levels, needed);
            TileSweep.Run(evidence.X, evidence.Y, evidence.Work, exceedances);
            foreach (int bin in needed)
                unmatchedIn.Add(bin, WithoutMatched(exceedances.ValuesIn(bin), bin));
            return bin => unmatchedIn[bin];
        });
        List<ThresholdRow> rows = [];
        for (int k = 0; k < rates.Length; k++)
        {
            var threshold = (float)thresholds[k];
            double reached = RateAt(threshold, unmatchedIn[CosineBins.Of(threshold)]);
            rows.Add(AtRate(rates[k], threshold, reached, Reached(exceedances!, k, levels[k])));
        }
        rows.Add(AtEqualError(equalError, Reached(exceedances!, rates.Length, equalError)));
        return rows;
    }

    // Where cosines tie at the threshold, more pairs reach it than the rule asks for: what reaches it counts, not what was asked.
    private ThresholdRow AtRate(double rate, float threshold, double rateReached, double[] reached)
    {
        double error = Jackknife.StandardError(reached);
        double step = Math.Clamp(Estimate.NormalQuantile * error, rate / 4, 0.9 * rate);
        double recall = RecallAt(threshold);
        double slope = (RecallAt(CosineAt(rate + step)) - RecallAt(CosineAt(rate - step))) / (2 * step);
        var influences = new double[count];
        for (int i = 0; i < count; i++)
            influences[i] = (matched[i] >= threshold ? 1 : 0) - slope * reached[i];
        double spread = Estimate.NormalQuantile * error;
        var cosine = new Estimate(
            threshold, CosineAt(rate + spread), CosineAt(Math.Max(0, rate - spread)), 0.95, "interval of the false-positive rate, inverted (Woodruff 1952)", count);
        Estimate recallEstimate = Jackknife.FromInfluences(recall, influences, "influence of each pair, on the recall and on the threshold").Within(0, 1);
        return new ThresholdRow(
            "false-positive-rate",
            Estimate.Exact(rateReached, "fixed by the rule", count),
            cosine,
            recallEstimate,
            Precision(recallEstimate, rateReached));
    }

    private ThresholdRow AtEqualError(float threshold, double[] reached)
    {
        double rate = RateAt(threshold), recall = RecallAt(threshold);
        double width = Math.Max(0.25 * Spread(), 4 * CosineBins.Width);
        double unmatchedDensity = (RateAt(threshold - width) - RateAt(threshold + width)) / (2 * width);
        double matchedDensity = (RecallAt(threshold - width) - RecallAt(threshold + width)) / (2 * width);
        double both = Math.Max(unmatchedDensity + matchedDensity, 1e-9);
        var moves = new double[count];
        var errors = new double[count];
        for (int i = 0; i < count; i++)
        {
            double missed = matched[i] < threshold ? 1 : 0;
            moves[i] = (reached[i] - missed) / both;
            errors[i] = (matchedDensity * reached[i] + unmatchedDensity * missed) / both;
        }
        Estimate recallEstimate = Jackknife.FromInfluences(recall, Array.ConvertAll(errors, e => -e), "influence of each pair").Within(0, 1);
        return new ThresholdRow(
            "equal-error",
            Jackknife.FromInfluences(rate, errors, "influence of each pair").Within(0, 1),
            Jackknife.FromInfluences(threshold, moves, "influence of each pair").Within(-1, 1),
            recallEstimate,
            Precision(recallEstimate, rate));
    }

    private Estimate Precision(Estimate recall, double rate) => new(
        PrecisionAt(recall.Value, rate),
        recall.Low is { } low ? PrecisionAt(low, rate) : null,
        recall.High is { } high ? PrecisionAt(high, rate) : null,
        recall.Level,
        "from the recall's interval",
        recall.Count);

    private double PrecisionAt(double recall, double rate)
    {
        double found = prevalence * recall, alarms = (1 - prevalence) * rate;
        return found + alarms > 0 ? found / (found + alarms) : 0;
    }

    // For each item, the share of the unmatched cosines of its row that reach the level, plus the same for its column.
    private double[] Reached(ExceedanceVisitor exceedances, int level, float cosine)
    {
        var reached = new double[count];
        for (int i = 0; i < count; i++)
        {
            int own = matched[i] >= cosine ? 2 : 0;
            reached[i] = (exceedances.RowCounts[level][i] + exceedances.ColumnCounts[level][i] - own) / (count - 1.0);
        }
        return reached;
    }

    private List<float> WithoutMatched(List<float> values, int bin)
    {
        foreach (float cosine in matched)
            if (CosineBins.Of(cosine) == bin)
                values.Remove(cosine);
        return values;
    }

    // Where the share of unmatched pairs above equals the share of matched pairs below, by bisection.
    private float EqualError()
    {
        double low = -1, high = 1;
        for (int step = 0; step < 40; step++)
        {
            double middle = 0.5 * (low + high);
            if (RateAt(middle) > 1 - RecallAt(middle))
                low = middle;
            else
                high = middle;
        }
        return (float)(0.5 * (low + high));
    }

    private double Spread() => CosineAt(0.16) - CosineAt(0.84);

    private double CosineAt(double rate) => CosineQuantiles.Interpolate(bins, Math.Clamp((1 - rate) * unmatched, 0, unmatched - 1));

    // Exact: the bin's own values are known.
    private double RateAt(float threshold, List<float> inBin) =>
        (Above(CosineBins.Of(threshold)) + inBin.Count(cosine => cosine >= threshold)) / unmatched;

    private double RateAt(double cosine)
    {
        int bin = CosineBins.Of((float)Math.Clamp(cosine, -1, 1));
        long above = Above(bin);
        double inside = Math.Clamp((CosineBins.LowerEdge(bin + 1) - cosine) / CosineBins.Width, 0, 1);
        return (above + inside * bins[bin]) / unmatched;
    }

    private long Above(int bin)
    {
        long above = 0;
        for (int b = bin + 1; b < bins.Length; b++)
            above += bins[b];
        return above;
    }

    private double RecallAt(double cosine)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < cosine)
                low = middle + 1;
            else
                high = middle;
        }
        return (sorted.Length - low) / (double)sorted.Length;
    }
}
