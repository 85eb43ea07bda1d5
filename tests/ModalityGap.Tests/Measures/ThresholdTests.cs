using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class ThresholdTests
{
    private static readonly double[] Rates = [0.01, 0.001, 0.1];

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Rows_AgainstSortingAllCosines_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double[,] cosines = SlowCosines.TableInFloat32(pairs.First, pairs.Second);
        double[] matched = SlowCosines.Diagonal(cosines), unmatched = [.. SlowCosines.OffDiagonal(cosines).OrderDescending()];
        ThresholdTable table = ThresholdAdvice.Compute(Rows.Evidence(pairs), 0.05);
        double[] rates = [.. Rates.Where(rate => rate * unmatched.Length >= 1)];
        Assert.Equal(rates.Length + 1, table.Rows.Count);
        for (int k = 0; k < rates.Length; k++)
        {
            ThresholdRow row = table.Rows[k];
            string what = $"{sample}, {rates[k]}";
            // The largest threshold that at least this share of the unmatched pairs reaches, rounded down to whole pairs.
            double threshold = unmatched[(int)(rates[k] * unmatched.Length) - 1];
            double recall = matched.Average(cosine => cosine >= threshold ? 1.0 : 0);
            double rate = unmatched.Average(cosine => cosine >= threshold ? 1.0 : 0);
            Assert.Equal("false-positive-rate", row.Rule);
            Tolerance.Float64.Check(threshold, row.Cosine.Value, $"{what}: cosine");
            Tolerance.Float64.Check(recall, row.Recall.Value, $"{what}: recall");
            Tolerance.Float64.Check(rate, row.FalsePositiveRate.Value, $"{what}: rate");
            double found = 0.05 * recall, alarms = 0.95 * rate;
            Tolerance.Float64.Check(found / (found + alarms), row.Precision.Value, $"{what}: precision");
            Assert.True(row.Cosine.Low <= row.Cosine.Value + CosineBins.Width && row.Cosine.Value <= row.Cosine.High + CosineBins.Width, $"{what}: interval");
        }
    }

    [Theory]
    [InlineData("one row more than a tile")]
    [InlineData("one column more than a strip")]
    [InlineData("three hundred items")]
    [InlineData("a narrow gap")]
    [InlineData("opposite cones")]
    public void EqualError_AgainstSortingAllCosines_BalancesBothErrors(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double[,] cosines = SlowCosines.TableInFloat32(pairs.First, pairs.Second);
        double[] matched = SlowCosines.Diagonal(cosines), unmatched = SlowCosines.OffDiagonal(cosines);
        ThresholdRow row = ThresholdAdvice.Compute(Rows.Evidence(pairs), null).Rows[^1];
        Assert.Equal("equal-error", row.Rule);
        double threshold = row.Cosine.Value;
        double missed = matched.Average(cosine => cosine < threshold ? 1.0 : 0), alarms = unmatched.Average(cosine => cosine >= threshold ? 1.0 : 0);
        // Both change in steps: one matched pair, and the unmatched pairs of one bin.
        Assert.InRange(Math.Abs(missed - alarms), 0, 1.0 / matched.Length + 1e-3);
        new Tolerance(0, 1e-3).Check(alarms, row.FalsePositiveRate.Value, "rate");
        new Tolerance(0, 1.0 / matched.Length).Check(1 - missed, row.Recall.Value, "recall");
    }

    [Fact]
    public void Prevalence_LeftOpen_IsOneInN()
    {
        PairedEmbeddings pairs = Rows.Cones(40, 8, 61);
        ThresholdTable open = ThresholdAdvice.Compute(Rows.Evidence(pairs), null), stated = ThresholdAdvice.Compute(Rows.Evidence(pairs), 0.5);
        Assert.Equal(1 / 40.0, open.Prevalence);
        Assert.Contains("40", open.PrevalenceSource, StringComparison.Ordinal);
        Assert.Equal(0.5, stated.Prevalence);
        Assert.True(stated.Rows[0].Precision.Value > open.Rows[0].Precision.Value);
        Assert.Equal(stated.Rows[0].Cosine, open.Rows[0].Cosine);
    }

    [Fact]
    public void Interval_OfTheThreshold_ShrinksWithMorePairs()
    {
        double few = Width(60), many = Width(600);
        Assert.InRange(few / many, 1.5, 8);

        static double Width(int n)
        {
            ThresholdRow row = ThresholdAdvice.Compute(Rows.Evidence(Rows.Cones(n, 16, 62)), null).Rows.Last(r => r.Rule == "false-positive-rate");
            return row.Cosine.High!.Value - row.Cosine.Low!.Value;
        }
    }
}
