using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Coverage;

/// <summary>The intervals of what follows from second moments, held against the truth over 500 simulated sets.</summary>
public sealed class SecondMomentCoverageTests
{
    private const int Sets = 500;

    [Theory]
    [InlineData(300)]
    [InlineData(1200)]
    public void SecondMomentMeasures_OverSimulatedSets_CoverTheTruthAsOftenAsTheySay(int sample)
    {
        var population = new PairPopulation(20000, 16, 0.5, 1.0, 17);
        Dictionary<string, double> truth = Measure(population, 0, null).ToDictionary(entry => entry.Key, entry => entry.Estimate!.Value);
        Dictionary<string, int> covered = [], counted = [];
        for (int set = 0; set < Sets; set++)
            foreach (Measurement measurement in Measure(population, sample, new RandomStream(19).Fork("set", set)))
            {
                if (measurement.Estimate is not { Low: { } low, High: { } high })
                    continue;
                counted[measurement.Key] = counted.GetValueOrDefault(measurement.Key) + 1;
                covered[measurement.Key] = covered.GetValueOrDefault(measurement.Key) + (low <= truth[measurement.Key] && truth[measurement.Key] <= high ? 1 : 0);
            }
        // Both modalities' trace, participation ratio, both effective ranks and IsoScore, and CKA.
        Assert.Equal(11, counted.Count);
        // An interval that is widened by its bias may miss on one side only: 97.5 %, and the error of 500 sets.
        string[] wrong = [.. counted.Select(entry => (entry.Key, Share: covered[entry.Key] / (double)entry.Value))
            .Where(entry => entry.Share is < 0.91 or > 0.99)
            .Select(entry => $"{entry.Key}: {entry.Share:0.000} of {counted[entry.Key]}")];
        Assert.Empty(wrong);
    }

    private static IEnumerable<Measurement> Measure(PairPopulation population, int sample, RandomStream? random)
    {
        var evidence = new PairEvidence(random is null ? population.Everything() : population.Sample(sample, random), [1], new RandomStream(1), new WorkContext(1));
        IMeasure[] measures = [new Spectrum(), new LinearCka()];
        return measures.SelectMany(measure => measure.Compute(evidence));
    }
}
