using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

/// <summary>Covariances, spectra, Fréchet and CORAL distance, CKA: against slow twins, and by hand.</summary>
public sealed class SecondMomentTests
{
    private static readonly string[] Samples =
        ["five items in two dimensions", "seventeen items", "one row less than a tile", "a narrow gap", "opposite cones", "duplicates", "exact ties"];

    public static TheoryData<string> Names { get; } = [.. Samples];

    [Theory]
    [MemberData(nameof(Names))]
    public void Covariances_OfAnyPairs_AgreeWithTheDoubleLoop(string name)
    {
        PairedEmbeddings pairs = PairSamples.Of(name);
        (double[][] x, double[][] y) = (Rows.All(pairs.First), Rows.All(pairs.Second));
        SecondMoments moments = Rows.Evidence(pairs).SecondMoments;
        Tolerance.Float64.Check(SlowMoments.Covariance(x, x), moments.First.Covariance, "first");
        Tolerance.Float64.Check(SlowMoments.Covariance(y, y), moments.Second.Covariance, "second");
        Tolerance.Float64.Check(SlowMoments.Covariance(x, y), moments.CrossCovariance, "cross");
        double[][] differences = [.. x.Zip(y, (a, b) => Rows.Plus(a, b, -1))];
        Tolerance.Float64.Check(SlowMoments.Covariance(differences, differences), moments.OfDifferences(), "differences");
        int n = x.Length, d = x[0].Length;
        double[] stacked = [.. Enumerable.Range(0, d * d).Select(e => x.Concat(y).Sum(row => row[e / d] * row[e % d]) / n)];
        Tolerance.Float64.Check(stacked, moments.Stacked(), "stacked");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Spectrum_OfAnyPairs_AgreesWithTheSlowOne(string name)
    {
        PairedEmbeddings pairs = PairSamples.Of(name);
        Dictionary<string, Measurement> found = Measure(pairs, new Spectrum());
        foreach (UnitEmbeddings side in new[] { pairs.First, pairs.Second })
        {
            double[] values = SlowMoments.Eigenvalues(Rows.All(side)), shares = Array.ConvertAll(values, value => value / values.Sum());
            int d = values.Length;
            double Entropy(double[] p) => Math.Exp(-p.Where(share => share > 1e-9).Sum(share => share * Math.Log(share)));
            double participation = 1 / shares.Sum(share => share * share);
            Check("trace", values.Sum());
            Check("participation-ratio", participation);
            Check("covariance-rank", Entropy(shares));
            double[] roots = Array.ConvertAll(shares, share => share > 1e-13 ? Math.Sqrt(share) : 0);
            Check("singular-rank", Entropy(Array.ConvertAll(roots, root => root / roots.Sum())));
            // As the paper has it, step by step.
            double norm = Math.Sqrt(values.Sum(value => value * value));
            double delta = Math.Sqrt(values.Sum(value => Math.Pow(Math.Sqrt(d) * value / norm - 1, 2))) / Math.Sqrt(2 * (d - Math.Sqrt(d)));
            double phi = Math.Pow(d - delta * delta * (d - Math.Sqrt(d)), 2) / d / d;
            Check("isoscore", (d * phi - 1) / (d - 1));

            void Check(string id, double expected) =>
                new Tolerance(1e-8, 1e-9).Check(expected, found[$"spectrum-{id}/{side.Modality}"].Estimate!.Value, $"{id} of {side.Modality}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FrechetAndCoral_OfAnyPairs_AgreeWithTheSlowOnes(string name)
    {
        PairedEmbeddings pairs = PairSamples.Of(name);
        (double[][] x, double[][] y) = (Rows.All(pairs.First), Rows.All(pairs.Second));
        Dictionary<string, Measurement> found = Measure(pairs, new FrechetDistance(), new CoralDistance());
        new Tolerance(1e-6, 1e-7).Check(SlowMoments.SquaredFrechet(x, y), found["frechet-distance-squared"].Estimate!.Value, "Fréchet");
        double coral = SlowMoments.Covariance(x, x).Zip(SlowMoments.Covariance(y, y), (a, b) => (a - b) * (a - b)).Sum() / 4 / x[0].Length / x[0].Length;
        Tolerance.Float64.Check(coral, found["coral-distance"].Estimate!.Value, "CORAL");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cka_OfAnyPairs_AgreesWithWholeKernels(string name)
    {
        PairedEmbeddings pairs = PairSamples.Of(name);
        (double[][] x, double[][] y) = (Rows.All(pairs.First), Rows.All(pairs.Second));
        Dictionary<string, Measurement> found = Measure(pairs, new LinearCka());
        new Tolerance(1e-9, 1e-9).Check(SlowCka.Plain(x, y), found["linear-cka"].Estimate!.Value, "plain");
        if (found["linear-cka-unbiased"].Estimate is { } unbiased)
            new Tolerance(1e-8, 1e-9).Check(SlowCka.Unbiased(x, y), unbiased.Value, "unbiased");
        else
            Assert.Equal("five items in two dimensions", name);
    }

    [Fact]
    public void HsicWithoutAnItem_OfEachItem_IsThatOfTheOthers()
    {
        PairedEmbeddings pairs = Rows.Cones(23, 6, 131);
        HsicSums all = Sums(pairs);
        for (int left = 0; left < 23; left++)
        {
            HsicSums others = Sums(pairs.Select([.. Enumerable.Range(0, 23).Where(i => i != left)]));
            new Tolerance(1e-10, 1e-14).Check(others.Value, all.Without(left), $"without item {left}");
        }

        static HsicSums Sums(PairedEmbeddings pairs)
        {
            SecondMoments moments = Rows.Evidence(pairs).SecondMoments;
            return HsicSums.Of(moments.First, moments.Second, moments.CrossCovariance);
        }
    }

    [Fact]
    public void Cka_OfARotatedCopy_IsOne()
    {
        PairedEmbeddings cones = Rows.Cones(60, 8, 132);
        double[][] x = Rows.All(cones.First);
        Dictionary<string, Measurement> found = Measure(Rows.Pair(x, x.Select(row => row.Reverse().Select(value => -value).ToArray())), new LinearCka());
        Tolerance.StoredFloat32.Check(1, found["linear-cka"].Estimate!.Value, "plain");
        Tolerance.StoredFloat32.Check(1, found["linear-cka-unbiased"].Estimate!.Value, "unbiased");
    }

    [Fact]
    public void Cka_OfUnrelatedRows_IsNearZeroWithoutBiasOnly()
    {
        // As many items as dimensions.
        PairedEmbeddings x = Rows.Cones(64, 64, 133, axis: 0, shared: 0);
        Dictionary<string, Measurement> found = Measure(x, new LinearCka());
        Assert.InRange(found["linear-cka"].Estimate!.Value, 0.4, 0.6);
        Assert.InRange(found["linear-cka-unbiased"].Estimate!.Value, -0.1, 0.1);
    }

    [Fact]
    public void PrincipalAngles_OfPlanesOneCanDraw_AreKnown()
    {
        // Rows around an offset vary along e1 and e2 in one modality, along e1 and a direction 30° off e2 in the other.
        double[] tilted = [0, Math.Cos(Math.PI / 6), Math.Sin(Math.PI / 6), 0, 0];
        PairedEmbeddings pairs = Rows.Pair(Plane([1, 0, 0, 0, 0], [0, 1, 0, 0, 0], 3), Plane([1, 0, 0, 0, 0], tilted, 4));
        Dictionary<string, Measurement> found = Measure(pairs, new PrincipalAngles(), new GapInVariation(), new Spectrum());
        Assert.Equal(2, found["spectrum-dimensions-99/image"].Estimate!.Value);
        new Tolerance(0, 1e-3).Check(0, found["principal-angle-smallest"].Estimate!.Value, "smallest");
        new Tolerance(0, 1e-3).Check(15, found["principal-angle-median"].Estimate!.Value, "median of two");
        new Tolerance(0, 1e-3).Check(30, found["principal-angle-largest"].Estimate!.Value, "largest");
        // The offsets e4 and e5 lie in neither plane.
        new Tolerance(0, 1e-6).Check(0, found["gap-share-in-variation/image"].Estimate!.Value, "inside the first");
        new Tolerance(0, 1e-6).Check(1, found["gap-share-outside-variation"].Estimate!.Value, "outside both");

        static IEnumerable<double[]> Plane(double[] first, double[] second, int offset)
        {
            for (int i = 0; i < 16; i++)
            {
                double angle = i * Math.PI / 8;
                double[] row = Rows.Plus(Array.ConvertAll(first, value => value * Math.Cos(angle)), second, Math.Sin(angle));
                row[offset] = 3;
                yield return row;
            }
        }
    }

    [Theory]
    [InlineData(3, 2, 9)]
    [InlineData(5, 7, 20)]
    [InlineData(6, 6, 8)]
    public void SquaredInEither_OfAnyVector_IsItsProjectionOnTheSum(int first, int second, int d)
    {
        // Few rows span a subspace of as many dimensions less one.
        PairedEmbeddings pairs = Rows.Pair(Rows.All(Rows.Cones(40, first, 134).First).Select(Padded), Rows.All(Rows.Cones(40, second, 135).Second).Select(Turned));
        SecondMoments moments = Rows.Evidence(pairs).SecondMoments;
        double[] vector = Rows.Gaussian(new ModalityGap.Statistics.RandomStream(5), d);
        List<double[]> basis = [];
        double inside = 0;
        foreach ((ModalityMoments modality, int count) in new[] { (moments.First, moments.Subspaces.FirstDimensions), (moments.Second, moments.Subspaces.SecondDimensions) })
            for (int k = 0; k < count; k++)
            {
                double[] axis = modality.Spectrum.Vector(k).ToArray();
                for (int round = 0; round < 2; round++)
                    foreach (double[] other in basis)
                        axis = Rows.Plus(axis, other, -axis.Zip(other, (a, b) => a * b).Sum());
                if (axis.Sum(value => value * value) < 1e-12)
                    continue;
                basis.Add(Rows.Unit(axis));
                inside += Math.Pow(basis[^1].Zip(vector, (a, b) => a * b).Sum(), 2);
            }
        new Tolerance(1e-6, 1e-9).Check(inside, moments.Subspaces.SquaredInEither(vector), "inside either");

        double[] Padded(double[] row) => [.. row, .. new double[d - row.Length]];

        double[] Turned(double[] row) => [.. Padded(row).Select((value, k) => value + 0.5 * Padded(row)[(k + 3) % d])];
    }

    [Fact]
    public void Measures_OfPoints_SayWhyTheyAreMissing()
    {
        double[][] one = [.. Enumerable.Range(0, 8).Select(_ => new[] { 0.3, -0.2, 0.9 })], other = [.. Enumerable.Range(0, 8).Select(_ => new[] { -0.7, 0.1, 0.2 })];
        Dictionary<string, Measurement> found = Measure(
            Rows.Pair(one, other), new Spectrum(), new PrincipalAngles(), new GapInVariation(), new FrechetDistance(), new LinearCka());
        foreach (string key in new[] { "spectrum-rankme/image", "spectrum-isoscore/text", "principal-angle-median", "linear-cka", "linear-cka-unbiased" })
            Assert.Contains("single point", found[key].Missing, StringComparison.Ordinal);
        Assert.Equal(1, found["gap-share-outside-variation"].Estimate!.Value);
        double gap = Math.Sqrt(Rows.Unit(one[0]).Zip(Rows.Unit(other[0]), (a, b) => (a - b) * (a - b)).Sum());
        Tolerance.StoredFloat32.Check(gap, found["frechet-distance"].Estimate!.Value, "the Fréchet distance of points is their distance");
    }

    [Fact]
    public void Spectrum_OfFewRows_GivesNoIntervalWhereBiasRules()
    {
        Dictionary<string, Measurement> found = Measure(Rows.Cones(40, 64, 136), new Spectrum());
        Assert.Null(found["spectrum-covariance-rank/image"].Estimate!.Low);
        Assert.Contains("bias", found["spectrum-covariance-rank/image"].Estimate!.Method, StringComparison.Ordinal);
        Assert.NotNull(Measure(Rows.Cones(3000, 6, 137), new Spectrum())["spectrum-covariance-rank/image"].Estimate!.Low);
    }

    private static Dictionary<string, Measurement> Measure(PairedEmbeddings pairs, params IMeasure[] measures)
    {
        PairEvidence evidence = Rows.Evidence(pairs);
        return measures.SelectMany(measure => measure.Compute(evidence)).ToDictionary(measurement => measurement.Key);
    }
}
