using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Evaluation;

public sealed class RobustnessTests
{
    private static readonly WorkContext Work = new(2);

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Nearest_AgainstALoop_IsTheSame(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        int[][] nearest = NearestDocuments.Of(Rows.Matrix(pairs.First), Rows.Matrix(pairs.Second), Work);

        for (int i = 0; i < pairs.Items; i++)
        {
            double[] scores = [.. Enumerable.Range(0, pairs.Items).Select(j => Dot.Float64(pairs.First.Row(i), pairs.Second.Row(j)))];
            Assert.Equal(Enumerable.Range(0, pairs.Items).Where(j => scores[j] == scores.Max()), nearest[i]);
        }
    }

    [Fact]
    public void Disturbances_ByHand_AreWhatTheirNamesSay()
    {
        RowMatrix rows = Rows.Matrix(Rows.Unit(Modality.Image, [[0.6, -0.8], [1, 0]]));

        Assert.Equal([(float)Math.Sqrt(0.5), -(float)Math.Sqrt(0.5), (float)Math.Sqrt(0.5), (float)Math.Sqrt(0.5)], Of("sign", rows));
        Check([95, -127, 127, 0], "int8");
        Check([(double)(float)(Half)0.6, -(double)(float)(Half)0.8, 1, 0], "float16");
        // Values from -0.8 to 1 in 32 bins of 0.05625.
        Check([-0.8 + 24.5 * 0.05625, -0.8 + 0.5 * 0.05625, -0.8 + 31.5 * 0.05625, -0.8 + 14.5 * 0.05625], "bins-32");

        void Check(double[] values, string id)
        {
            double[] unit = [.. values.Chunk(2).SelectMany(Rows.Unit)];
            Tolerance.StoredFloat32.Check(unit, [.. Of(id, rows).Select(value => (double)value)], id);
        }
    }

    [Fact]
    public void Noise_HasTheVarianceOfItsName()
    {
        RowMatrix rows = Rows.Matrix(Rows.Cones(200, 64, 84).First);
        Disturbance noise = Disturbance.All.Single(candidate => candidate.Id == "noise-0.022");
        double sum = 0;
        for (int i = 0; i < 200; i++)
        {
            float[] row = rows.Row(i).ToArray();
            noise.Disturb(row, default, new RandomStream(i));
            sum += row.Zip(rows.Row(i).ToArray(), (a, b) => (double)(a - b) * (a - b)).Sum();
        }
        // 12,800 squares: standard error 1.25 %.
        Assert.Equal(0.022, sum / (200 * 64), 0.022 * 0.06);
    }

    [Fact]
    public void Evaluate_AgainstALoop_IsTheSame()
    {
        PairedEmbeddings pairs = Rows.Cones(60, 12, 85);
        IReadOnlyList<RobustnessOutcome> outcomes = Robustness.Evaluate(pairs, new RandomStream(5), Work);

        Assert.Equal(2 * Disturbance.All.Count, outcomes.Count);
        RowMatrix x = new(Of("sign", Rows.Matrix(pairs.First)), 60, 12), y = new(Of("sign", Rows.Matrix(pairs.Second)), 60, 12);
        RobustnessOutcome sign = outcomes.Single(outcome => outcome is { Disturbance: "sign", Direction: "image-to-text" });
        for (int i = 0; i < 60; i++)
        {
            int[] before = Best(Rows.Matrix(pairs.First), Rows.Matrix(pairs.Second), i), after = Best(x, y, i);
            Assert.Equal(after.All(before.Contains) ? 1 : 0, sign.Unchanged[i]);
            Assert.Equal(after.Length == 1 && after[0] == i ? 1 : 0, sign.Hits[i]);
            Assert.Equal(before.Length == 1 && before[0] == i ? 1 : 0, sign.HitsBefore[i]);
        }
        RobustnessRow half = outcomes.Single(outcome => outcome is { Disturbance: "float16", Direction: "text-to-image" }).Result(new RandomStream(6));
        Assert.True(half.Unchanged.Value > 0.95, half.ToString());
        Assert.True(outcomes[2].Result(new RandomStream(6)).Unchanged.Value < half.Unchanged.Value);
    }

    [Fact]
    public void Evaluate_AnyNumberOfThreads_IsTheSame()
    {
        PairedEmbeddings pairs = Rows.Cones(90, 10, 86);
        IReadOnlyList<RobustnessOutcome> one = Robustness.Evaluate(pairs, new RandomStream(7), new WorkContext(1));
        IReadOnlyList<RobustnessOutcome> three = Robustness.Evaluate(pairs, new RandomStream(7), new WorkContext(3));

        Assert.Equal(one.SelectMany(outcome => outcome.Unchanged), three.SelectMany(outcome => outcome.Unchanged));
    }

    private static int[] Best(RowMatrix x, RowMatrix y, int i)
    {
        double[] scores = [.. Enumerable.Range(0, y.Rows).Select(j => Dot.Float64(x.Row(i), y.Row(j)))];
        return [.. Enumerable.Range(0, y.Rows).Where(j => scores[j] == scores.Max())];
    }

    private static float[] Of(string id, RowMatrix rows) => Disturbance.All.Single(candidate => candidate.Id == id).Of(rows, new RandomStream(1), Work).Values;
}
