using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

/// <summary>Cosines within a modality and across, against double loops.</summary>
public sealed class ConeTests
{
    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Cone_AgainstDoubleLoop_Agrees(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        foreach (UnitEmbeddings rows in new[] { pairs.First, pairs.Second })
        {
            double[] cosines = SlowCosines.OffDiagonal(SlowCosines.Table(rows, rows));
            Check(Tolerance.Float64, cosines.Average(), "cosine-mean");
            Check(Tolerance.StoredFloat32, SlowCosines.Deviation(cosines), "cosine-deviation");
            Check(Tolerance.StoredFloat32, cosines.Min(), "cosine-minimum");
            Check(Tolerance.StoredFloat32, cosines.Max(), "cosine-maximum");
            Check(Tolerance.StoredFloat32, SlowCosines.Percentile(cosines, 0.25), "cosine-lower-quartile");
            Check(Tolerance.StoredFloat32, SlowCosines.Percentile(cosines, 0.5), "cosine-median");
            Check(Tolerance.StoredFloat32, SlowCosines.Percentile(cosines, 0.75), "cosine-upper-quartile");

            void Check(Tolerance tolerance, double expected, string id) =>
                tolerance.Check(expected, measures[$"{id}/{rows.Modality.Name}"].Estimate!.Value, $"{sample}: {id}/{rows.Modality.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Quantiles_AgainstDoubleLoopInFloat32_AgreeToTheLastDigits(string sample)
    {
        // The bins only find the place: the values themselves are the sweep's own.
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        double[] cosines = SlowCosines.OffDiagonal(SlowCosines.TableInFloat32(pairs.First, pairs.First));
        Tolerance.Float64.Check(cosines.Min(), measures["cosine-minimum/image"].Estimate!.Value, "minimum");
        Tolerance.Float64.Check(cosines.Max(), measures["cosine-maximum/image"].Estimate!.Value, "maximum");
        Tolerance.Float64.Check(SlowCosines.Percentile(cosines, 0.25), measures["cosine-lower-quartile/image"].Estimate!.Value, "lower quartile");
        Tolerance.Float64.Check(SlowCosines.Percentile(cosines, 0.5), measures["cosine-median/image"].Estimate!.Value, "median");
        Tolerance.Float64.Check(SlowCosines.Percentile(cosines, 0.75), measures["cosine-upper-quartile/image"].Estimate!.Value, "upper quartile");
    }

    [Fact]
    public void Cone_OfNearlyCollapsedRows_KeepsItsDigits()
    {
        PairedEmbeddings pairs = PairSamples.Collapsed(120, 64);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        double[] cosines = SlowCosines.OffDiagonal(SlowCosines.Table(pairs.First, pairs.First));
        Assert.InRange(1 - cosines.Average(), 5e-6, 2e-5);
        Tolerance.Float64.Check(1 - cosines.Average(), 1 - measures["cosine-mean/image"].Estimate!.Value, "1 - mean");
        // float32 resolves 6e-8 there, and the cosines' own spread is 1e-6.
        new Tolerance(0.05, 0).Check(SlowCosines.Deviation(cosines), measures["cosine-deviation/image"].Estimate!.Value, "deviation");
        new Tolerance(0, 3e-7).Check(SlowCosines.Percentile(cosines, 0.5), measures["cosine-median/image"].Estimate!.Value, "median");
    }

    [Fact]
    public void Cone_OfFourRowsOnAxes_IsWhatOneDraws()
    {
        // Three rows at right angles and one between two of them: cosines 0 three times, 0 once, ½√2 twice.
        PairedEmbeddings pairs = Rows.Pair([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], [[1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0]]);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        Tolerance.StoredFloat32.Check(2 * Math.Sqrt(0.5) / 6, measures["cosine-mean/image"].Estimate!.Value, "mean");
        Tolerance.StoredFloat32.Check(0, measures["cosine-median/image"].Estimate!.Value, "median");
        Tolerance.StoredFloat32.Check(Math.Sqrt(0.5), measures["cosine-maximum/image"].Estimate!.Value, "maximum");
        Tolerance.StoredFloat32.Check(1, measures["cosine-mean/text"].Estimate!.Value, "mean of equal rows");
        Tolerance.StoredFloat32.Check(0, measures["cosine-deviation/text"].Estimate!.Value, "deviation of equal rows");
    }

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Histograms_AgainstDoubleLoop_CountEveryPairOnce(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        CosineHistograms histograms = CosineHistograms.Of(Rows.Evidence(pairs));
        double[,] cross = SlowCosines.TableInFloat32(pairs.First, pairs.Second);
        Assert.Equal(Counts(SlowCosines.Diagonal(cross)), histograms.Matched);
        Assert.Equal(Counts(SlowCosines.OffDiagonal(cross)), histograms.Unmatched);
        long[] twice = Counts(SlowCosines.OffDiagonal(SlowCosines.TableInFloat32(pairs.First, pairs.First)));
        Assert.Equal(Array.ConvertAll(twice, count => count / 2), histograms.WithinFirst);
        Assert.Equal(pairs.Items * (pairs.Items - 1L) / 2, histograms.WithinSecond.Sum());

        // The kernel finds the bin in float32; a cosine that lies on an edge to its last bit goes to the upper bin.
        static long[] Counts(double[] cosines)
        {
            var counts = new long[CosineHistograms.DefaultBins];
            foreach (double cosine in cosines)
                counts[Math.Clamp((int)MathF.FusedMultiplyAdd((float)cosine, 32000f, 32000f), 0, 63999) / 320]++;
            return counts;
        }
    }
}
