using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Numerics;

/// <summary>Threads change the speed and never a bit: each visitor over several strips and blocks, with 1, 2, 3 and 5 threads.</summary>
public sealed class ThreadTests
{
    private static readonly PairedEmbeddings Pairs = Rows.Cones(620, 19, 101);

    private static readonly int[] ThreadCounts = [2, 3, 5];

    public static TheoryData<string> Visitors { get; } =
        ["cosines", "cosines within", "separation", "nearest", "nearest within", "ranks", "exceedances", "losses", "masses", "products", "means"];

    [Theory]
    [MemberData(nameof(Visitors))]
    public void Visitor_WithAnyNumberOfThreads_GivesTheSameBits(string name)
    {
        double[] alone = Run(name, 1);
        Assert.True(alone.Distinct().Count() > 3, "The numbers hardly differ: the comparison would show nothing.");
        foreach (int threads in ThreadCounts)
            for (int repeat = 0; repeat < 2; repeat++)
                Assert.Equal(alone.Select(BitConverter.DoubleToInt64Bits), Run(name, threads).Select(BitConverter.DoubleToInt64Bits));
    }

    private static double[] Run(string name, int threads)
    {
        var work = new WorkContext(threads);
        RowMatrix x = Rows.Matrix(Pairs.First), y = Rows.Matrix(Pairs.Second);
        int n = x.Rows;
        switch (name)
        {
            case "cosines" or "cosines within":
                var cosines = new CosineVisitor(n, n, 0.3);
                Sweep(name, cosines);
                return [.. cosines.RowSquares, .. cosines.ColumnSquares, cosines.Lowest, cosines.Highest, .. cosines.Bins.Select(count => (double)count)];
            case "separation":
                var separation = new SeparationVisitor([.. Enumerable.Range(0, n).Select(i => Dot.AsInTile(x.Row(i), y.Row(i)))], n, n);
                Sweep(name, separation);
                return [.. separation.TwiceWonByRow.Concat(separation.TwiceWonByColumn).Select(count => (double)count)];
            case "nearest" or "nearest within":
                var nearest = new NearestVisitor(n, n, 10, withColumns: true);
                Sweep(name, nearest);
                return [.. Flat(nearest.Rows), .. Flat(nearest.Columns)];
            case "ranks":
                var ranks = new SearchRanks(Pairs, work);
                return [.. ranks.First.Concat(ranks.Second).Concat(ranks.PooledFirst!).Concat(ranks.PooledSecond!).Select(rank => (double)rank)];
            case "exceedances":
                var exceedances = new ExceedanceVisitor(n, n, [0.1f, 0.4f], [CosineBins.Of(0.4f), CosineBins.Of(0.5f)]);
                Sweep(name, exceedances);
                return [.. exceedances.RowCounts.Concat(exceedances.ColumnCounts).SelectMany(list => list.Select(count => (double)count)),
                    .. exceedances.ValuesIn(CosineBins.Of(0.4f)).Select(value => (double)value)];
            case "losses":
                return [.. Losses(work).SelectMany(values => values.FirstToSecond.Concat(values.SecondToFirst)
                    .Concat(values.HitsFirstToSecond.Concat(values.HitsSecondToFirst).Select(hit => hit ? 1.0 : 0)))];
            case "masses":
                LossPoint[] points = Points();
                var masses = new SoftmaxMassVisitor(View(), points, Losses(work));
                Sweep(name, masses);
                return [.. masses.OnFirst.Concat(masses.OnSecond).SelectMany(list => list)];
            case "products":
                return Float64Product.Symmetric(x.Rows, x.Dimensions, (i, row) =>
                {
                    for (int k = 0; k < row.Length; k++)
                        row[k] = x.Row(i)[k];
                }, work);
            default:
                return new ShiftedGap(View()).SignedDistances([.. Points().Select(point => point.Shift)], work);
        }

        void Sweep(string kind, ITileVisitor visitor)
        {
            if (kind.EndsWith("within", StringComparison.Ordinal))
                TileSweep.RunSymmetric(x, work, visitor);
            else
                TileSweep.Run(x, y, work, visitor);
        }
    }

    private static LossValues[] Losses(WorkContext work) => ShiftedLoss.Evaluate(View(), Points(), work);

    private static LossPoint[] Points() =>
        [.. from delta in new[] { -3.0, -0.5, 0, 0.4, 0.9 } from t in Rows.Temperatures select new LossPoint(new ShiftAlongGap(delta / 2, delta), t, t == 0.01)];

    private static DirectionView View()
    {
        PairEvidence evidence = Rows.Evidence(Pairs);
        return new DirectionView(evidence.Moments, evidence.X, evidence.Y, Rows.Unit(evidence.Moments.GapVector()));
    }

    private static IEnumerable<double> Flat(TopLists lists) => Enumerable.Range(0, 620).SelectMany(owner =>
        Enumerable.Range(0, lists.Count(owner)).SelectMany(k => new double[] { lists.Score(owner, k), lists.Index(owner, k) }));
}
