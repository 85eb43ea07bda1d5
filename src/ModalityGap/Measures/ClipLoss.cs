using System.Globalization;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The contrastive loss that CLIP is trained with, over all pairs at once, in both directions and at several temperatures.</summary>
internal sealed class ClipLoss : IMeasure
{
    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "clip-loss",
            Name = "Contrastive (CLIP) loss",
            Definition = "The mean cross-entropy of finding a row's partner among all N rows of the other modality; without a direction, the mean of both directions.",
            Formula = "-(1/N) Σ_i log(exp(x_i·y_i/τ) / Σ_j exp(x_i·y_j/τ)); the other direction sums over x_j·y_i",
            Range = "[0, ∞); log N when all cosines are equal",
            Direction = Direction.LowerIsBetter,
            Reading = "Comparable only at the same N and τ. At τ = 0.01, CLIP's own, it looks at the nearest competitors; at τ = 1 at all of them.",
            Reference = "Radford et al., CLIP, ICML 2021; Liang et al., Mind the Gap, section 4",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        LossEvidence losses = evidence.Losses;
        for (int t = 0; t < evidence.Temperatures.Count; t++)
        {
            string temperature = evidence.Temperatures[t].ToString(CultureInfo.InvariantCulture);
            double[] first = losses.InfluencesFirstToSecond[t], second = losses.InfluencesSecondToFirst[t];
            var both = new double[first.Length];
            for (int i = 0; i < both.Length; i++)
                both[i] = 0.5 * (first[i] + second[i]);
            double firstLoss = losses.Values[t].FirstToSecond.Average(), secondLoss = losses.Values[t].SecondToFirst.Average();
            yield return Loss($"{evidence.FirstToSecond}/{temperature}", firstLoss, first);
            yield return Loss($"{evidence.SecondToFirst}/{temperature}", secondLoss, second);
            yield return Loss(temperature, 0.5 * (firstLoss + secondLoss), both);
        }
    }

    private static Measurement Loss(string subject, double value, double[] influences) => Measurement.Of(
        "clip-loss",
        subject,
        Jackknife.FromInfluences(value, influences, "influence of each pair, as a query and as a document").Within(0, double.MaxValue));
}
