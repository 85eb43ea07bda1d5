using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Corrections;

/// <summary>Whitening, CORAL, trace scaling and the linear map: what their matrices must make of covariances.</summary>
public sealed class CovarianceCorrectionTests
{
    private static readonly Tolerance StoredMatrix = new(2e-5, 2e-6);

    [Fact]
    public void Whitening_OfACross_EvensOutItsArms()
    {
        // Rows ±(0.6, 0) beside ±(0, 0.2) around (0, 0, 1), before they are set to norm 1: covariance diagonal, 9 to 1.
        UnitEmbeddings rows = Rows.Unit(Modality.Image, [[0.6, 0, 0.8], [-0.6, 0, 0.8], [0, 0.2, Math.Sqrt(0.96)], [0, -0.2, Math.Sqrt(0.96)]]);
        double variance = 2 * 0.36 / 3, small = 2 * 0.04 / 3, third = Variance(0.8, 0.8, Math.Sqrt(0.96), Math.Sqrt(0.96));
        AffineStep step = new Whitening(0.5).Fit(Sample(rows)).Transforms[0].Transform.Steps[0];
        double floor = 0.5 * (variance + small + third) / 3;
        double[] matrix = SlowCorrections.Matrix(step);
        new Tolerance(1e-6, 1e-6).Check(
            [1 / Math.Sqrt(variance + floor), 0, 0, 0, 1 / Math.Sqrt(small + floor), 0, 0, 0, 1 / Math.Sqrt(third + floor)], matrix, "W");
    }

    [Theory]
    [InlineData(90, 12, 0)]
    [InlineData(90, 12, 30)]
    [InlineData(9, 14, 1)]
    [InlineData(2, 14, 30)]
    public void Whitening_OfAnyRows_MakesTheRegularisedCovarianceTheIdentity(int n, int d, double ridge)
    {
        PairedEmbeddings pairs = Rows.Cones(n, d, 185);
        FittedCorrection fitted = new Whitening(ridge).Fit(CorrectionSample.Of(pairs));
        foreach ((UnitEmbeddings rows, int k) in new[] { (pairs.First, 0), (pairs.Second, 1) })
        {
            double[] matrix = SlowCorrections.Matrix(fitted.Transforms[k].Transform.Steps[0]);
            StoredMatrix.Check(SlowCorrections.OfCovariance(Rows.All(rows), ridge, value => 1 / Math.Sqrt(value)), matrix, "W by Jacobi");
            double[] regularised = SlowCorrections.OfCovariance(Rows.All(rows), ridge, value => value);
            double[] whitened = SlowCorrections.Product(SlowCorrections.Product(matrix, regularised, d), SlowCorrections.Transposed(matrix, d), d);
            new Tolerance(1e-4, 1e-5).Check(SlowCorrections.Identity(d), whitened, "W (S + ρ λ̄ I) Wᵀ");
        }
    }

