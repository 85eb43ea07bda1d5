using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Corrections;

/// <summary>Procrustes and canonical correlation: what pairs must agree on afterwards.</summary>
public sealed class PairCorrectionTests
{
    [Theory]
    [InlineData(60, 10)]
    [InlineData(6, 10)]
    public void Procrustes_OfAnyPairs_IsOrthogonalAndNearerThanOtherTurns(int n, int d)
    {
        PairedEmbeddings pairs = Rows.Cones(n, d, 192);
        FittedCorrection fitted = new Procrustes().Fit(CorrectionSample.Of(pairs));
        double[] turn = SlowCorrections.Matrix(fitted.Transforms[1].Transform.Steps[0]);
        new Tolerance(1e-6, 1e-6).Check(SlowCorrections.Identity(d), SlowCorrections.Product(turn, SlowCorrections.Transposed(turn, d), d), "W Wᵀ");
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double nearest = Apart(turn);
        RandomStream random = new(193);
        for (int trial = 0; trial < 20; trial++)
        {
            double[] other = PolarFactor.Of(Rows.Gaussian(random, d * d), d, new WorkContext(1));
            Assert.True(nearest < Apart(other));
            // A small turn away from the best makes it worse too.
            double[] close = PolarFactor.Of([.. turn.Zip(other, (a, b) => a + 0.01 * b)], d, new WorkContext(1));
            Assert.True(nearest <= Apart(close) + 1e-6);
        }

        double Apart(double[] w) => Enumerable.Range(0, n).Sum(i =>
        {
            double[] turned = SlowCorrections.Product(w, y[i], d);
            return x[i].Zip(turned, (a, b) => (a - b) * (a - b)).Sum();
        });
    }

