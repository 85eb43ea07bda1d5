using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Analysis;

public sealed class MapReadingTests
{
    /// <summary>What the page does with a map: p' = o + (p - o - s ĝ)/√(1 - 2s x·ĝ + s²) is the place of the row that was moved and set to norm 1.</summary>
    [Theory]
    [InlineData(0.35, true)]
    [InlineData(-0.2, false)]
    public void Along_WithPlaceOriginAndDirection_SaysWhereAShiftTakesARow(double s, bool uncentred)
    {
        PairedEmbeddings pairs = Rows.Cones(40, 7, 61, axis: 0.8);
        PairEvidence evidence = Rows.Evidence(pairs);
        double[] moment = evidence.SecondMoments.Stacked();
        PairMap map = Map(pairs, evidence);
        MapLayout layout = uncentred ? map.AllLayouts()[0] : PcaMap.Compute(pairs, [.. map.Pairs], moment, new WorkContext(2));
        MapFacts facts = MapReading.Of(evidence, map);
        MapPoint origin = layout.Origin!.Value;
        double[] direction = new GapDirection(evidence).Direction.ToArray();
        (double dx, double dy) = (
            (layout.FirstCentroid.X - layout.SecondCentroid.X) / facts.GapLength, (layout.FirstCentroid.Y - layout.SecondCentroid.Y) / facts.GapLength);
        double[][] moved = [.. Enumerable.Range(0, pairs.Items).Select(i => Moved(pairs.First.Row(i), direction, s))];

        // The place of a moved row is linear in it: solved from the places of the rows as they are, which span the space.
        PairedEmbeddings asMoved = Rows.Pair(moved, [.. Enumerable.Range(0, pairs.Items).Select(i => Array.ConvertAll(pairs.Second.Row(i).ToArray(), value => (double)value))]);
        for (int i = 0; i < pairs.Items; i++)
        {
            double a = facts.FirstAlong![i], norm = Math.Sqrt(1 - 2 * s * a + s * s);
            MapPoint place = layout.First[i];
            double x = origin.X + (place.X - origin.X - s * dx) / norm, y = origin.Y + (place.Y - origin.Y - s * dy) / norm;
            MapPoint expected = PlaceOf(asMoved.First.Row(i), layout, pairs);
            Assert.Equal(expected.X, x, 1e-5);
            Assert.Equal(expected.Y, y, 1e-5);
        }
    }

    [Fact]
    public void Facts_OfEachPair_AreThoseOfItsRows()
    {
        PairedEmbeddings pairs = Rows.Cones(30, 6, 62);
        PairEvidence evidence = Rows.Evidence(pairs);

        MapFacts facts = MapReading.Of(evidence, Map(pairs, evidence));

        for (int i = 0; i < pairs.Items; i++)
        {
            double own = Product(pairs.First.Row(i), pairs.Second.Row(i));
            Assert.Equal(own, facts.Cosines[i], 1e-6);
            Assert.Equal(1 + Enumerable.Range(0, 30).Count(j => j != i && Product(pairs.First.Row(i), pairs.Second.Row(j)) >= own), facts.FirstRanks[i]);
            Assert.Equal(1 + Enumerable.Range(0, 30).Count(j => j != i && Product(pairs.Second.Row(i), pairs.First.Row(j)) >= own), facts.SecondRanks[i]);
        }
    }

    [Fact]
    public void Positions_OfRowsInAnotherOrderWithSomeLeftOut_AreThoseOfTheInput()
    {
        EmbeddingSet[] sets = [WithIds(Modality.Image, "a b c d e"), WithIds(Modality.Text, "e x d a c")];
        PairMap map = GapAnalysis.Run(sets, new AnalysisOptions { MapFacts = true }).Pairs[0].Map;

        Assert.Equal(["a", "c", "d", "e"], map.Facts!.FirstRows!.Select(row => sets[0].Ids![row]));
        Assert.Equal(["a", "c", "d", "e"], map.Facts.SecondRows!.Select(row => sets[1].Ids![row]));
    }

    [Fact]
    public void Positions_OfRowsAsTheyCame_AreThePairsAndNotRepeated()
    {
        PairedEmbeddings pairs = Rows.Cones(12, 6, 64);
        PairEvidence evidence = Rows.Evidence(pairs);

        Assert.Null(MapReading.Of(evidence, Map(pairs, evidence)).FirstRows);
    }

