using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Corrections;

/// <summary>Mixed search on real rows: EEG asks for images and texts of 200 things.</summary>
public sealed class ThingsTests
{
    private const int Items = 200, Splits = 6;

    private static readonly WorkContext Work = new(2);

    /// <summary>
    /// hit@1 at the worst share of images, learned on one half of the items and judged on the other, both ways: 0.185 raw, 0.220 after mean
    /// removal, 0.230 after whitening on one split. With 200 queries the standard error of each is 0.029 and splits differ by 0.02, so the
    /// means of six splits must lie within 0.03 of them.
    /// </summary>
    [Fact]
    public void MixedSearch_AfterMeanRemovalAndWhitening_FindsMore()
    {
        UnitEmbeddings eeg = Read("eeg_sub08", "eeg"), images = Read("img_vith14", "image"), texts = Read("text_vith14", "text");
        double raw = Mean(null), centred = Mean(new MeanRemoval()), whitened = Mean(new Whitening());
        Assert.Equal(0.185, raw, 0.03);
        Assert.Equal(0.220, centred, 0.03);
        Assert.Equal(0.230, whitened, 0.03);
        Assert.True(centred > raw + 0.015 && whitened > raw + 0.015, FormattableString.Invariant($"raw {raw:0.000}, mean removal {centred:0.000}, whitening {whitened:0.000}"));

        double Mean(ICorrection? correction) => Enumerable.Range(1, Splits).Average(seed => WorstShare(correction, eeg, images, texts, new RandomStream(seed)));
    }

    private static double WorstShare(ICorrection? correction, UnitEmbeddings eeg, UnitEmbeddings images, UnitEmbeddings texts, RandomStream random)
    {
        int[] order = random.Fork("halves").NextPermutation(Items), a = [.. order[..(Items / 2)].Order()], b = [.. order[(Items / 2)..].Order()];
        MixedSearch.Arm both = MixedSearch.Arm.Join(Judge(b, a), Judge(a, b));
        return both.HitAt1.Min(hits => hits.Average());

        MixedSearch.Arm Judge(int[] learned, int[] judged)
        {
            UnitEmbeddings queries = eeg.Select(judged), first = images.Select(judged), second = texts.Select(judged);
            if (correction is not null)
            {
                FittedCorrection fitted = correction.Fit(new CorrectionSample(images.Select(learned), texts.Select(learned), null, eeg.Select(learned)) { Work = Work });
                queries = fitted.Apply(RowRole.Queries(queries.Modality), queries);
                (first, second) = (fitted.ApplyToFirst(first), fitted.ApplyToSecond(second));
            }
            return MixedSearch.Evaluate(Rows.Matrix(queries), Rows.Matrix(first), Rows.Matrix(second), random.Fork("galleries"), Work).Raw;
        }
    }

    private static UnitEmbeddings Read(string name, string modality) => UnitEmbeddings.Normalize(EmbeddingFile.Read(
        SharedFolder.File("data", "things200", $"things200_{name}.npy"), new ReadOptions { Modalities = [modality] })[0]);
}