    [Fact]
    public void Procrustes_OfTurnedRows_TurnsThemBack()
    {
        const int d = 7;
        PairedEmbeddings cones = Rows.Cones(40, d, 194);
        double[] turn = PolarFactor.Of(Rows.Gaussian(new RandomStream(195), d * d), d, new WorkContext(1));
        PairedEmbeddings pairs = Rows.Pair(Rows.All(cones.First), Rows.All(cones.First).Select(row => SlowCorrections.Product(turn, row, d)));
        foreach (bool centred in new[] { false, true })
        {
            FittedCorrection fitted = new Procrustes(centred).Fit(CorrectionSample.Of(pairs));
            UnitEmbeddings first = fitted.ApplyToFirst(pairs.First), second = fitted.ApplyToSecond(pairs.Second);
            for (int i = 0; i < 40; i++)
                new Tolerance(1e-5, 1e-5).Check(Rows.Row(first, i), Rows.Row(second, i), $"row {i}, centred {centred}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Procrustes_WithAPrior_TurnsByThePairsAndTheIdentity(bool centred)
    {
        const int d = 5;
        PairedEmbeddings pairs = Rows.Cones(9, d, 195);
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double[] meanX = centred ? SlowMoments.Mean(x) : new double[d], meanY = centred ? SlowMoments.Mean(y) : new double[d];
        double[] expected = new double[d * d];
        double trace = y.Sum(row => Rows.Plus(row, meanY, -1).Sum(value => value * value));
        for (int k = 0; k < d * d; k++)
            expected[k] = Enumerable.Range(0, 9).Sum(i => (x[i][k / d] - meanX[k / d]) * (y[i][k % d] - meanY[k % d])) + (k / d == k % d ? 2.5 * trace / d : 0);
        double[] turn = SlowCorrections.Matrix(new Procrustes(centred, 2.5).Fit(CorrectionSample.Of(pairs)).Transforms[1].Transform.Steps[0]);
        // The turn is the orthogonal factor of M: WᵀM is symmetric and has no negative eigenvalue.
        double[] symmetric = SlowCorrections.Product(SlowCorrections.Transposed(turn, d), expected, d);
        new Tolerance(1e-5, 1e-5).Check(SlowCorrections.Transposed(symmetric, d), symmetric, "WᵀM");
        Assert.All(SlowEigen.Of(symmetric, d), pair => Assert.True(pair.Value > -1e-5));
        double[] far = SlowCorrections.Matrix(new Procrustes(centred, 1e6).Fit(CorrectionSample.Of(pairs)).Transforms[1].Transform.Steps[0]);
        new Tolerance(1e-4, 1e-4).Check(SlowCorrections.Identity(d), far, "W of a strong prior");
    }

    [Fact]
    public void Procrustes_OfAnyRows_KeepsTheirOwnCosines()
    {
        PairedEmbeddings pairs = Rows.Cones(30, 12, 196);
        UnitEmbeddings turned = new Procrustes().Fit(CorrectionSample.Of(pairs)).ApplyToSecond(pairs.Second);
        for (int i = 1; i < 30; i++)
            Tolerance.StoredFloat32.Check(
                Dot.Float64(pairs.Second.Row(0), pairs.Second.Row(i)), Dot.Float64(turned.Row(0), turned.Row(i)), $"cosine of rows 0 and {i}");
    }

    [Fact]
    public void Cca_OfAnyPairs_MakesBothCovariancesTheirCorrelations()
    {
        const int d = 8;
        PairedEmbeddings pairs = Rows.Cones(70, d, 197);
        FittedCorrection fitted = new CanonicalCorrelation(5, 0.5).Fit(CorrectionSample.Of(pairs));
        AffineStep first = fitted.Transforms[0].Transform.Steps[0], second = fitted.Transforms[1].Transform.Steps[0];
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double[] a = SlowCorrections.Matrix(first), b = SlowCorrections.Matrix(second);
        double[] ofFirst = Between(a, SlowCorrections.OfCovariance(x, 0.5, value => value), a), ofSecond = Between(b, SlowCorrections.OfCovariance(y, 0.5, value => value), b);
        double[] across = Between(a, SlowMoments.Covariance(x, y), b);
        // A C_x Aᵀ = B C_y Bᵀ = S and A C Bᵀ = S², S diagonal and descending.
        new Tolerance(1e-4, 1e-5).Check(ofFirst, ofSecond, "covariances");
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++)
                new Tolerance(1e-4, 1e-5).Check(i == j ? ofFirst[i * 5 + i] * ofFirst[i * 5 + i] : 0, across[i * 5 + j], $"cross-covariance {i}, {j}");
        for (int i = 1; i < 5; i++)
            Assert.InRange(ofFirst[i * 5 + i], 0, ofFirst[(i - 1) * 5 + i - 1]);
        Assert.InRange(ofFirst[0], 0.1, 1);

        static double[] Between(double[] left, double[] middle, double[] right) =>
            SlowCorrections.Product(SlowCorrections.Product(left, middle, d), SlowCorrections.Transposed(right, d), d);
    }

    [Fact]
    public void Cca_WithQueriesOfAThirdModality_Refuses()
    {
        PairedEmbeddings pairs = Rows.Cones(20, 6, 198);
        CorrectionSample plain = CorrectionSample.Of(pairs);
        var sample = new CorrectionSample(plain.First, plain.Second, plain.Pairs, Rows.Unit(new Modality("eeg"), Rows.All(pairs.First)));
        Assert.Contains("eeg", Assert.Throws<EmbeddingDataException>(() => new CanonicalCorrelation().Fit(sample)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WithoutPairs_SaysWhoNeedsThem()
    {
        PairedEmbeddings pairs = Rows.Cones(20, 6, 199);
        var sample = new CorrectionSample(pairs.First, pairs.Second);
        foreach (ICorrection correction in CorrectionCatalog.OfRows)
        {
            if (correction.Info.NeedsPairs)
                Assert.Contains(
                    $"{correction.Info.Id} learns from matching pairs",
                    Assert.Throws<EmbeddingDataException>(() => correction.Fit(sample)).Message,
                    StringComparison.Ordinal);
            else
                Assert.Equal(0, correction.Fit(sample).Origin.Pairs);
        }
    }
}