    [Fact]
    public void Whitening_OfRowsThatCannotBeWhitened_Refuses()
    {
        PairedEmbeddings few = Rows.Cones(5, 8, 186);
        string message = Assert.Throws<EmbeddingDataException>(() => new Whitening(0).Fit(CorrectionSample.Of(few))).Message;
        Assert.Contains("5 rows of image vary in 4 of 8 dimensions", message, StringComparison.Ordinal);
        Assert.Contains("ridge above 0", message, StringComparison.Ordinal);
        PairedEmbeddings point = Rows.Pair([[1, 0], [1, 0]], [[0, 1], [1, 0]]);
        Assert.Contains("all its rows of image are the same", Assert.Throws<EmbeddingDataException>(() => new Whitening().Fit(CorrectionSample.Of(point))).Message, StringComparison.Ordinal);
        PairedEmbeddings one = Rows.Pair([[1, 0]], [[0, 1]]);
        Assert.Contains("one row of image only", Assert.Throws<EmbeddingDataException>(() => new Whitening().Fit(CorrectionSample.Of(one))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Whitening(-1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Coral_OfAnyRows_GivesTheSecondTheCovarianceOfTheFirst(double ridge)
    {
        const int d = 9;
        PairedEmbeddings pairs = Rows.Cones(80, d, 187);
        FittedCorrection fitted = new Coral(ridge).Fit(CorrectionSample.Of(pairs));
        AffineStep step = fitted.Transforms[1].Transform.Steps[0];
        double[] matrix = SlowCorrections.Matrix(step);
        double[] moved = SlowCorrections.Product(
            SlowCorrections.Product(matrix, SlowCorrections.OfCovariance(Rows.All(pairs.Second), ridge, value => value), d), SlowCorrections.Transposed(matrix, d), d);
        new Tolerance(1e-4, 1e-6).Check(SlowCorrections.OfCovariance(Rows.All(pairs.First), ridge, value => value), moved, "A C_y Aᵀ");
        Tolerance.Float64.Check(SlowMoments.Mean(Rows.All(pairs.First)), step.Offset.ToArray(), "mean");
        Assert.Equal(pairs.First.Values, fitted.ApplyToFirst(pairs.First).Values);
    }

    [Fact]
    public void TraceScaling_OfAnyRows_GivesTheSecondMeanAndVarianceOfTheFirst()
    {
        PairedEmbeddings pairs = Rows.Cones(80, 9, 188);
        FittedCorrection fitted = new TraceScaling().Fit(CorrectionSample.Of(pairs));
        IReadOnlyList<AffineStep> steps = fitted.Transforms[1].Transform.Steps;
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double[] meanX = SlowMoments.Mean(x), meanY = SlowMoments.Mean(y);
        double scale = Math.Sqrt(Trace(x) / Trace(y));
        double[][] scaled = [.. y.Select(row => Rows.Unit([.. row.Select((value, k) => (value - meanY[k]) * scale + meanX[k])]))];
        double[] meanScaled = SlowMoments.Mean(scaled);
        double[][] moved = [.. scaled.Select(row => Rows.Unit([.. row.Select((value, k) => value - meanScaled[k] + meanX[k])]))];
        Assert.Equal(2, steps.Count);
        double[][] corrected = Rows.All(fitted.ApplyToSecond(pairs.Second));
        for (int i = 0; i < 80; i++)
            new Tolerance(1e-6, 1e-6).Check(moved[i], corrected[i], $"row {i}");
        Assert.Equal(pairs.First.Values, fitted.ApplyToFirst(pairs.First).Values);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(60, true)]
    [InlineData(6, true)]
    public void LinearMap_OfAnyPairs_SolvesTheNormalEquations(int n, bool towardsIdentity)
    {
        const int d = 9;
        PairedEmbeddings pairs = Rows.Cones(n, d, 189);
        AffineStep step = new LinearMap(0.7, towardsIdentity).Fit(CorrectionSample.Of(pairs)).Transforms[1].Transform.Steps[0];
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double[] left = SlowCorrections.Product(SlowCorrections.Matrix(step), SlowCorrections.OfCovariance(y, 0.7, value => value), d);
        double floor = towardsIdentity ? 0.7 * Trace(y) / d : 0;
        double[] right = [.. SlowMoments.Covariance(x, y).Select((value, k) => value + (k / d == k % d ? floor : 0))];
        StoredMatrix.Check(right, left, "A (S_y + ρ λ̄ I)");
    }

    [Fact]
    public void LinearMap_ToFewPairsOfAlignedRows_LearnsLessNoiseNearTheIdentity()
    {
        // Two hundred pairs in 128 dimensions, in each of which rows vary alike.
        PairedEmbeddings pairs = Alignment.Of(BuiltInSample.Create()).Pair(0, 1).OneToOne();
        PairedEmbeddings learned = pairs.Select([.. Enumerable.Range(0, 200)]), judged = pairs.Select([.. Enumerable.Range(200, 200)]);
        double Recall(ICorrection correction)
        {
            FittedCorrection fitted = correction.Fit(CorrectionSample.Of(learned));
            var ranks = new SearchRanks(PairedEmbeddings.ByRow(fitted.ApplyToFirst(judged.First), fitted.ApplyToSecond(judged.Second)), new WorkContext(2));
            return ranks.Second.Average(rank => rank == 1 ? 1 : 0);
        }
        Assert.True(Recall(new LinearMap(10, towardsIdentity: true)) > Recall(new LinearMap(10)) + 0.2);
        Assert.True(Recall(new Procrustes(centred: true, prior: 10)) > Recall(new Procrustes(centred: true)) + 0.2);
    }

    [Fact]
    public void LinearMap_OfExactlyTurnedRows_FindsThem()
    {
        // y = (x₂, -x₁): without a penalty the map turns back.
        double[][] x = Rows.All(Rows.Cones(50, 2, 190).First);
        PairedEmbeddings pairs = Rows.Pair(x, x.Select(row => new[] { row[1], -row[0] }));
        UnitEmbeddings corrected = new LinearMap(0).Fit(CorrectionSample.Of(pairs)).ApplyToSecond(pairs.Second);
        for (int i = 0; i < 50; i++)
            new Tolerance(1e-5, 1e-5).Check(x[i], Rows.Row(corrected, i), $"row {i}");
    }

    [Fact]
    public void LinearMap_OfDifferentDimensions_TakesBoth()
    {
        UnitEmbeddings first = Rows.Cones(40, 5, 191).First, second = Rows.Cones(40, 8, 191).Second;
        (int, int)[] matches = [.. Enumerable.Range(0, 40).Select(i => (i, i))];
        Assert.Equal(5, new LinearMap().Fit(new CorrectionSample(first, second, matches)).ApplyToSecond(second).Dimensions);
        Assert.Equal(4, new CanonicalCorrelation(4).Fit(new CorrectionSample(first, second, matches)).OutputDimensions);
        string message = Assert.Throws<EmbeddingDataException>(() => new MeanRemoval().Fit(new CorrectionSample(first, second))).Message;
        Assert.Contains("its text rows have 8 dimensions, those of image 5", message, StringComparison.Ordinal);
    }

    private static double Trace(double[][] rows) => Enumerable.Range(0, rows[0].Length).Sum(k => Variance([.. rows.Select(row => row[k])]));

    private static double Variance(params double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);

    private static CorrectionSample Sample(UnitEmbeddings first) => new(first, Rows.Unit(Modality.Text, [[0, 0, 1], [0, 1, 0], [1, 0, 0]]));
}
