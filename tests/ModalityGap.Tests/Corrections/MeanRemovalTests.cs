using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Corrections;

public sealed class MeanRemovalTests
{
    [Fact]
    public void Apply_ToItsOwnRows_ClosesTheGap()
    {
        PairedEmbeddings pairs = Rows.Cones(200, 24, 131);
        IFittedCorrection fitted = new MeanRemoval().Fit(pairs.First, pairs.Second);
        PairedEmbeddings corrected = PairedEmbeddings.ByRow(fitted.ApplyToFirst(pairs.First), fitted.ApplyToSecond(pairs.Second));
        Assert.True(Rows.Measure(pairs)["gap"].Estimate!.Value > 0.5);
        Assert.InRange(Rows.Measure(corrected)["gap"].Estimate!.Value, 0, 0.05);
    }

    [Fact]
    public void Apply_ToARow_SubtractsTheMeanAndSetsTheNormToOne()
    {
        UnitEmbeddings first = Rows.Unit(Modality.Image, [[1, 0], [0, 1]]), second = Rows.Unit(Modality.Text, [[1, 0]]);
        UnitEmbeddings corrected = new MeanRemoval().Fit(first, second).ApplyToFirst(first);
        Tolerance.StoredFloat32.Check([Math.Sqrt(0.5), -Math.Sqrt(0.5)], Rows.Row(corrected, 0), "(1, 0) - (½, ½)");
        Assert.Equal([1, 1], corrected.OriginalNorms);
    }

    [Fact]
    public void Apply_ToARowThatIsTheMean_Stops()
    {
        UnitEmbeddings same = Rows.Unit(Modality.Image, [[1, 0], [1, 0]]);
        IFittedCorrection fitted = new MeanRemoval().Fit(same, same);
        Assert.Throws<EmbeddingDataException>(() => fitted.ApplyToFirst(same));
    }

    [Fact]
    public void Apply_ToRowsThatItHasNotSeen_UsesTheMeansThatItLearned()
    {
        PairedEmbeddings pairs = Rows.Cones(30, 6, 132);
        IFittedCorrection fitted = new MeanRemoval().Fit(pairs.First, pairs.Second);
        UnitEmbeddings alone = fitted.ApplyToSecond(pairs.Second.Select([4])), together = fitted.ApplyToSecond(pairs.Second);
        Assert.Equal(together.Row(4).ToArray(), alone.Row(0).ToArray());
    }
}
