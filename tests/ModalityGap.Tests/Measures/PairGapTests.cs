using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class PairGapTests
{
    [Theory]
    [InlineData("five items in two dimensions")]
    [InlineData("three hundred items")]
    [InlineData("a narrow gap")]
    [InlineData("opposite cones")]
    [InlineData("duplicates")]
    public void Measures_AgainstVectorAlgebra_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        double[][] x = Rows.All(pairs.First), y = Rows.All(pairs.Second);
        double[][] gaps = [.. x.Zip(y, (a, b) => Rows.Plus(a, b, -1))];
        double[] gap = Mean(gaps);
        Check("pair-distance", null, [.. gaps.Select(Length)]);
        Check("pair-direction", null, [.. gaps.Select(vector => Cosine(vector, gap))]);
        Check("pair-orthogonality", "image", [.. x.Select(row => Cosine(Rows.Plus(row, Mean(x), -1), gap))]);
        Check("pair-orthogonality", "text", [.. y.Select(row => Cosine(Rows.Plus(row, Mean(y), -1), gap))]);

        void Check(string id, string? subject, double[] values)
        {
            string of = subject is null ? "" : "/" + subject;
            Tolerance.StoredFloat32.Check(values.Average(), measures[$"{id}-mean{of}"].Estimate!.Value, $"{sample}: {id}-mean{of}");
            Tolerance.StoredFloat32.Check(SlowCosines.Deviation(values), measures[$"{id}-deviation{of}"].Estimate!.Value, $"{sample}: {id}-deviation{of}");
        }
    }

    [Fact]
    public void Direction_WhereEveryPairIsApartAlike_IsOne()
    {
        // Images at angles 20° and 70°, each text 90° on: the gaps are those of (cos 20 + sin 20, ...) and not parallel; at one angle they are.
        Dictionary<string, Measurement> same = Rows.Measure(Rows.Pair([At(20), At(20), At(20)], [At(110), At(110), At(110)]));
        Tolerance.StoredFloat32.Check(1, same["pair-direction-mean"].Estimate!.Value, "one direction");
        Tolerance.StoredFloat32.Check(Math.Sqrt(2), same["pair-distance-mean"].Estimate!.Value, "length of each gap");
        Dictionary<string, Measurement> turned = Rows.Measure(Rows.Pair([At(20), At(70)], [At(110), At(160)]));
        Tolerance.StoredFloat32.Check(Math.Cos(25 * Math.PI / 180), turned["pair-direction-mean"].Estimate!.Value, "25° to either side");

        static double[] At(double degrees) => [Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180)];
    }

    [Fact]
    public void Direction_WithoutAGap_SaysWhy()
    {
        Dictionary<string, Measurement> measures = Rows.Measure(Rows.Pair([[1, 0], [0, 1]], [[0, 1], [1, 0]]));
        Assert.Contains("no gap", measures["pair-direction-mean"].Missing, StringComparison.Ordinal);
        Assert.Contains("no gap", measures["pair-orthogonality-mean/image"].Missing, StringComparison.Ordinal);
    }

    private static double[] Mean(double[][] rows) =>
        Array.ConvertAll(rows.Aggregate(new double[rows[0].Length], (sum, row) => Rows.Plus(sum, row)), value => value / rows.Length);

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum() / Length(a) / Length(b);
}
