using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>Corrections that were fitted on the pair of <see cref="NpyFile.WritePair"/>.</summary>
internal static class FittedSample
{
    public static FittedCorrection MeanRemoval(TemporaryFolder folder) => new MeanRemoval().Fit(CorrectionSample.Of(Pairs(folder)));

    /// <summary>Mean removal and a correction of scores, by its id.</summary>
    public static FittedCorrection WithScores(TemporaryFolder folder, string id = "score-standardisation", ICorrection? rows = null)
    {
        PairedEmbeddings pairs = Pairs(folder);
        FittedCorrection fitted = (rows ?? new MeanRemoval()).Fit(CorrectionSample.Of(pairs));
        UnitEmbeddings images = fitted.ApplyToFirst(pairs.First), texts = fitted.ApplyToSecond(pairs.Second);
        int[] matches = [.. Enumerable.Range(0, pairs.Items)];
        // A text asks for its image and for the text after it.
        int[] next = [.. matches.Select(item => (item + 1) % pairs.Items)];
        return fitted.With(CorrectionCatalog.OfScores.First(correction => correction.Info.Id == id).Fit(new ScoreSample(texts, images, texts, matches, next)));
    }

    public static PairedEmbeddings Pairs(TemporaryFolder folder) => PairedEmbeddings.ByRow(
        UnitEmbeddings.Normalize(EmbeddingFile.Read(folder["img.npy"])[0].As(Modality.Image)),
        UnitEmbeddings.Normalize(EmbeddingFile.Read(folder["txt.npy"])[0].As(Modality.Text)));
}
