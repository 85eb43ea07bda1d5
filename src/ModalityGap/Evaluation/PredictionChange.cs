using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>What a change does to the predictions of the same images.</summary>
public sealed record PredictionChange
{
    private const int MostDestinations = 5;

    /// <summary>Accuracy before.</summary>
    public required Estimate Before { get; init; }

    /// <summary>Accuracy after.</summary>
    public required Estimate After { get; init; }

    /// <summary>After less before, with the interval of the same images resampled.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>Images that were right and are wrong.</summary>
    public required int RightToWrong { get; init; }

    /// <summary>Images that were wrong and are right.</summary>
    public required int WrongToRight { get; init; }

    /// <summary>The paired test of these two counts: its p-value.</summary>
    public required Estimate McNemar { get; init; }

    /// <summary>The test that the paper's Table 5 made, as of independent samples: its p-value. It ignores that the images are the same.</summary>
    public required Estimate IndependentShares { get; init; }

    /// <summary>The classes that took most of the images that were right and are wrong, at most five.</summary>
    public required IReadOnlyList<Destination> Destinations { get; init; }

    /// <summary>Compares predictions of the same images.</summary>
    /// <param name="names">The classes.</param>
    /// <param name="hitsBefore">1 for a right prediction, else 0.</param>
    /// <param name="hitsAfter">The same afterwards.</param>
    /// <param name="predicted">The class that each image took afterwards.</param>
    /// <param name="random">The randomness of the resamples.</param>
    internal static PredictionChange Between(
        IReadOnlyList<string> names, double[] hitsBefore, double[] hitsAfter, int[] predicted, RandomStream random)
    {
        int n = hitsBefore.Length;
        int[] harmed = [.. Enumerable.Range(0, n).Where(i => hitsBefore[i] > hitsAfter[i])];
        int helped = Enumerable.Range(0, n).Count(i => hitsAfter[i] > hitsBefore[i]);
        return new PredictionChange
        {
            Before = Estimate.Share(hitsBefore.Average(), n, "images"),
            After = Estimate.Share(hitsAfter.Average(), n, "images"),
            Difference = PairedDifference(hitsBefore, hitsAfter, random),
            RightToWrong = harmed.Length,
            WrongToRight = helped,
            McNemar = McNemarTest.Run(harmed.Length, helped),
            IndependentShares = ProportionTest.Run((long)hitsBefore.Sum(), n, (long)hitsAfter.Sum(), n),
            Destinations =
            [
                .. harmed.GroupBy(i => predicted[i])
                    .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                    .Take(MostDestinations)
                    .Select(group => new Destination(names[group.Key], group.Count(), group.Count() / (double)harmed.Length)),
            ],
        };
    }

    /// <summary>The mean of after less before, resampling the units.</summary>
    internal static Estimate PairedDifference(double[] before, double[] after, RandomStream random) =>
        Bootstrap.Means([[.. after.Zip(before, (a, b) => a - b)]], random)[0] with { Method = "percentile bootstrap over the same units before and after" };
}

/// <summary>A class that took images which were right before.</summary>
/// <param name="Class">The class.</param>
/// <param name="Images">How many.</param>
/// <param name="Share">Their share of all images that were right and are wrong.</param>
public sealed record Destination(string Class, int Images, double Share);
