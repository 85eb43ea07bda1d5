using FsCheck;
using FsCheck.Fluent;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Linear;

/// <summary>Sums of parts are the sums of the whole, whatever the parts and their order.</summary>
public sealed class LinearAccumulatorTests
{
    private const int Items = 211, Dimensions = 19, SamplePairs = 60;

    private static readonly Modality[] Names = [new("a"), new("b"), new("c")];

    private static readonly Tolerance Merged = new(1e-9, 1e-12);

    private static readonly float[][][] Data = Draw();

    [Fact]
    public void Merge_OfAnyPartitionInAnyOrder_IsTheSinglePass()
    {
        LinearAccumulator whole = Sum([(0, Items)]);
        Prop.ForAll(Partitions().ToArbitrary(), parts => Same(whole, Sum(parts))).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Add_ALoopInDouble_GivesTheSameSums()
    {
        LinearAccumulator whole = Sum([(0, Items)]);
        PairMoments moments = Moments(whole, 0, 2);
        double[] sums = new double[Dimensions];
        double matched = 0, lowest = 2, highest = -2, norms = 0;
        int used = 0;
        for (int i = 0; i < Items; i++)
        {
            double[] norm = [.. Data.Select(rows => Math.Sqrt(rows[i].Sum(value => (double)value * value)))];
            if (norm.Any(value => !double.IsFinite(value) || value == 0))
                continue;
            used++;
            norms += norm[0];
            double cosine = 0;
            for (int k = 0; k < Dimensions; k++)
            {
                sums[k] += Data[0][i][k] / norm[0];
                cosine += Data[0][i][k] / norm[0] * (Data[2][i][k] / norm[2]);
            }
            matched += cosine;
            (lowest, highest) = (Math.Min(lowest, cosine), Math.Max(highest, cosine));
        }
        Assert.Equal((used, Items - used), (whole.Items, whole.SkippedItems));
        Tolerance.Float64.Check(sums, moments.SumX, "Σ x");
        Tolerance.Float64.Check(matched, moments.Sums.Matched, "Σ x·y");
        Tolerance.Float64.Check(lowest, moments.MatchedMoments.Lowest, "lowest");
        Tolerance.Float64.Check(highest, moments.MatchedMoments.Highest, "highest");
        Tolerance.Float64.Check(norms / used, whole.NormsOf(0).Mean, "mean norm");
    }

    [Fact]
    public void Sample_OfManyItems_TakesEachEquallyOften()
    {
        float[][] rows = [.. Enumerable.Range(0, 400).Select(i => new[] { 1f, i })];
        var counts = new int[400];
        for (int seed = 0; seed < 400; seed++)
        {
            var accumulator = new LinearAccumulator(2, 2, 100, seed);
            accumulator.Add(new ArrayBatch([rows, rows], 0, 400));
            foreach (UnitEmbeddings sampled in accumulator.Sample(Names[..2])[..1])
                for (int i = 0; i < sampled.Rows; i++)
                    counts[(int)Math.Round(sampled.Row(i)[1] / sampled.Row(i)[0])]++;
        }
        Assert.Equal(100 * 400, counts.Sum());
        // 100 expected with a deviation of 8.7: five of these either way.
        Assert.InRange(counts.Min(), 56, 100);
        Assert.InRange(counts.Max(), 100, 144);
    }

    [Fact]
    public void RunningMoments_OfNumbersFarFromZero_KeepTheirDeviation()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => 1e8 + (i % 2))];
        RunningMoments merged = RunningMoments.None;
        foreach (double[] part in values.Chunk(7))
            merged = merged.Merge(RunningMoments.Of(part));
        Assert.Equal((1000, 1e8, 1e8 + 1), (merged.Count, merged.Lowest, merged.Highest));
        Assert.Equal(0.5, merged.Deviation, 1e-7);
        Assert.Equal(1e8 + 0.5, merged.Mean, 1e-6);
    }

    private static bool Same(LinearAccumulator whole, LinearAccumulator merged)
    {
        Assert.Equal((whole.Items, whole.SkippedItems), (merged.Items, merged.SkippedItems));
        UnitEmbeddings[] expected = whole.Sample(Names), actual = merged.Sample(Names);
        for (int m = 0; m < Names.Length; m++)
        {
            Assert.Equal(expected[m].Values, actual[m].Values);
            Check(whole.NormsOf(m), merged.NormsOf(m));
            Assert.Equal(whole.FaultsOf(m).AsException("x").Message, merged.FaultsOf(m).AsException("x").Message);
        }
        for (int first = 0; first < Names.Length; first++)
            for (int second = first + 1; second < Names.Length; second++)
            {
                PairMoments one = Moments(whole, first, second), other = Moments(merged, first, second);
                Merged.Check(one.SumX, other.SumX, "Σ x");
                Merged.Check(one.SumY, other.SumY, "Σ y");
                Merged.Check(one.Sums.SquaredGap, other.Sums.SquaredGap, "squared gap");
                Merged.Check(one.Sums.Matched, other.Sums.Matched, "Σ x·y");
                Check(one.MatchedMoments, other.MatchedMoments);
            }
        return true;
    }

    private static void Check(RunningMoments expected, RunningMoments actual)
    {
        Assert.Equal((expected.Count, expected.Lowest, expected.Highest), (actual.Count, actual.Lowest, actual.Highest));
        Merged.Check(expected.Mean, actual.Mean, "mean");
        Merged.Check(expected.SquaredDeviations, actual.SquaredDeviations, "squared deviations");
    }

    private static PairMoments Moments(LinearAccumulator accumulator, int first, int second)
    {
        UnitEmbeddings[] sample = accumulator.Sample(Names);
        return accumulator.Pair(first, second, PairedEmbeddings.ByRow(sample[first], sample[second]));
    }

    // Each part in an accumulator of its own, merged as a tree would: neighbours first.
    private static LinearAccumulator Sum(IEnumerable<(int First, int Count)> parts)
    {
        List<LinearAccumulator> sums = [];
        foreach ((int first, int count) in parts)
        {
            var sum = new LinearAccumulator(3, Dimensions, SamplePairs, 5);
            sum.Add(new ArrayBatch(Data, first, count));
            sums.Add(sum);
        }
        while (sums.Count > 1)
            for (int i = 0; i + 1 < sums.Count; i++)
            {
                sums[i].Merge(sums[i + 1]);
                sums.RemoveAt(i + 1);
            }
        return sums[0];
    }

    private static Gen<(int First, int Count)[]> Partitions() =>
        from cuts in Gen.Choose(0, Items).ListOf()
        from seed in Gen.Choose(0, int.MaxValue)
        let ends = cuts.Append(0).Append(Items).Order().ToArray()
        let parts = ends.Zip(ends.Skip(1), (start, end) => (start, end - start)).ToArray()
        select new RandomStream(seed).NextPermutation(parts.Length).Select(i => parts[i]).ToArray();

    // Norms of every size, and faulty rows of every kind.
    private static float[][][] Draw()
    {
        var random = new RandomStream(17);
        float[][][] data = [.. Names.Select(_ => Enumerable.Range(0, Items).Select(i =>
            Enumerable.Range(0, Dimensions).Select(k => (float)((random.NextNearlyNormal() + (k == 0 ? 2 : 0)) * (1 + i % 5))).ToArray()).ToArray())];
        foreach (int zero in (int[])[3, 20, 21, 100, 101, 102, 180])
            Array.Clear(data[0][zero]);
        data[1][20][4] = float.NaN;
        data[1][40][18] = float.NegativeInfinity;
        data[2][60][17] = float.NaN;
        return data;
    }
}
