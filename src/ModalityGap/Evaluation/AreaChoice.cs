using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// The shift with the largest area under the ROC curve, chosen as <see cref="SweepChoice"/> chooses accuracies. An area is no share of units, so
/// halves hold a half of each
/// class, what is held out is the mean of the areas within both halves, and differences and their tests are those of DeLong et al. (1988) for the same units.
/// </summary>
internal sealed class AreaChoice
{
    private readonly IReadOnlyList<double> settings;
    private readonly double[][] scores;
    private readonly int unchanged;

    private AreaChoice(IReadOnlyList<double> settings, double[][] scores)
    {
        (this.settings, this.scores) = (settings, scores);
        unchanged = Enumerable.Range(0, settings.Count).MinBy(k => Math.Abs(settings[k]));
    }

    /// <summary>Whether halves hold enough units of both classes to choose by more than chance.</summary>
    public static bool AreEnough(int[] labels) => Math.Min(labels.Count(label => label == 1), labels.Count(label => label != 1)) >= SweepChoice.FewestUnits / 2;

    /// <summary>Chooses among settings.</summary>
    /// <param name="settings">The settings, such as shifts δ; one of them is 0, no change.</param>
    /// <param name="scores">[setting][unit].</param>
    /// <param name="labels">1 for a positive unit.</param>
    /// <param name="random">The randomness of halves.</param>
    public static SweepChoice Of(IReadOnlyList<double> settings, double[][] scores, int[] labels, RandomStream random)
    {
        (Units a, Units b) = Halve(labels, random.Fork("halves"));
        Units all = Units.Of([.. Enumerable.Range(0, labels.Length)], labels);
        return new AreaChoice(settings, scores).Choose(a, b, all);
    }

    private SweepChoice Choose(Units a, Units b, Units all)
    {
        RocPlacements[] curve = [.. Enumerable.Range(0, settings.Count).Select(k => Placed(k, all))];
        int ofA = Best(a), ofB = Best(b), ofAll = Best(curve);
        RocPlacements[] heldOut = [Placed(ofA, b), Placed(ofB, a)], before = [Placed(unchanged, b), Placed(unchanged, a)];
        RocPlacements[] change = [heldOut[0].Less(before[0]), heldOut[1].Less(before[1])], onTestSet = [curve[ofAll].Less(curve[unchanged])];
        return new SweepChoice
        {
            Curve = [.. curve.Select(RocCurve.Area)],
            Unchanged = RocCurve.Area(curve[unchanged]),
            ChosenOnHalves = [settings[ofA], settings[ofB]],
            HeldOut = Mean(heldOut, "DeLong's interval, mean of the areas within both halves").Within(0, 1),
            HeldOutDifference = Mean(change, "DeLong's interval of the same units before and after, mean of both halves"),
            HeldOutTest = Test(change, "DeLong's test of two areas of the same units"),
            ChosenOnTestSet = settings[ofAll],
            OnTestSet = RocCurve.Area(curve[ofAll]),
            OnTestSetDifference = Mean(onTestSet, "DeLong's interval of the same units before and after"),
            OnTestSetTest = Test(onTestSet, "DeLong's test of two areas of the same units"),
            OnTestSetIndependentTest = Independent(curve[unchanged], curve[ofAll]),
        };
    }

    private RocPlacements Placed(int setting, Units units) =>
        RocPlacements.Of(Array.ConvertAll(units.Positives, i => scores[setting][i]), Array.ConvertAll(units.Negatives, i => scores[setting][i]));

    private int Best(Units units) => Best([.. Enumerable.Range(0, settings.Count).Select(k => Placed(k, units))]);

    // Of settings with the same area the one nearest to no change, then the smaller one.
    private int Best(RocPlacements[] placed) => Enumerable.Range(0, settings.Count)
        .OrderByDescending(k => placed[k].Area).ThenBy(k => Math.Abs(settings[k])).ThenBy(k => settings[k]).First();

    private static Estimate Mean(RocPlacements[] parts, string method)
    {
        double mean = parts.Average(part => part.Area), error = Error(parts);
        int count = parts.Sum(part => part.Count);
        return error == 0 ? Estimate.Exact(mean, "no unit's place leaves a spread to estimate", count) : Estimate.Normal(mean, error, method, count);
    }

    private static double Error(RocPlacements[] parts) => Math.Sqrt(parts.Sum(part => part.StandardError * part.StandardError)) / parts.Length;

    private static Estimate Test(RocPlacements[] parts, string method) =>
        TwoSided(parts.Average(part => part.Area), Error(parts), method, parts.Sum(part => part.Count));

    private static Estimate Independent(RocPlacements before, RocPlacements after)
    {
        double first = before.StandardError, second = after.StandardError;
        return TwoSided(after.Area - before.Area, Math.Sqrt(first * first + second * second), "two areas as of independent samples", before.Count
            + after.Count);
    }

    // Without any spread a difference is beyond every normal error, and no difference within all.
    private static Estimate TwoSided(double difference, double error, string method, int count) => Estimate.Exact(
        difference == 0 ? 1 : error == 0 ? 0 : ChiSquared.UpperTail(difference * difference / (error * error), 1), method, count);

    private static (Units A, Units B) Halve(int[] labels, RandomStream random)
    {
        List<int> a = [], b = [];
        foreach (int side in (int[])[0, 1])
        {
            int[] units = [.. Enumerable.Range(0, labels.Length).Where(i => (labels[i] == 1 ? 1 : 0) == side)];
            int[] order = random.Fork("class", side).NextPermutation(units.Length);
            a.AddRange(order[..(units.Length / 2)].Select(k => units[k]));
            b.AddRange(order[(units.Length / 2)..].Select(k => units[k]));
        }
        return (Units.Of(a, labels), Units.Of(b, labels));
    }

    /// <summary>Units by their class.</summary>
    private sealed record Units(int[] Positives, int[] Negatives)
    {
        public static Units Of(IEnumerable<int> units, int[] labels)
        {
            int[] ordered = [.. units.Order()];
            return new Units([.. ordered.Where(i => labels[i] == 1)], [.. ordered.Where(i => labels[i] != 1)]);
        }
    }
}
