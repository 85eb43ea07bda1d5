using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Coverage;

/// <summary>The paired interval of a difference of gaps, held against the truth over simulated sets of items that two models embed.</summary>
public sealed class DifferenceCoverageTests
{
    private const int Sets = 300;

    /// <summary>Nominal 95 %; four standard errors of a coverage over 300 sets are five points.</summary>
    [Theory]
    [InlineData("both large", 2.4, 1.6)]
    [InlineData("one small", 1.6, 0.15)]
    [InlineData("the same", 1.6, 1.6)]
    public void GapDifference_OverSimulatedSets_CoversTheTruthAsOftenAsItSays(string which, double one, double other)
    {
        // One seed: the items are the same, and so are most of the rows' deviations.
        var first = new PairPopulation(1000, 24, 1.0, one, 7);
        var second = new PairPopulation(1000, 24, which == "the same" ? 0.8 : 1.0, other, 7);
        double truth = first.Gap() - second.Gap();
        int covered = 0, paired = 0;
        for (int set = 0; set < Sets; set++)
        {
            ComparableNumber a = Gap(first, set), b = Gap(second, set);
            Estimate found = a.Less(b).Estimate!, unpaired = Difference.Unpaired(a.Measurement.Estimate!, b.Measurement.Estimate!);
            covered += found.Low <= truth && truth <= found.High ? 1 : 0;
            paired += found.High - found.Low < unpaired.High - unpaired.Low ? 1 : 0;
        }
        Assert.InRange(covered / (double)Sets, 0.90, 0.985);
        Assert.True(paired > 0.9 * Sets, $"{which}: pairing narrowed {paired} of {Sets} intervals");
    }

    private static ComparableNumber Gap(PairPopulation population, int set)
    {
        PairedEmbeddings pairs = population.Sample(150, new RandomStream(11).Fork("set", set));
        return new RunMeasuring(pairs, Resamples, new RandomStream(1), OneThread).Gap();
    }

    private static readonly WorkContext OneThread = new(1);

    private static readonly Resamples Resamples = new(150, new RandomStream(1));
}
