using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// Whether a straight cut tells the modalities apart on rows that it has not seen, and whether one still does when the gap has been projected out. Five
/// folds of items, both rows of an item in the same fold; the classifier, and the direction that is projected out, come from the other four.
/// </summary>
internal sealed class Separability : IMeasure
{
    private const int Folds = 5;

    /// <summary>More training items move a classifier of some hundred dimensions no more; all held-out rows are judged.</summary>
    private const int MostFitted = 2000;

    private const string NothingVaries = "The rows of neither modality vary, or both have the same mean: there is nothing to classify by.";

    private const string Classifier = "Fisher's linear discriminant of at most 2,000 items, Ledoit-Wolf shrinkage, five folds of items";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "separability-accuracy",
            Name = "Linear separability (accuracy)",
            Definition = "The share of held-out rows whose modality a linear classifier names correctly.",
            Formula = "(1/2N) #{z : sign(w·z - t) names the modality of z}, w = S⁻¹ Δ; " + Classifier,
            Range = "[0, 1]",
            Reading = "0.5: no better than guessing. 1: one hyperplane separates the modalities, as in every CLIP model with a gap above about 0.2. Published values "
                + "differ in their split (20, 30 or 90 % held out) and some are 1 less a squared error, not an accuracy.",
            Reference = "Fahim et al., It's Not a Modality Gap, arXiv 2405.18570 (LS)",
        },
        new MeasureInfo
        {
            Id = "separability-auc",
            Name = "Linear separability (AUC)",
            Definition = "The probability that a held-out row of the first modality scores above one of the second, ties counting half.",
            Formula = "P(w·x > w·y) + P(=)/2, mean over folds; " + Classifier,
            Range = "[0, 1]",
            Reading = "Does not depend on where the cut is placed.",
            Reference = "Area under the ROC curve (Hanley and McNeil 1982)",
        },
        new MeasureInfo
        {
            Id = "separability-auc-without-gap",
            Name = "Linear separability without the gap (AUC)",
            Definition = "The same after every row has lost its part along the gap vector and was set to norm 1 again.",
            Formula = "z' = (z - (z·ĝ) ĝ) / ‖·‖, ĝ from the other folds, then as above",
            Range = "[0, 1]",
            Reading = "Near 0.5: the gap vector is all that a straight cut can use. Well above: the modalities differ along other directions too, so removing the gap "
                + "alone will not mix them. Before rows are set to norm 1 again it would be 0.5 by construction, for the two means then coincide.",
            Reference = "AUC after projecting out ĝ, as proposed with the normalised gap",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        if (evidence.Count < 2 * Folds)
            return Missing(TooFew(evidence), [.. Infos]);
        List<HeldOut> plain = [], projected = [];
        foreach ((int[] held, FoldRows view) in EachFold(evidence))
        {
            Add(plain, view, held, project: false);
            if (view.CanProject)
                Add(projected, view, held, project: true);
        }
        return
        [
            .. plain.Count < Folds
                ? Missing(NothingVaries, Infos[0], Infos[1])
                : [Accuracy(plain), Auc("separability-auc", plain)],
            .. projected.Count < Folds
                ? Missing("Without the gap's direction rows have none left.", Infos[2])
                : [Auc("separability-auc-without-gap", projected)],
        ];
    }

    /// <summary>The accuracy alone, and for each item the share of its two rows that were named correctly; <c>null</c> where it is missing.</summary>
    internal static (Measurement Accuracy, double[]? ByItem) AccuracyByItem(PairEvidence evidence)
    {
        const string id = "separability-accuracy";
        if (evidence.Count < 2 * Folds)
            return (Measurement.Without(id, null, TooFew(evidence)), null);
        List<HeldOut> folds = [];
        var right = new double[evidence.Count];
        foreach ((int[] held, FoldRows view) in EachFold(evidence))
        {
            if (view.Score(held, project: false) is not { } scores)
                return (Measurement.Without(id, null, NothingVaries), null);
            folds.Add(scores);
            for (int k = 0; k < held.Length; k++)
                right[held[k]] = ((scores.First[k] > 0 ? 1 : 0) + (scores.Second[k] < 0 ? 1 : 0)) / 2.0;
        }
        return (Accuracy(folds), right);
    }

    // The same folds whatever the seed: a seed may move intervals, never a value.
    private static IEnumerable<(int[] Held, FoldRows View)> EachFold(PairEvidence evidence)
    {
        int[] order = new RandomStream(Folds).NextPermutation(evidence.Count);
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] held = [.. order.Where((_, place) => place % Folds == fold)];
            int[] fitted = [.. order.Where((_, place) => place % Folds != fold).Take(MostFitted)];
            yield return (held, new FoldRows(evidence, fitted));
        }
    }

    private static string TooFew(PairEvidence evidence) => $"Five folds need at least {2 * Folds} items; there are {evidence.Count}.";

    private static void Add(List<HeldOut> folds, FoldRows rows, int[] held, bool project)
    {
        if (rows.Score(held, project) is { } scores)
            folds.Add(scores);
    }

    private static IEnumerable<Measurement> Missing(string reason, params MeasureInfo[] infos) =>
        infos.Select(info => Measurement.Without(info.Id, null, reason));

    private static Measurement Accuracy(List<HeldOut> folds)
    {
        double right = folds.Sum(fold => fold.First.Count(score => score > 0) + fold.Second.Count(score => score < 0));
        int items = folds.Sum(fold => fold.First.Length);
        return Measurement.Of("separability-accuracy", null, Estimate.Share(right / (2.0 * items), items, "held-out items, classifiers held fixed"));
    }

    // Each fold has its own classifier, so scores are compared within folds only.
    private static Measurement Auc(string id, List<HeldOut> folds)
    {
        List<double> influences = [];
        double sum = 0;
        int items = folds.Sum(fold => fold.First.Length);
        foreach (HeldOut fold in folds)
        {
            double[] ofFirst = Placements(fold.First, fold.Second), ofSecond = Placements(fold.Second, fold.First);
            sum += ofFirst.Sum();
            influences.AddRange(ofFirst.Zip(ofSecond, (x, y) => x - y));
        }
        double auc = sum / items;
        return Measurement.Of(id, null, influences.TrueForAll(influence => influence == influences[0])
            ? Estimate.Exact(auc, "all held-out rows are on their side: nothing to estimate a spread from", items)
            : Jackknife.FromInfluences(auc, influences.ToArray(), "DeLong's placements of each held-out pair, classifiers held fixed").Within(0, 1));
    }

    /// <summary>For each score, the share of the others below it, ties counting half.</summary>
    internal static double[] Placements(double[] scores, double[] others)
    {
        double[] sorted = [.. others.Order()];
        return Array.ConvertAll(scores, score => (CountBelow(sorted, score, orEqual: false) + CountBelow(sorted, score, orEqual: true)) / (2.0 * sorted.Length));
    }

    private static int CountBelow(double[] sorted, double score, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < score || (orEqual && sorted[middle] == score))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Scores of the held-out rows; entry k of both belongs to the same item.</summary>
    private sealed record HeldOut(double[] First, double[] Second);

    /// <summary>The rows of one fold's training items, as they are or without their part along the gap.</summary>
    private sealed class FoldRows
    {
        /// <summary>A unit row keeps the length sqrt(1 - (z·ĝ)²); below 0.001 rounding would be most of it.</summary>
        private const double MostAlong = 1 - 1e-6;

        private readonly PairEvidence evidence;
        private readonly int[] fitted;
        private readonly double[] direction;

        public FoldRows(PairEvidence evidence, int[] fitted)
        {
            this.evidence = evidence;
            this.fitted = fitted;
            int d = evidence.Pairs.Dimensions;
            var gap = new double[d];
            foreach (int i in fitted)
            {
                ReadOnlySpan<float> x = evidence.X.Row(i), y = evidence.Y.Row(i);
                for (int k = 0; k < d; k++)
                    gap[k] += (double)x[k] - y[k];
            }
            double norm = Math.Sqrt(gap.Sum(value => value * value));
            direction = Array.ConvertAll(gap, value => norm > 0 ? value / norm : 0);
            CanProject = d > 1 && LargestShareAlong() < MostAlong;
        }

        /// <summary>Whether every row keeps a direction without its part along the gap.</summary>
        public bool CanProject { get; }

        public HeldOut? Score(int[] held, bool project)
        {
            int d = evidence.Pairs.Dimensions;
            LinearDiscriminant.Fill first = Rows(evidence.X, project), second = Rows(evidence.Y, project);
            LinearDiscriminant? classifier = LinearDiscriminant.Fit(
                (row, target) => first(fitted[row], target), (row, target) => second(fitted[row], target), fitted.Length, d, evidence.Work);
            return classifier is null ? null : new HeldOut(Scores(first), Scores(second));

            double[] Scores(LinearDiscriminant.Fill rows)
            {
                var buffer = new float[d];
                return Array.ConvertAll(held, i =>
                {
                    rows(i, buffer);
                    return classifier.Score(buffer);
                });
            }
        }

        private LinearDiscriminant.Fill Rows(RowMatrix rows, bool project) => project
            ? (i, target) => Project(rows.Row(i), target)
            : (i, target) => rows.Row(i).CopyTo(target);

        private void Project(ReadOnlySpan<float> row, Span<float> target)
        {
            double along = Dot.Float64(row, direction);
            double scale = 1 / Math.Sqrt(1 - along * along);
            for (int k = 0; k < target.Length; k++)
                target[k] = (float)((row[k] - along * direction[k]) * scale);
        }

        // The largest (z·ĝ)² of all rows.
        private double LargestShareAlong()
        {
            double largest = 0;
            for (int i = 0; i < evidence.Count; i++)
                foreach (RowMatrix rows in new[] { evidence.X, evidence.Y })
                    largest = Math.Max(largest, Math.Pow(Dot.Float64(rows.Row(i), direction), 2));
            return largest;
        }
    }
}
