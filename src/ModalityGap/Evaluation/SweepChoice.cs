using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// The best of many settings, chosen fairly and as the paper chose it. Fairly: on one random half of the units, and judged on the other,
/// both ways. As in the paper's Table 1: on the very units that then judge it, which makes the best of many noisy numbers look better than
/// it is. For <c>roc-auc</c> read area under the ROC curve for share of hits, mean of the areas within both halves for what is held out, and DeLong's
/// paired test for
/// McNemar's.
/// </summary>
public sealed record SweepChoice
{
    /// <summary>Below this many units a half chooses by chance.</summary>
    public const int FewestUnits = 20;

    /// <summary>The share of hits at each setting, in their order.</summary>
    public required IReadOnlyList<Estimate> Curve { get; init; }

    /// <summary>The share of hits without a change.</summary>
    public required Estimate Unchanged { get; init; }

    /// <summary>The settings that the two halves chose.</summary>
    public required IReadOnlyList<double> ChosenOnHalves { get; init; }

    /// <summary>The share of hits when each half is judged at the setting that the other one chose.</summary>
    public required Estimate HeldOut { get; init; }

    /// <summary>That share less the one without a change, on the same units.</summary>
    public required Estimate HeldOutDifference { get; init; }

    /// <summary>The p-value of McNemar's exact test of that difference.</summary>
    public required Estimate HeldOutTest { get; init; }

    /// <summary>The setting with most hits over all units.</summary>
    public required double ChosenOnTestSet { get; init; }

    /// <summary>The share of hits there, on the units that chose it.</summary>
    public required Estimate OnTestSet { get; init; }

    /// <summary>That share less the one without a change.</summary>
    public required Estimate OnTestSetDifference { get; init; }

    /// <summary>The p-value of McNemar's exact test of that difference; it does not know that the setting was chosen by these units.</summary>
    public required Estimate OnTestSetTest { get; init; }

    /// <summary>The p-value of the test that the paper's Table 5 made, as of independent samples.</summary>
    public required Estimate OnTestSetIndependentTest { get; init; }

    /// <summary>Chooses among settings.</summary>
    /// <param name="settings">The settings, such as shifts δ; one of them is 0, no change.</param>
    /// <param name="hits">[setting][unit]: 1 for a hit, else 0.</param>
    /// <param name="units">What the units are, in words.</param>
    /// <param name="random">The randomness of halves and resamples.</param>
    internal static SweepChoice Of(IReadOnlyList<double> settings, double[][] hits, string units, RandomStream random)
    {
        int n = hits[0].Length, unchanged = Enumerable.Range(0, settings.Count).MinBy(k => Math.Abs(settings[k]));
        int[] order = random.Fork("halves").NextPermutation(n), a = order[..(n / 2)], b = order[(n / 2)..];
        int ofA = Best(settings, hits, a), ofB = Best(settings, hits, b), ofAll = Best(settings, hits, order);
        var heldOut = new double[n];
        foreach (int i in b)
            heldOut[i] = hits[ofA][i];
        foreach (int i in a)
            heldOut[i] = hits[ofB][i];
        double[] before = hits[unchanged], best = hits[ofAll];
        return new SweepChoice
        {
            Curve = [.. hits.Select(setting => Share(setting, units))],
            Unchanged = Share(before, units),
            ChosenOnHalves = [settings[ofA], settings[ofB]],
            HeldOut = Share(heldOut, units),
            HeldOutDifference = PredictionChange.PairedDifference(before, heldOut, random.Fork("held-out")),
            HeldOutTest = McNemarTest.Run(before, heldOut),
            ChosenOnTestSet = settings[ofAll],
            OnTestSet = Share(best, units),
            OnTestSetDifference = PredictionChange.PairedDifference(before, best, random.Fork("test-set")),
            OnTestSetTest = McNemarTest.Run(before, best),
            OnTestSetIndependentTest = ProportionTest.Run((long)before.Sum(), n, (long)best.Sum(), n),
        };
    }

    // Of settings with equally many hits the one nearest to no change, then the smaller one.
    private static int Best(IReadOnlyList<double> settings, double[][] hits, int[] units) => Enumerable.Range(0, settings.Count)
        .OrderByDescending(k => units.Sum(i => hits[k][i])).ThenBy(k => Math.Abs(settings[k])).ThenBy(k => settings[k]).First();

    private static Estimate Share(double[] hits, string units) => Estimate.Share(hits.Average(), hits.Length, units);
}
