using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Corrections;

/// <summary>Corrections that leave out directions: what they keep and what they do not.</summary>
public sealed class SubspaceCorrectionTests
{
    [Fact]
    public void SharedSpaceProjection_OfPlanesThatShareAnAxis_KeepsThatAxis()
    {
        // Images vary along axes 0 and 1, texts along 1 and 2: axis 1 is shared. Axis 3 holds the gap.
        double[][] images = [.. Enumerable.Range(0, 40).Select(i => Rows.Unit([Math.Sin(i), Math.Cos(1.7 * i), 0, 2]))];
        double[][] texts = [.. Enumerable.Range(0, 40).Select(i => Rows.Unit([0, Math.Sin(2.3 * i), Math.Cos(0.9 * i), -2]))];
        PairedEmbeddings pairs = Rows.Pair(images, texts);
        // The norm makes axis 3 vary a little with the others: 0.95 of the variance is within the planes.
        FittedCorrection fitted = new SharedSpaceProjection(0.95, 0.9).Fit(CorrectionSample.Of(pairs));
        Assert.Equal(1, fitted.OutputDimensions);
        double[] axis = SlowCorrections.Matrix(fitted.Transforms[0].Transform.Steps[0]);
        Assert.True(Math.Abs(axis[1]) > 0.95, string.Join(", ", axis));
        // No direction is shared to 0.9999999: the nearest pair stands for them.
        Assert.Equal(1, new SharedSpaceProjection(0.95, 0.9999999, fallback: 1).Fit(CorrectionSample.Of(pairs)).OutputDimensions);
    }

    [Fact]
    public void SharedSpaceProjection_OfAnyRows_IsOrthonormal()
    {
        const int d = 14;
        PairedEmbeddings pairs = Rows.Cones(200, d, 201);
        FittedCorrection fitted = new SharedSpaceProjection(0.9, 0.8).Fit(CorrectionSample.Of(pairs));
        double[] projection = SlowCorrections.Matrix(fitted.Transforms[0].Transform.Steps[0]);
        int k = fitted.OutputDimensions;
        Assert.InRange(k, 2, d - 1);
        new Tolerance(1e-6, 1e-6).Check(SlowCorrections.Identity(k), SlowCorrections.Product(projection, SlowCorrections.Transposed(projection, d), d), "S Sᵀ");
    }

    [Fact]
    public void OrthogonalGapRemoval_OfAnyRows_MovesOnlyWhereTheSecondDoesNotVary()
    {
        const int d = 20;
        // Six texts in twenty dimensions vary in five directions, which hold all of their variance.
        PairedEmbeddings pairs = Rows.Cones(6, d, 202);
        FittedCorrection fitted = new OrthogonalGapRemoval(share: 1).Fit(CorrectionSample.Of(pairs));
        double[] move = Array.ConvertAll(fitted.Transforms[1].Transform.Steps[0].Centre.ToArray(), value => -value);
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double[] meanY = SlowMoments.Mean(y), gap = Rows.Plus(SlowMoments.Mean(x), meanY, -1);
        foreach (double[] row in y)
            Tolerance.Float64.Check(0, Rows.Plus(row, meanY, -1).Zip(move, (a, b) => a * b).Sum(), "along a row's deviation");
        // What is left of the gap lies within the content: the move is a projection of the gap.
        Tolerance.Float64.Check(gap.Zip(move, (a, b) => a * b).Sum(), move.Sum(value => value * value), "g·g' = ‖g'‖²");
        Assert.True(move.Sum(value => value * value) > 0.1);
        Assert.Equal(pairs.First.Values, fitted.ApplyToFirst(pairs.First).Values);
    }

    [Fact]
    public void GapDimensionAblation_OfTheTopTwo_SetsThemToZero()
    {
        PairedEmbeddings pairs = Rows.Pair([[0.1, 3, 1, -2], [1, 3, 0.1, -2]], [[0.1, 0, 1, 2], [1, 0, 0.2, 2]]);
        FittedCorrection fitted = new GapDimensionAblation(2).Fit(CorrectionSample.Of(pairs));
        double norm = Math.Sqrt(1.01);
        Tolerance.StoredFloat32.Check([0.1 / norm, 0, 1 / norm, 0], Rows.Row(fitted.ApplyToFirst(pairs.First), 0), "image");
        Tolerance.StoredFloat32.Check([0.1 / norm, 0, 1 / norm, 0], Rows.Row(fitted.ApplyToSecond(pairs.Second), 0), "text");
        Assert.Throws<EmbeddingDataException>(() => new GapDimensionAblation(4).Fit(CorrectionSample.Of(pairs)));
    }

    [Fact]
    public void PartialMeanRemoval_OfAllAndOfNothing_IsMeanRemovalAndNothing()
    {
        PairedEmbeddings pairs = Rows.Cones(40, 9, 203);
        CorrectionSample sample = CorrectionSample.Of(pairs);
        Assert.Equal(new MeanRemoval().Fit(sample).ApplyToFirst(pairs.First).Values, new PartialMeanRemoval(1).Fit(sample).ApplyToFirst(pairs.First).Values);
        double[] mean = SlowMoments.Mean(Rows.All(pairs.First));
        Tolerance.StoredFloat32.Check(
            Rows.Unit(Rows.Plus(Rows.Row(pairs.First, 3), mean, -0.25)), Rows.Row(new PartialMeanRemoval().Fit(sample).ApplyToFirst(pairs.First), 3), "a quarter");
        Assert.Throws<ArgumentOutOfRangeException>(() => new PartialMeanRemoval(1.5));
    }
}
