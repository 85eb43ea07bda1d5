using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>The evaluation along the gap: curves with a choice where units are hits, and a few shifts of everything else.</summary>
internal sealed class SweptNumbers
{
    /// <summary>Shown along the gap: what separates storage forms and noise best.</summary>
    private static readonly Disturbance[] Disturbances = [.. Disturbance.All.Where(disturbance => disturbance.Id is "noise-0.022" or "int8" or "sign")];

    private readonly EvaluationProblem problem;
    private readonly EvaluatedSet raw;
    private readonly ShiftConvention convention;
    // The stream of the rows as they are: galleries, noise and starts are theirs, so that a shift of 0 gives their numbers.
    private readonly RandomStream random;
    private readonly WorkContext work;

    private SweptNumbers(EvaluationProblem problem, EvaluatedSet raw, ShiftConvention convention, RandomStream random, WorkContext work) =>
        (this.problem, this.raw, this.convention, this.random, this.work) = (problem, raw, convention, random, work);

    /// <summary>The shifts δ that the paper prints distances and rates for, and 1.</summary>
    public static IReadOnlyList<double> Shifts { get; } = [-1, -0.75, -0.5, -0.25, -0.2, 0, 0.25, 0.5, 0.75, 1];

    public List<SweepResult> Sweeps { get; } = [];

    public List<ShiftPoint> Points { get; } = [];

    public List<MissingPart> Missing { get; } = [];

    public static SweptNumbers Of(
        EvaluationProblem problem, EvaluatedSet raw, ShiftConvention convention, RandomStream random, WorkContext work, Action<string> report)
    {
        var swept = new SweptNumbers(problem, raw, convention, random, work);
        swept.Sweep(report);
        return swept;
    }

    private void Sweep(Action<string> report)
    {
        GapAlong gap = GapAlong.Between(raw.Single.First, raw.Single.Second);
        if (gap.Direction is not { } direction)
        {
            Missing.Add(new MissingPart("sweep", "The means of both modalities coincide: there is no direction to move along."));
            return;
        }
        report("search along the gap");
        Sweeps.AddRange(ShiftSweep.Retrieval(raw.Single, convention, random.Fork("sweep/retrieval"), work));
        report("zero-shot along the gap");
        int[][]? predicted = null;
        if (raw.Zero is { } zero)
        {
            if (ShiftSweep.ZeroShot(raw.Pairs.First, raw.Classes!, zero.Labels, convention, random.Fork("sweep/zero-shot"), work) is { } found)
            {
                Sweeps.Add(found.Result);
                predicted = found.Predicted;
                if (raw.Classes!.Count == 2)
                    Sweeps.Add(ShiftSweep.Area(raw.Pairs.First, raw.Classes, zero.Labels, convention, random.Fork("sweep/roc-auc"), work)!);
            }
            else
                Missing.Add(new MissingPart("sweep", "Images and class texts have the same mean: zero-shot classification has no direction to move along."));
        }
        foreach (double delta in Shifts)
        {
            report("shifted rows");
            Points.Add(Point(delta, gap, direction, predicted));
        }
    }

    private ShiftPoint Point(double delta, GapAlong gap, double[] direction, int[][]? predicted)
    {
        ShiftAlongGap shift = convention.At(delta);
        PairedEmbeddings moved = PairedEmbeddings.ByRow(
            ShiftedRows.Of(raw.Single.First, direction, -shift.OfFirst), ShiftedRows.Of(raw.Single.Second, direction, shift.OfSecond));
        List<Measurement> numbers = [];
        if (problem.Search.Asking is not null)
            numbers.AddRange(Mixed(direction, shift));
        if (problem.LabelsOfItems is { } labels)
            numbers.AddRange(Clusters(Clustering.Evaluate(moved, labels, random.Fork("clustering"), work)));
        numbers.AddRange(Robustness.Evaluate(moved, Disturbances, random.Fork("robustness"), work)
            .Select(outcome => Measurement.Of(
                "nearest-unchanged", $"{outcome.Disturbance}/{outcome.Direction}", Estimate.Share(outcome.Unchanged.Average(), outcome.Unchanged.Length, "queries"))));
        return new ShiftPoint(delta, ShiftSweep.SignedDistance(shift, gap, raw.Single.First, raw.Single.Second), numbers, Groups(delta, predicted));
    }

    // A third modality that asks stays where it is; rows of one of the two move with it.
    private IEnumerable<Measurement> Mixed(double[] direction, ShiftAlongGap shift)
    {
        SearchProblem rows = problem.Search;
        UnitEmbeddings Moved(UnitEmbeddings set) =>
            set.Modality == rows.First.Modality ? ShiftedRows.Of(set, direction, -shift.OfFirst)
            : set.Modality == rows.Second.Modality ? ShiftedRows.Of(set, direction, shift.OfSecond)
            : set;
        MixedSearch.Arm arm = MixedSearch.Evaluate(
            Matrix(Moved(rows.Asking!)), Matrix(Moved(rows.First)), Matrix(Moved(rows.Second)), random.Fork("galleries"), work).Raw;
        IReadOnlyList<Estimate> means = Bootstrap.Means([arm.HitAt1[MixedSearch.WorstShare(arm)], MixedSearch.LossFromMixing(arm)], random.Fork("sweep/mixed"));
        yield return Measurement.Of("mixed-search", "hit-at-1/worst share", means[0]);
        yield return Measurement.Of("mixed-search", "loss-from-mixing", means[1]);
    }

    private static IEnumerable<Measurement> Clusters(IReadOnlyList<ClusteringResult> clusterings)
    {
        foreach (ClusteringResult clustering in clusterings)
        {
            yield return Measurement.Of("v-measure", clustering.Rows, clustering.VMeasure);
            yield return Measurement.Of("adjusted-rand", clustering.Rows, clustering.AdjustedRand);
            if (clustering.PurityOfModality is { } purity)
                yield return Measurement.Of("purity-of-modality", clustering.Rows, purity);
        }
    }

    private IReadOnlyList<GroupRow>? Groups(double delta, int[][]? predicted)
    {
        if (problem.Groups is null || predicted is null)
            return null;
        int[] taken = predicted[Array.FindIndex(ShiftSweep.Grid, candidate => Math.Abs(candidate - delta) < ShiftSweep.Step / 4)];
        int[] labels = raw.Zero!.Labels;
        double[] hits = [.. taken.Select((found, i) => found == labels[i] ? 1.0 : 0)];
        return GroupTable.RowsOf(problem.Groups, taken, raw.Classes!.Names, hits, problem.ClassSets);
    }

    private static RowMatrix Matrix(UnitEmbeddings rows) => new(rows.Values, rows.Rows, rows.Dimensions);
}
