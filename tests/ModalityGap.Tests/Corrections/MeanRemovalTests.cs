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
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(pairs));
        PairedEmbeddings corrected = PairedEmbeddings.ByRow(fitted.ApplyToFirst(pairs.First), fitted.ApplyToSecond(pairs.Second));
        Assert.True(Rows.Measure(pairs)["gap"].Estimate!.Value > 0.5);
        Assert.InRange(Rows.Measure(corrected)["gap"].Estimate!.Value, 0, 0.05);
    }

    [Fact]
    public void Apply_ToARow_SubtractsTheMeanAndSetsTheNormToOne()
    {
        UnitEmbeddings first = Rows.Unit(Modality.Image, [[1, 0], [0, 1]]), second = Rows.Unit(Modality.Text, [[1, 0]]);
        UnitEmbeddings corrected = new MeanRemoval().Fit(new CorrectionSample(first, second)).ApplyToFirst(first);
        Tolerance.StoredFloat32.Check([Math.Sqrt(0.5), -Math.Sqrt(0.5)], Rows.Row(corrected, 0), "(1, 0) - (½, ½)");
        Assert.Equal([1, 1], corrected.OriginalNorms);
    }

    [Fact]
    public void Apply_ToARowThatIsTheMean_Stops()
    {
        UnitEmbeddings same = Rows.Unit(Modality.Image, [[1, 0], [1, 0]]);
        FittedCorrection fitted = new MeanRemoval().Fit(new CorrectionSample(same, Rows.Unit(Modality.Text, [[0, 1]])));
        string message = Assert.Throws<EmbeddingDataException>(() => fitted.ApplyToFirst(same)).Message;
        Assert.StartsWith("memory: row 0 and 1 more have no direction after the correction mean-removal.", message, StringComparison.Ordinal);
        message = Assert.Throws<EmbeddingDataException>(
            () => fitted.Apply(RowRole.Documents(Modality.Image), [0, 1, 1, 0], new float[4], "images.npy", 500)).Message;
        Assert.StartsWith("images.npy: row 501 has no direction", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ToAnyRows_TakesOffAllOfTheirMean()
    {
        PairedEmbeddings pairs = Rows.Cones(200, 24, 134);
        double[] centre = new MeanRemoval().Fit(CorrectionSample.Of(pairs)).Transforms[0].Transform.Steps[0].Centre.ToArray();
        double[] rest = new double[24];
        foreach (double[] row in Rows.All(pairs.First))
            rest = Rows.Plus(rest, Rows.Plus(row, centre, -1), 1.0 / 200);
        Assert.InRange(Math.Sqrt(rest.Sum(value => value * value)), 0, 1e-14);
    }

    [Fact]
    public void Apply_ToAnyRows_GivesTheBitsOfTheFormula()
    {
        PairedEmbeddings pairs = Rows.Cones(300, 130, 133);
        UnitEmbeddings rows = pairs.Second;
        double[] mean = [.. Enumerable.Range(0, 130).Select(k => Enumerable.Range(0, 300).Aggregate(0.0, (sum, i) => sum + rows.Row(i)[k]) / 300)];
        UnitEmbeddings expected = rows.WithVectors(
            [.. Enumerable.Range(0, 300).SelectMany(i => rows.Row(i).ToArray().Select((value, k) => (float)(value - mean[k])))]);
        Assert.Equal(expected.Values, new MeanRemoval().Fit(CorrectionSample.Of(pairs)).ApplyToSecond(rows).Values);
    }

    [Fact]
    public void Fit_WithQueriesOfTheirOwn_GivesThemTheirOwnMean()
    {
        UnitEmbeddings images = Rows.Unit(Modality.Image, [[1, 0], [0, 1]]), texts = Rows.Unit(Modality.Text, [[1, 0], [0, -1]]);
        UnitEmbeddings queries = Rows.Unit(Modality.Text, [[-1, 0], [0, 1]]), signals = Rows.Unit(new Modality("eeg"), [[-1, 0], [0, -1]]);
        FittedCorrection fitted = new MeanRemoval().Fit(new CorrectionSample(images, texts, null, queries, signals));
        double half = Math.Sqrt(0.5);
        Tolerance.StoredFloat32.Check([-half, -half], Rows.Row(fitted.Apply(RowRole.Queries(Modality.Text), queries), 0), "(-1, 0) - (-½, ½)");
        Tolerance.StoredFloat32.Check([half, half], Rows.Row(fitted.Apply(RowRole.Documents(Modality.Text), texts), 0), "(1, 0) - (½, -½)");
        Tolerance.StoredFloat32.Check([-half, half], Rows.Row(fitted.Apply(RowRole.Queries(new Modality("eeg")), signals), 0), "(-1, 0) - (-½, -½)");
        // Queries of images were not given: they are treated as documents.
        Assert.Equal(fitted.ApplyToFirst(images).Values, fitted.Apply(RowRole.Queries(Modality.Image), images).Values);
        Assert.Throws<ArgumentException>(() => fitted.Apply(RowRole.Documents(new Modality("eeg")), signals));
    }

    [Fact]
    public void Apply_ToRowsThatItHasNotSeen_UsesTheMeansThatItLearned()
    {
        PairedEmbeddings pairs = Rows.Cones(30, 6, 132);
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(pairs));
        UnitEmbeddings alone = fitted.ApplyToSecond(pairs.Second.Select([4])), together = fitted.ApplyToSecond(pairs.Second);
        Assert.Equal(together.Row(4).ToArray(), alone.Row(0).ToArray());
    }
}
