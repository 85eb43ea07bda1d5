using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Coverage;

/// <summary>Nominal 95 % intervals, held against the truth over 500 simulated sets: they must cover 92 to 97 %.</summary>
public sealed class CoverageTests
{
    private const int Sets = 500;

    /// <summary>The standard error of a coverage of 95 % over 500 sets; many measures are judged at once.</summary>
    private const double MonteCarlo = 0.01;

    private static readonly WorkContext OneThread = new(1);

    private static readonly IMeasure[] Distributions = [new PairGap(), new AlignmentUniformity(), new EnergyDistance()];

    [Theory]
    [InlineData("large", 2.4)]
    [InlineData("small", 0.15)]
    [InlineData("none", 0.0)]
    public void Gap_OverSimulatedSets_CoversTheTruthAsOftenAsItSays(string size, double offset)
    {
        var population = new PairPopulation(2000, 64, 1.0, offset, 7);
        double truth = population.Gap();
        Assert.True(size == "none" ? truth == 0 : truth > 0.05, $"{size}: {truth}");
        int covered = 0;
        for (int set = 0; set < Sets; set++)
        {
            PairedEmbeddings pairs = population.Sample(500, new RandomStream(11).Fork("set", set));
            Estimate squared = GapMeasure.SquaredGap(pairs, OneThread);
            covered += Math.Sqrt(squared.Low!.Value) <= truth && truth <= Math.Sqrt(squared.High!.Value) ? 1 : 0;
        }
        Assert.InRange(covered / (double)Sets, 0.92, 0.97);
    }

    [Fact]
    public void PlainBootstrap_OfASmallGap_MissesTheTruth()
    {
        // Why the gap has no bootstrap interval: resampled pairs are further apart than the sample is.
        var population = new PairPopulation(2000, 64, 0.2, 0, 7);
        int covered = 0;
        for (int set = 0; set < 50; set++)
        {
            PairedEmbeddings pairs = population.Sample(500, new RandomStream(11).Fork("set", set));
            RandomStream random = new RandomStream(13).Fork("set", set);
            double[] replicates = [.. Enumerable.Range(0, 40).Select(_ => PlainGap(pairs.Select(
                [.. Enumerable.Range(0, pairs.Items).Select(_ => random.NextIndex(pairs.Items))]))).Order()];
            covered += replicates[0] <= PlainGap(pairs) && PlainGap(pairs) <= replicates[^2] ? 1 : 0;
        }
        Assert.InRange(covered / 50.0, 0, 0.5);
    }

    [Fact]
    public void QuadraticMeasures_OverSimulatedSets_CoverTheTruthAsOftenAsTheySay()
    {
        const int sample = 300;
        var population = new PairPopulation(6000, 24, 0.5, 1.0, 3);
        Dictionary<string, double> truth = [];
        foreach (Measurement measurement in Measure(population.Everything()))
            truth[measurement.Key] = measurement.Estimate!.Value;
        Dictionary<string, List<Estimate>> estimates = [];
        for (int set = 0; set < Sets; set++)
        {
            foreach (Measurement measurement in Measure(population.Sample(sample, new RandomStream(5).Fork("set", set))))
            {
                if (!estimates.TryGetValue(measurement.Key, out List<Estimate>? list))
                    estimates.Add(measurement.Key, list = []);
                list.Add(measurement.Estimate!);
            }
        }
        string[] wrong = [.. estimates.Select(entry => (entry.Key, Share: Covered(entry.Key, entry.Value, truth)))
            .Where(entry => entry.Share is < 0.92 - MonteCarlo or > 0.97 + MonteCarlo)
            .Select(entry => $"{entry.Key}: {entry.Share:0.000}")];
        Assert.Empty(wrong);

        // The loss depends on the number of pairs: its truth is the mean over the simulated sets.
        static double Covered(string key, List<Estimate> estimates, Dictionary<string, double> truth)
        {
            double value = key.StartsWith("clip-loss", StringComparison.Ordinal) ? estimates.Average(estimate => estimate.Value) : truth[key];
            return estimates.Count(estimate => estimate.Low <= value && value <= estimate.High) / (double)estimates.Count;
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    public void Discrepancy_AtAGivenBandwidth_CoversTheTruthAsOftenAsItSays(double offset)
    {
        var population = new PairPopulation(2000, 16, 0.5, offset, 9);
        int[] kernels = [DistanceKernels.HalfMedian, DistanceKernels.Median, DistanceKernels.TwiceMedian];
        var whole = new DistanceEvidence(Evidence(population.Everything()));
        double[] truth = Array.ConvertAll(kernels, kernel => offset == 0 ? 0 : whole.Totals(kernel).Contrast);
        var covered = new int[kernels.Length];
        int asTwoSamples = 0;
        for (int set = 0; set < Sets; set++)
        {
            var distances = new DistanceEvidence(Evidence(population.Sample(200, new RandomStream(17).Fork("set", set))), whole.MedianDistance);
            for (int k = 0; k < kernels.Length; k++)
            {
                Estimate estimate = distances.Jackknifed(kernels[k], totals => totals.Contrast);
                covered[k] += estimate.Low <= truth[k] && truth[k] <= estimate.High ? 1 : 0;
            }
            Estimate twoSample = distances.Jackknifed(DistanceKernels.Median, totals => totals.TwoSampleContrast);
            asTwoSamples += twoSample.Low <= truth[1] && truth[1] <= twoSample.High ? 1 : 0;
        }
        // Why matched pairs are left out: with them the statistic of equal distributions lies surely below 0.
        if (offset == 0)
            Assert.InRange(asTwoSamples / (double)Sets, 0, 0.5);
        // Where both distributions are the same the statistic degenerates: its interval may only be too wide.
        foreach (int count in covered)
            Assert.InRange(count / (double)Sets, 0.92 - MonteCarlo, offset == 0 ? 1 : 0.97 + MonteCarlo);
    }

    private static PairEvidence Evidence(PairedEmbeddings pairs) => new(pairs, [1], new RandomStream(1), OneThread);

    private static IEnumerable<Measurement> Measure(PairedEmbeddings pairs)
    {
        var evidence = new PairEvidence(pairs, [0.1, 1], new RandomStream(1), OneThread);
        IMeasure[] measures = [new CentroidAngle(), new RelativeModalityGap(), new EffectSize(), new MatchedCosines(), new ClipLoss(), .. Distributions];
        return measures.SelectMany(measure => measure.Compute(evidence))
            .Concat(new Cone().Compute(evidence).Where(measurement => measurement.Id is "cosine-mean" or "cosine-deviation"))
            .Where(measurement => measurement.Estimate?.Low is not null);
    }

    private static double PlainGap(PairedEmbeddings pairs) => Math.Sqrt(
        Evidence(pairs).Moments.Sums.SquaredGap);
}
