using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Corrections;

public sealed class AffineStepTests
{
    [Fact]
    public void Apply_OfEachKind_DoesWhatItSays()
    {
        Check([0.6, 0.8], AffineStep.Centring([0.4, -0.8]), [1, 0], "(1, 0) - (0.4, -0.8)");
        Check([0, 1], AffineStep.Weighting([0, 2]), [0.6, 0.8], "diag(0, 2)");
        Check([0.6, 0.8], AffineStep.Scaling([1, 1], 3, [3.6, 6.2]), [0.6, 0], "3((0.6, 0) - (1, 1)) + (3.6, 6.2)");
        // Three outputs of two inputs: rows of A are (1, 0), (0, 1), (1, 1).
        Check([0.6 / Math.Sqrt(2.96), 0.8 / Math.Sqrt(2.96), 1.4 / Math.Sqrt(2.96)], AffineStep.Mapping([1, 0, 0, 1, 1, 1], 2), [0.6, 0.8], "A x");
        Check([0, 1], AffineStep.Mapping([2, 0, 0, 2], 2, [1, 0], [0, 3]), [1, 0], "2((1, 0) - (1, 0)) + (0, 3)");
    }

    [Fact]
    public void Apply_OfAnyChain_AgreesWithFloat64()
    {
        RandomStream random = new(181);
        double[] Values(int count) => Rows.Gaussian(random, count);
        var chain = new RowTransform(
            37,
            AffineStep.Centring(Array.ConvertAll(Values(37), value => 0.1 * value)),
            AffineStep.Mapping(Values(50 * 37), 37, Array.ConvertAll(Values(37), value => 0.1 * value), Values(50)),
            AffineStep.Weighting(Values(50)),
            AffineStep.Scaling(Array.ConvertAll(Values(50), value => 0.1 * value), 2.5, Values(50)),
            AffineStep.Mapping(Values(20 * 50), 50));
        Assert.Equal((37, 20), (chain.InputDimensions, chain.OutputDimensions));
        UnitEmbeddings rows = Rows.Cones(200, 37, 182).First;
        var output = new float[200 * 20];
        Assert.Equal(0, chain.Apply(rows.Values, output).Count);
        for (int i = 0; i < 200; i++)
            new Tolerance(1e-5, 2e-6).Check(
                SlowCorrections.Apply(chain, Rows.Row(rows, i)), Array.ConvertAll(output[(i * 20)..((i + 1) * 20)], value => (double)value), $"row {i}");
    }

    [Fact]
    public void Apply_ToARowOfWhichOnlyRoundingIsLeft_CountsIt()
    {
        UnitEmbeddings rows = Rows.Unit(Modality.Image, [[1, 2, 3], [3, 2, 1], [1, 2, 3]]);
        double[] nearlyFirst = Array.ConvertAll(rows.Row(0).ToArray(), value => value + 1e-9);
        var output = new float[9];
        LostRows lost = new RowTransform(3, AffineStep.Centring(nearlyFirst)).Apply(rows.Values, output);
        Assert.Equal((2, 0L), (lost.Count, lost.First));
        Assert.Equal(0, output[0]);
        // A projection that keeps nothing of the row.
        lost = new RowTransform(2, AffineStep.Mapping([0, 1], 2)).Apply([1, 0], output.AsSpan(0, 1));
        Assert.Equal(1, lost.Count);
    }

    [Fact]
    public void Constructor_OfPartsThatDoNotFit_Refuses()
    {
        Assert.Throws<ArgumentException>(() => new AffineStep(2, 2, [1], [], [], []));
        Assert.Throws<ArgumentException>(() => new AffineStep(2, 3, [], [], [], []));
        Assert.Throws<ArgumentException>(() => new AffineStep(2, 3, [], [], [1, 2, 3], []));
        Assert.Throws<ArgumentException>(() => new AffineStep(2, 2, [], [1, 2, 3], [], []));
        Assert.Throws<ArgumentException>(() => new AffineStep(2, 2, [], [2], [1, 2, 3, 4], []));
        Assert.Throws<ArgumentException>(() => AffineStep.Centring([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => AffineStep.Mapping([1e300, 0], 2));
        Assert.Throws<ArgumentException>(() => new RowTransform(3, AffineStep.Centring([1, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RowTransform(0));
    }

    private static void Check(double[] expected, AffineStep step, double[] row, string what)
    {
        var output = new float[step.Outputs];
        new RowTransform(step.Inputs, step).Apply(Array.ConvertAll(row, value => (float)value), output);
        Tolerance.StoredFloat32.Check(expected, Array.ConvertAll(output, value => (double)value), what);
    }
}
