using ModalityGap.Embeddings;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The norms that rows had before they were set to 1: what an index by inner product would rank by.</summary>
internal sealed class OriginalNorms : IMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "norm-mean",
            Name = "Mean norm as read",
            Definition = "The mean Euclidean norm of a modality's rows before they were set to 1.",
            Formula = "mean ‖raw x_i‖",
            Range = "[0, ∞)",
            Reading = "Where the modalities differ, an inner product favours the longer one; a cosine does not.",
            Reference = "User questions SimCSE #122, align_uniform #10",
        },
        new MeasureInfo
        {
            Id = "norm-variation",
            Name = "Variation of the norm as read",
            Definition = "The standard deviation of those norms over their mean.",
            Formula = "sqrt(mean (‖raw x_i‖ - mean)²) / mean",
            Range = "[0, ∞)",
            Reading = "Above some per cent, an inner product ranks by length as well as by direction.",
            Reference = "Coefficient of variation",
        },
        new MeasureInfo
        {
            Id = "norm-cosine-correlation",
            Name = "Correlation of the norm with the matched cosine",
            Definition = "Pearson's correlation between a row's norm as read and its cosine with its partner.",
            Formula = "corr(‖raw x_i‖, x_i·y_i)",
            Range = "[-1, 1]",
            Reading = "Far from 0: the norm says how sure the model is, and setting rows to norm 1 throws that away.",
            Reference = "Pearson correlation, Fisher's interval",
        },
        new MeasureInfo
        {
            Id = "gap-unnormalised",
            Name = "Modality gap of the rows as read",
            Definition = "The distance between the modalities' means before rows are set to norm 1.",
            Formula = "‖mean raw x - mean raw y‖",
            Range = "[0, ∞)",
            Reading = "A variant that some published code reports (values beyond 2 give it away). It mixes lengths and directions: compare the gap instead.",
            Reference = "L2M on raw features, as in FusionSpace 2025",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        foreach (UnitEmbeddings rows in new[] { evidence.Pairs.First, evidence.Pairs.Second })
        {
            double[] norms = [.. rows.OriginalNorms];
            double mean = norms.Average();
            double deviation = Math.Sqrt(norms.Average(norm => (norm - mean) * (norm - mean)));
            bool areUnit = new NormSummary(norms.Min(), mean, norms.Max(), deviation).AreUnit;
            string modality = rows.Modality.Name;
            yield return Measurement.Of("norm-mean", modality, Jackknife.FromInfluences(mean, norms, "influence of each row"));
            yield return Measurement.Of("norm-variation", modality, Variation(norms, mean, deviation));
            yield return areUnit
                ? Measurement.Without("norm-cosine-correlation", modality, "The rows came with norm 1 already.")
                : Correlation(modality, norms, evidence.Moments.Matched);
        }
        yield return Measurement.Of("gap-unnormalised", null, Estimate.Exact(RawGap(evidence), "a variant; the gap has the interval", evidence.Count));
    }

    private static Estimate Variation(double[] norms, double mean, double deviation)
    {
        if (deviation < 1e-12 * mean)
            return Estimate.Exact(deviation / mean, "all norms are equal", norms.Length);
        double variation = deviation / mean;
        double[] influences = Array.ConvertAll(norms, norm =>
            ((norm - mean) * (norm - mean) - deviation * deviation) / (2 * deviation * mean) - variation * (norm - mean) / mean);
        return Jackknife.OfPositive(variation, influences, "influence of each row");
    }

    private static Measurement Correlation(string modality, double[] norms, double[] cosines)
    {
        const string id = "norm-cosine-correlation";
        double meanNorm = norms.Average(), meanCosine = cosines.Average(), both = 0, ofNorms = 0, ofCosines = 0;
        for (int i = 0; i < norms.Length; i++)
        {
            both += (norms[i] - meanNorm) * (cosines[i] - meanCosine);
            ofNorms += (norms[i] - meanNorm) * (norms[i] - meanNorm);
            ofCosines += (cosines[i] - meanCosine) * (cosines[i] - meanCosine);
        }
        if (!(ofNorms > 0 && ofCosines > 0))
            return Measurement.Without(id, modality, "All norms or all matched cosines are equal.");
        double correlation = Math.Clamp(both / Math.Sqrt(ofNorms * ofCosines), -1, 1);
        if (norms.Length < 5 || Math.Abs(correlation) > 1 - 1e-12)
            return Measurement.Of(id, modality, Estimate.Exact(correlation, "too few units for an interval", norms.Length));
        double reach = Estimate.NormalQuantile / Math.Sqrt(norms.Length - 3), z = Math.Atanh(correlation);
        return Measurement.Of(id, modality, new Estimate(
            correlation, Math.Tanh(z - reach), Math.Tanh(z + reach), 0.95, "Fisher's transformation", norms.Length));
    }

    // The raw row is its unit row times its norm.
    private static double RawGap(PairEvidence evidence)
    {
        double[] x = WeightedSum(evidence.Pairs.First), y = WeightedSum(evidence.Pairs.Second);
        return Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum()) / evidence.Count;
    }

    private static double[] WeightedSum(UnitEmbeddings rows)
    {
        var sum = new double[rows.Dimensions];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            double norm = rows.OriginalNorms[i];
            for (int k = 0; k < sum.Length; k++)
                sum[k] += norm * row[k];
        }
        return sum;
    }
}
