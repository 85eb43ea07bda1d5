using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>
/// Tries a correction fairly: learned on one random half of the items, judged on the other, and the other way round. Queries and galleries
/// are those of the held-out half, with and without the correction.
/// </summary>
internal static class CrossFit
{
    /// <summary>Below this many items a half says nothing.</summary>
    public const int FewestItems = 20;

    /// <summary>The trial, or <c>null</c> where there are too few items or the correction cannot be applied.</summary>
    public static CorrectionTrial? Try(ICorrection correction, PairedEmbeddings pairs, RandomStream random, WorkContext work) => Try(
        correction.Info.Id,
        correction.Info.Description,
        (learned, judged) => Apply(correction.Fit(CorrectionSample.Of(learned, work)), judged, work),
        pairs,
        random,
        work);

    /// <summary>The same for anything that learns from some pairs and corrects others.</summary>
    internal static CorrectionTrial? Try(
        string id,
        string description,
        Func<PairedEmbeddings, PairedEmbeddings, PairedEmbeddings> correct,
        PairedEmbeddings pairs,
        RandomStream random,
        WorkContext work)
    {
        if (pairs.Items < FewestItems)
            return null;
        int[] order = random.Fork("halves").NextPermutation(pairs.Items);
        int middle = order.Length / 2;
        PairedEmbeddings a = pairs.Select([.. order[..middle].Order()]), b = pairs.Select([.. order[middle..].Order()]);
        PairedEmbeddings correctedA, correctedB;
        try
        {
            correctedA = correct(b, a);
            correctedB = correct(a, b);
        }
        catch (EmbeddingDataException)
        {
            return null;
        }
        RandomStream galleries = random.Fork("galleries");
        HeldOutScores Score(PairedEmbeddings first, PairedEmbeddings second) => HeldOutScores.Join(
            HeldOutScores.Of(first, galleries.Fork("half", 0), work), HeldOutScores.Of(second, galleries.Fork("half", 1), work));
        return new CorrectionTrial
        {
            Correction = id,
            Description = description,
            Protocol = $"learned on one random half of the {pairs.Items} items, judged on the other ({b.Items} documents a gallery), both ways; "
                + "intervals from the same resampled queries before and after",
            Rows = TrialRows.Compare(pairs.First.Modality.Name, pairs.Second.Modality.Name, Score(a, b), Score(correctedA, correctedB), random),
        };
    }

    private static PairedEmbeddings Apply(FittedCorrection correction, PairedEmbeddings pairs, WorkContext work) => new(
        correction.Apply(RowRole.Documents(correction.First), pairs.First, work),
        correction.Apply(RowRole.Documents(correction.Second), pairs.Second, work),
        pairs.FirstItems,
        pairs.SecondItems,
        pairs.Items);
}
