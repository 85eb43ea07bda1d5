using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Tests.Reproduction;

public sealed class RandomNetworkTests
{
    [Fact]
    public void MeanCosine_TwoRightAngles_CountsTheDiagonal() =>
        // Rows along x, x and y: of nine cosines five are 1 and four are 0.
        Assert.Equal(5 / 9.0, RandomNetwork.MeanCosine([2, 0, 1, 0, 0, 3], 2), 1e-12);

    [Fact]
    public void Run_ThreadsDiffer_BitsDoNot()
    {
        Assert.Equal(Rows(1), Rows(3));

        static float[] Rows(int threads)
        {
            var rows = new float[150 * 40];
            new NormalDraws(new RandomStream(3)).Fill(rows, 1);
            RandomNetwork.AsInThePaper(40, Activation.ReLU, bias: true).Run(rows, 3, new RandomStream(7), new WorkContext(threads), _ => { });
            return rows;
        }
    }

    [Fact]
    public void Run_ActsLate_TellsWhatTheNonLinearityThenTakes()
    {
        float[] Rows(bool late)
        {
            var rows = new float[20 * 40];
            new NormalDraws(new RandomStream(3)).Fill(rows, 1);
            var network = new RandomNetwork(40, Activation.ReLU, 0.2, 0.1) { ActsLate = late };
            network.Run(rows, 3, new RandomStream(7), new WorkContext(1), _ => { });
            return rows;
        }

        float[] late = Rows(true);
        Assert.Contains(late, value => value < 0);
        Assert.Equal(Rows(false), late.Select(value => Math.Max(0, value)));
    }

    [Fact]
    public void Cosines_ReLUAtTheWidthOfThePaper_AreTheKnownRecursion()
    {
        double[] curve = InfiniteWidth.Cosines(Activation.ReLU, 512, bias: true, 25, 512, 0);
        double[] shown = [.. curve.Select(c => (1023 * c + 1) / 1024)];
        Assert.Equal([0.000977, 0.319950, 0.496408, 0.609247, 0.688329, 0.748260], shown.Take(6).Select(c => Math.Round(c, 6)));
        Assert.Equal(0.984865, shown[12], 1e-6);
        Assert.Equal(0.999998, shown[25], 1e-6);
    }

    [Fact]
    public void Cosines_MaxoutWithoutBias_IsTheCurveOfReLU() => Assert.Equal(
        InfiniteWidth.Cosines(Activation.ReLU, 64, bias: false, 10, 64, 0),
        InfiniteWidth.Cosines(Activation.All.First(one => one.Name == "maxout"), 64, bias: false, 10, 64, 0));

    [Fact]
    public void Cosines_LinearWithoutBias_StaysAsItWas() =>
        Assert.All(InfiniteWidth.Cosines(Activation.Linear, 64, bias: false, 10, 64, 0.3), c => Assert.Equal(0.3, c, 1e-12));

    // One layer of a wide network against its recursion, for every activation: the recursion of each is an integral or a closed form of its own.
    [Theory]
    [InlineData("ReLU")]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    [InlineData("LeakyReLU")]
    [InlineData("GELU")]
    [InlineData("maxout")]
    [InlineData("linear")]
    public void Run_TwoWideLayers_FollowTheRecursion(string name)
    {
        const int width = 512, count = 64;
        Activation activation = Activation.All.First(one => one.Name == name);
        var rows = new float[count * width];
        new NormalDraws(new RandomStream(5)).Fill(rows, 1);
        var seen = new double[3];
        RandomNetwork.AsInThePaper(width, activation, bias: true).Run(rows, 2, new RandomStream(11), WorkContext.Default, layer =>
            seen[layer] = RandomNetwork.MeanCosine(rows, width));
        double[] recursion = InfiniteWidth.Cosines(activation, width, bias: true, 2, width, 0);
        for (int layer = 1; layer <= 2; layer++)
            Assert.Equal(((count - 1) * recursion[layer] + 1) / count, seen[layer], 0.02);
    }

    [Fact]
    public void Draw_TwoRows_HasTheMomentsOfAWholeLayer()
    {
        var rows = new TwoRows(2, 0.3, 1);
        const int width = 16, inputs = 3, draws = 20_000;
        double[] u = [2, 0, 0], v = [0.3, Math.Sqrt(1 - 0.09), 0];
        NormalDraws whole = new(new RandomStream(1)), exact = new(new RandomStream(2));
        double[] sums = new double[4], own = new double[4];
        for (int i = 0; i < draws; i++)
        {
            double uu = 0, vv = 0, uv = 0, before = 0;
            for (int k = 0; k < width; k++)
            {
                double a = 0, b = 0, bias = whole.Next();
                for (int j = 0; j < inputs; j++)
                {
                    double w = whole.Next();
                    a += w * u[j];
                    b += w * v[j];
                }
                (a, b) = ((a + bias) / Math.Sqrt(width), (b + bias) / Math.Sqrt(width));
                before += a * b;
                (a, b) = (Math.Max(0, a), Math.Max(0, b));
                (uu, vv, uv) = (uu + a * a, vv + b * b, uv + a * b);
            }
            double cosine = uu > 0 && vv > 0 ? uv / Math.Sqrt(uu * vv) : 0;
            Add(sums, cosine, before, uv, uu);
            LayerDraw draw = rows.Draw(width, exact);
            Add(own, draw.Cosine, draw.Before, draw.After, draw.SquaredU);
        }
        for (int k = 0; k < 4; k++)
            Assert.Equal(sums[k] / draws, own[k] / draws, 0.03);
        Assert.Equal(1 + rows.Product, own[1] / draws, 0.03);
        Assert.Equal(rows.TwiceExpectedProduct, 2 * own[2] / draws, 0.06);

        static void Add(double[] sums, double cosine, double before, double after, double squared)
        {
            sums[0] += cosine;
            sums[1] += before;
            sums[2] += after;
            sums[3] += squared;
        }
    }

    [Fact]
    public void MeetsCondition_Boundary_IsTwiceTheRatioOverOnePlusItsSquare()
    {
        Assert.True(new TwoRows(2, 0.79, 1).MeetsCondition);
        Assert.False(new TwoRows(2, 0.81, 1).MeetsCondition);
        // Beyond it the bound still holds for short rows, and fails for long ones.
        Assert.True(new TwoRows(2, 0.81, 1) is { } near && near.Correlation > near.Cosine);
        Assert.True(new TwoRows(2, 0.85, 100) is { } far && far.Correlation < far.Cosine);
    }

    [Fact]
    public void NormalDraws_ManyDraws_HaveTheMomentsOfTheNormalDistribution()
    {
        var normal = new NormalDraws(new RandomStream(9));
        double[] sums = new double[5];
        const int draws = 400_000;
        for (int i = 0; i < draws; i++)
        {
            double z = normal.Next(), power = 1;
            for (int k = 1; k <= 4; k++)
                sums[k] += power *= z;
        }
        Assert.Equal(0, sums[1] / draws, 0.01);
        Assert.Equal(1, sums[2] / draws, 0.01);
        Assert.Equal(0, sums[3] / draws, 0.03);
        Assert.Equal(3, sums[4] / draws, 0.08);
    }
}
