using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Tests.Reproduction;

public sealed class PointContrastTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluate_RandomPoints_AgreesWithTheSlowTwinAndItsDifferences(bool swapped)
    {
        const int n = 7, d = 5;
        const double logScale = 1.1, step = 1e-5;
        int[] partners = swapped ? [1, 0, 2, 3, 6, 5, 4] : [0, 1, 2, 3, 4, 5, 6];
        var normal = new NormalDraws(new RandomStream(4));
        float[] x = new float[n * d], y = new float[n * d];
        normal.Fill(x, 1);
        normal.Fill(y, 2);
        double[] first = Array.ConvertAll(x, value => (double)value), second = Array.ConvertAll(y, value => (double)value);
        var points = new PointContrast(x, y, d, logScale, WorkContext.Default, partners);

        Assert.Equal(Loss(first, second, logScale), points.Evaluate(), 1e-6);
        for (int k = 0; k < n * d; k++)
        {
            Assert.Equal(Difference(first, k), points.GradientOfFirst[k], 2e-6);
            Assert.Equal(Difference(second, k), points.GradientOfSecond[k], 2e-6);
        }
        Assert.Equal((Loss(first, second, logScale + step) - Loss(first, second, logScale - step)) / (2 * step), points.GradientOfLogScale, 1e-6);

        double Difference(double[] moved, int k)
        {
            double kept = moved[k];
            moved[k] = kept + step;
            double above = Loss(first, second, logScale);
            moved[k] = kept - step;
            double below = Loss(first, second, logScale);
            moved[k] = kept;
            return (above - below) / (2 * step);
        }

        double Loss(double[] a, double[] b, double log)
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double row = 0, column = 0;
                for (int j = 0; j < n; j++)
                {
                    row += Math.Exp(Math.Exp(log) * Cosine(a, i, b, j));
                    column += Math.Exp(Math.Exp(log) * Cosine(a, j, b, partners[i]));
                }
                sum += Math.Log(row) + Math.Log(column) - 2 * Math.Exp(log) * Cosine(a, i, b, partners[i]);
            }
            return sum / (2 * n);
        }

        static double Cosine(double[] a, int i, double[] b, int j)
        {
            double ab = 0, aa = 0, bb = 0;
            for (int k = 0; k < d; k++)
            {
                ab += a[i * d + k] * b[j * d + k];
                aa += a[i * d + k] * a[i * d + k];
                bb += b[j * d + k] * b[j * d + k];
            }
            return ab / Math.Sqrt(aa * bb);
        }
    }

    [Fact]
    public void Step_SamePoints_StayTheSame()
    {
        var normal = new NormalDraws(new RandomStream(6));
        float[] x = PointMeasures.Cone(20, 8, 0.9, PointMeasures.Axis(8, normal), normal), y = [.. x];
        var points = new PointContrast(x, y, 8, 2.66, WorkContext.Default);
        double start = points.Evaluate();
        for (int step = 0; step < 50; step++)
            points.Step(1, 0.01, onSphere: true);

        Assert.True(points.Evaluate() < start);
        Assert.Equal(0, PointMeasures.Gap(x, y, 8), 1e-4);
    }

    [Fact]
    public void Step_ThreadsDiffer_BitsDoNot()
    {
        Assert.Equal(Moved(1), Moved(3));

        static float[] Moved(int threads)
        {
            var normal = new NormalDraws(new RandomStream(8));
            float[] x = PointMeasures.Cone(90, 16, 0.5, PointMeasures.Axis(16, normal), normal),
                y = PointMeasures.Cone(90, 16, 0.5, PointMeasures.Axis(16, normal), normal);
            var points = new PointContrast(x, y, 16, 2, new WorkContext(threads));
            for (int step = 0; step < 5; step++)
                points.Step(1, 0.1, onSphere: true);
            return x;
        }
    }

    [Fact]
    public void Cone_ManyRows_HaveTheCosineThatWasAskedFor()
    {
        var normal = new NormalDraws(new RandomStream(10));
        float[] rows = PointMeasures.Cone(400, 256, 0.71, PointMeasures.Axis(256, normal), normal);
        double[] gap = [.. Enumerable.Range(0, 256).Select(k => Enumerable.Range(0, 400).Average(i => (double)rows[i * 256 + k]))];
        Assert.Equal(0.71, (gap.Sum(value => value * value) * 400 - 1) / 399, 0.01);
    }
}
