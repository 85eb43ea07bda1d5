using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class OriginalNormsTests
{
    [Fact]
    public void Measures_OfStretchedRows_TellTheStretch()
    {
        PairedEmbeddings unit = Rows.Cones(60, 8, 91);
        double[][] x = [.. Rows.All(unit.First).Select((row, i) => Array.ConvertAll(row, value => value * (2 + i % 5)))];
        double[][] y = [.. Rows.All(unit.Second).Select(row => Array.ConvertAll(row, value => 3 * value))];
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Pair(x, y));
        Check("norm-mean/image", 4);
        Check("norm-variation/image", Math.Sqrt(2) / 4);
        Check("norm-mean/text", 3);
        double[] norms = [.. Enumerable.Range(0, 60).Select(i => 2.0 + i % 5)];
        double[] cosines = [.. Enumerable.Range(0, 60).Select(i => SlowCosines.Of(unit.First.Row(i), unit.Second.Row(i)))];
        double covariance = norms.Zip(cosines, (a, b) => (a - 4) * (b - cosines.Average())).Average();
        Check("norm-cosine-correlation/image", covariance / Math.Sqrt(2) / SlowCosines.Deviation(cosines));
        double squared = 0;
        for (int k = 0; k < 8; k++)
            squared += Math.Pow(x.Average(row => row[k]) - y.Average(row => row[k]), 2);
        Check("gap-unnormalised", Math.Sqrt(squared));

        void Check(string key, double expected) => Tolerance.StoredFloat32.Check(expected, measures[key].Estimate!.Value, key);
    }

    [Fact]
    public void Correlation_OfRowsThatCameWithNormOne_SaysSo()
    {
        PairedEmbeddings cones = Rows.Cones(30, 8, 92);
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Pair(Rows.All(cones.First), Rows.All(cones.Second)));
        Assert.Contains("norm 1 already", measures["norm-cosine-correlation/image"].Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3.0, false, "unequal-norms")]
    [InlineData(1.0, true, "norm-tells-match")]
    [InlineData(1.05, false, null)]
    public void Findings_OfNorms_NameWhatMatters(double factor, bool byCosine, string? expected)
    {
        PairedEmbeddings cones = Rows.Cones(200, 8, 93);
        double[] stretches = [.. Enumerable.Range(0, 200).Select(i =>
            factor * (byCosine ? 1 + 3 * Math.Max(0, SlowCosines.Of(cones.First.Row(i), cones.Second.Row(i))) : 1))];
        IEnumerable<double[]> x = Rows.All(cones.First).Select((row, i) => Array.ConvertAll(row, value => value * stretches[i]));
        IEnumerable<double[]> y = Rows.All(cones.Second).Select(row => Array.ConvertAll(row, value => value * stretches.Average() / factor));
        Finding[] found = [.. Findings.OfPairNorms("image", "text", Rows.Measure(Rows.Pair(x, y)))];
        Assert.Equal(expected is null ? [] : [expected], found.Select(finding => finding.Id));
        Assert.All(found, finding => Assert.Contains("image", finding.Message, StringComparison.Ordinal));
    }
}
