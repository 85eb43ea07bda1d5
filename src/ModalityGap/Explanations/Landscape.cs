using ModalityGap.Measures;

namespace ModalityGap.Explanations;

/// <summary>
/// Loss, remaining gap and R@1 while the modalities are moved along the gap's direction. All shifts of all conventions and temperatures
/// share one pass over X·Yᵀ, or a few where so many rows would need too much memory; later passes refine the minima.
/// </summary>
internal static class Landscape
{
    /// <summary>Distance between two steps of δ.</summary>
    public const double Step = 0.25;

    /// <summary>The index of δ = 0.</summary>
    public const int Unshifted = 20;

    /// <summary>A gap below this has no direction to move along.</summary>
    private const double SmallestGap = 1e-6;

    /// <summary>The shifts δ: -5 to 4.75.</summary>
    public static readonly double[] Grid = [.. Enumerable.Range(-Unshifted, 40).Select(k => k * Step)];

    /// <summary>The definition for <c>modgap explain landscape</c>.</summary>
    public static MeasureInfo Info { get; } = new()
    {
        Id = "landscape",
        Name = "Loss landscape along the gap",
        Definition = "The contrastive loss, the remaining gap and R@1 after both modalities are moved along the gap's direction and set to norm 1 again.",
        Formula = "x' = (x - ½δĝ)/‖x - ½δĝ‖, y' = (y + ½δĝ)/‖y + ½δĝ‖, δ from -5 to 4.75 by 0.25; the paper's λ is δ / (2‖Δ‖)",
        Range = "loss [0, ∞); signed distance [-2, 2]; recall [0, 1]",
        Reading = "δ = 0 is the data as it is. A lowest point at δ = 0 says that the gap is where the loss wants it; one at δ > 0 that this "
            + "temperature prefers a smaller gap. The authors' figure shows one direction twice, so look at both.",
        Reference = "Liang et al., Mind the Gap (NeurIPS 2022), section 3.2 and Figure 3",
    };

    /// <summary>The landscape of one pair per item.</summary>
    /// <param name="evidence">The pairs.</param>
    /// <param name="largestFull">Beyond this many pairs, loss and recall over all pairs at once are taken on a random sample of this size.</param>
    public static LandscapeResult Compute(PairEvidence evidence, int largestFull = int.MaxValue)
    {
        double[] gap = evidence.Moments.GapVector();
        double length = Math.Sqrt(gap.Sum(value => value * value));
        if (length < SmallestGap)
            return Result(evidence, 0, [], "The means of both modalities coincide: there is no direction to move along.");
        var view = new DirectionView(evidence.Moments, evidence.X, evidence.Y, Array.ConvertAll(gap, value => value / length));
        var distances = new ShiftedGap(view);
        DirectionView sample = evidence.Count <= largestFull
            ? view
            : view.Select([.. evidence.Random.Fork("landscape").NextPermutation(evidence.Count).Take(largestFull).Order()]);
        LandscapeLoss full = new FullLoss(sample, evidence.Work), batched = new BatchedLoss(view, evidence.Work);
        PointLoss[] fullGrid = full.Evaluate(GridPoints(evidence.Temperatures, withRecall: true), _ => false);
        PointLoss[] batchedGrid = batched.Evaluate(GridPoints(evidence.Temperatures, withRecall: false), _ => false);
        LandscapeMinimum[][] fullMinima = Minima(full, fullGrid), batchedMinima = Minima(batched, batchedGrid);
        return Result(evidence, sample.Count, [.. ShiftConvention.All.Select(Family)], null);

        LandscapeMinimum[][] Minima(LandscapeLoss loss, PointLoss[] grid) =>
            LandscapeMinima.Locate(loss, evidence.Temperatures, ByStep(grid, evidence.Temperatures.Count), distances, evidence.Work);

        LandscapeFamily Family(ShiftConvention convention, int index)
        {
            double[] signed = distances.SignedDistances(Array.ConvertAll(Grid, convention.At), evidence.Work);
            return new LandscapeFamily
            {
                Convention = convention.Id,
                Description = convention.Description,
                Steps = [.. Grid.Select((delta, step) => StepOf(convention, delta, length, signed[step], At(fullGrid, index, step), At(batchedGrid, index, step)))],
                Minima = [.. fullMinima[index], .. batchedMinima[index]],
            };
        }

        ArraySegment<PointLoss> At(PointLoss[] grid, int convention, int step)
        {
            int temperatures = evidence.Temperatures.Count;
            return new ArraySegment<PointLoss>(grid, (convention * Grid.Length + step) * temperatures, temperatures);
        }
    }

    private static LandscapeResult Result(PairEvidence evidence, int pairs, IReadOnlyList<LandscapeFamily> families, string? missing) => new()
    {
        Pairs = pairs,
        TotalPairs = evidence.Count,
        Temperatures = evidence.Temperatures,
        BatchSize = BatchedLoss.BatchSize,
        Families = families,
        Missing = missing,
    };

    // Convention, then step, then temperature. Recall does not depend on the temperature: the first one carries it.
    private static LossPoint[] GridPoints(IReadOnlyList<double> temperatures, bool withRecall) =>
    [
        .. from convention in ShiftConvention.All
           from delta in Grid
           from t in Enumerable.Range(0, temperatures.Count)
           select new LossPoint(convention.At(delta), temperatures[t], withRecall && t == 0),
    ];

    private static DirectedLoss[][][] ByStep(PointLoss[] grid, int temperatures) =>
        [.. grid.Select(point => point.Mean).Chunk(temperatures).Chunk(Grid.Length)];

    private static LandscapeStep StepOf(
        ShiftConvention convention, double delta, double gap, double signed, ArraySegment<PointLoss> full, ArraySegment<PointLoss> batched) => new()
        {
            Distance = delta,
            Fraction = convention.Fraction(delta, gap),
            SignedDistance = signed,
            RecallFirstToSecond = full[0].RecallFirst,
            RecallSecondToFirst = full[0].RecallSecond,
            Full = [.. full.Select(point => point.Mean)],
            Batched = [.. batched.Select(point => point.Mean)],
        };
}