    private static EmbeddingSet WithIds(Modality modality, string ids)
    {
        string[] names = ids.Split(' ');
        var random = new Random(3);
        return new EmbeddingSet(modality, [.. names.SelectMany(_ => Enumerable.Range(0, 6)).Select(_ => random.NextSingle() - 0.4f)], 6, names: new RowNames { Ids = names });
    }

    [Fact]
    public void Neighbours_BeforeAndAfter_AreTheNearestOfBothModalities()
    {
        PairedEmbeddings pairs = Rows.Cones(25, 6, 63, axis: 1.2);
        PairEvidence evidence = Rows.Evidence(pairs);

        MapNeighbours neighbours = MapReading.Of(evidence, Map(pairs, evidence)).Neighbours!;

        double[][] all = [.. Rows.All(pairs.First), .. Rows.All(pairs.Second)];
        for (int row = 0; row < all.Length; row++)
            Assert.Equal(
                Enumerable.Range(0, all.Length).Where(other => other != row).OrderByDescending(other => Product(all[row], all[other])).Take(neighbours.PerRow),
                neighbours.Before.Skip(row * neighbours.PerRow).Take(neighbours.PerRow));
        // With a gap most neighbours are of the own modality; without the means partners are among them.
        Assert.Equal("mean-removal", neighbours.Correction);
        Assert.InRange(Foreign(neighbours.Before), 0, 0.3);
        Assert.InRange(Foreign(neighbours.After!), 0.35, 0.65);

        double Foreign(IReadOnlyList<int> others) =>
            others.Select((other, place) => other < 25 != place / neighbours.PerRow < 25 ? 1.0 : 0).Average();
    }

    [Fact]
    public void Facts_WithoutAGap_HaveNoDirectionToMoveAlong()
    {
        double[][] rows = [[1, 0], [0, 1]];
        PairedEmbeddings pairs = Rows.Pair(rows, rows);
        PairEvidence evidence = Rows.Evidence(pairs);

        MapFacts facts = MapReading.Of(evidence, Map(pairs, evidence));

        Assert.Null(facts.FirstAlong);
        Assert.Equal(0, facts.GapLength);
    }

    private static PairMap Map(PairedEmbeddings pairs, PairEvidence evidence) =>
        SvdMap.Compute(pairs, evidence.SecondMoments.Stacked(), 1000, new RandomStream(1), new WorkContext(2));

    // Any row is a combination of d rows that span the space, and lies at the same combination of their places.
    private static MapPoint PlaceOf(ReadOnlySpan<float> row, MapLayout layout, PairedEmbeddings pairs)
    {
        int d = row.Length;
        var system = new double[d, d + 1];
        for (int k = 0; k < d; k++)
        {
            for (int j = 0; j < d; j++)
                system[k, j] = pairs.First.Row(j)[k];
            system[k, d] = row[k];
        }
        double[] weights = Solve(system, d);
        double x = layout.Origin!.Value.X, y = layout.Origin.Value.Y;
        (double ox, double oy) = (x, y);
        for (int j = 0; j < d; j++)
        {
            x += weights[j] * (layout.First[j].X - ox);
            y += weights[j] * (layout.First[j].Y - oy);
        }
        return new MapPoint(x, y);
    }

    private static double[] Solve(double[,] system, int d)
    {
        for (int pivot = 0; pivot < d; pivot++)
        {
            int best = Enumerable.Range(pivot, d - pivot).MaxBy(row => Math.Abs(system[row, pivot]));
            for (int column = 0; column <= d; column++)
                (system[pivot, column], system[best, column]) = (system[best, column], system[pivot, column]);
            for (int row = 0; row < d; row++)
            {
                double factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; column <= d; column++)
                    system[row, column] -= factor * system[pivot, column];
            }
        }
        return [.. Enumerable.Range(0, d).Select(row => system[row, d] / system[row, row])];
    }

    private static double[] Moved(ReadOnlySpan<float> row, double[] direction, double s)
    {
        var moved = new double[direction.Length];
        for (int k = 0; k < moved.Length; k++)
            moved[k] = row[k] - s * direction[k];
        double norm = Math.Sqrt(moved.Sum(value => value * value));
        return Array.ConvertAll(moved, value => value / norm);
    }

    private static double Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += (double)a[k] * b[k];
        return sum;
    }

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
