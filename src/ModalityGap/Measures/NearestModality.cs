using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Of which modality a row's nearest neighbour is, when both lie in one gallery, and how far down the other modality begins.</summary>
internal sealed class NearestModality : IMeasure
{
    private const string Reference = "Role, Meyer and Amblard, Fill the Gap, arXiv 2505.03703";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "nearest-own-share",
            Name = "Share of nearest neighbours of the own modality",
            Definition = "The share of rows whose nearest neighbour among all other rows of both modalities is of their own.",
            Formula = "#{i : max_{j≠i} x_i·x_j >= max_j x_i·y_j} / N",
            Range = "[0, 1]",
            Reading = "About 0.5 where the modalities mix; 1 in most CLIP models: no row's nearest neighbour is of the other modality.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "nearest-modality-ratio",
            Name = "Ratio of nearest neighbours, own to other (ITR, TIR)",
            Definition = "How many rows have their nearest neighbour in their own modality for each row that has it in the other.",
            Formula = "ITR = I_I / I_T for images, TIR = T_T / T_I for texts, I_T = images whose nearest neighbour is a text",
            Range = "[0, ∞)",
            Reading = "The published form of the share above; without a value where no row crosses over, which is the usual case.",
            Reference = Reference,
        },
        new MeasureInfo
        {
            Id = "nearest-other-rank",
            Name = "Mean rank of the nearest row of the other modality (TMR, IMR)",
            Definition = "The mean rank, among all other rows of both modalities, of the first row that is of the other one.",
            Formula = "mean over i of 1 + #{j ≠ i : x_i·x_j >= max_k x_i·y_k}; TMR for images, IMR for texts",
            Range = "[1, N]",
            Direction = Direction.LowerIsBetter,
            Reading = "1: the nearest row is of the other modality. N: everything of the own modality comes first, for every query.",
            Reference = Reference,
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence) =>
    [
        .. Of(evidence.First, evidence.WithinFirst.AheadOfOthers, evidence.Random),
        .. Of(evidence.Second, evidence.WithinSecond.AheadOfOthers, evidence.Random),
    ];

    // A tie counts as the own modality's, as everywhere ties count against the search.
    private static IEnumerable<Measurement> Of(string modality, long[] ahead, RandomStream random)
    {
        int n = ahead.Length, own = ahead.Count(count => count > 0);
        yield return Measurement.Of("nearest-own-share", modality, Estimate.Share((double)own / n, n, "queries, fixed gallery"));
        yield return own == n
            ? Measurement.Without("nearest-modality-ratio", modality, "No row's nearest neighbour is of the other modality.")
            : Measurement.Of("nearest-modality-ratio", modality, Ratio(own, n));
        yield return Measurement.Of("nearest-other-rank", modality, Bootstrap.Means(
            [Array.ConvertAll(ahead, count => count + 1.0)], random.Fork("nearest-other-rank/" + modality))[0]);
    }

    // The ratio rises with the share, so the share's interval carries over.
    private static Estimate Ratio(int own, int n)
    {
        Estimate share = Estimate.Share((double)own / n, n, "queries, fixed gallery");
        static double Odds(double p) => p / (1 - p);
        return share with { Value = Odds(share.Value), Low = Odds(share.Low!.Value), High = Odds(share.High!.Value) };
    }
}
