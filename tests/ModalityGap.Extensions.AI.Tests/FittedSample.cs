using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Extensions.AI.Tests;

/// <summary>Rows of two modalities and corrections that were fitted on them.</summary>
internal static class FittedSample
{
    public const int Items = 40, Dimensions = 12;

    public static UnitEmbeddings Images { get; } = Rows(Modality.Image, 3, 0);

    public static UnitEmbeddings Texts { get; } = Rows(Modality.Text, 4, 1);

    public static UnitEmbeddings Queries { get; } = Rows(Modality.Text, 5, 2);

    /// <summary>Texts that ask have a mean of their own.</summary>
    public static FittedCorrection MeanRemoval { get; } = new MeanRemoval().Fit(new CorrectionSample(Images, Texts, null, Queries));

    public static FittedCorrection WithScores { get; } = MeanRemoval.With(new ScoreStandardisation(pseudoPositives: true).Fit(new ScoreSample(
        MeanRemoval.Apply(RowRole.Queries(Modality.Text), Queries), MeanRemoval.ApplyToFirst(Images), MeanRemoval.ApplyToSecond(Texts))));

    private static UnitEmbeddings Rows(Modality modality, int seed, int axis)
    {
        var random = new Random(seed);
        return UnitEmbeddings.Normalize(new EmbeddingSet(
            modality,
            [.. Enumerable.Range(0, Items * Dimensions).Select(i => random.NextSingle() - 0.5f + (i % Dimensions == axis ? 1.5f : 0))],
            Dimensions));
    }
}
