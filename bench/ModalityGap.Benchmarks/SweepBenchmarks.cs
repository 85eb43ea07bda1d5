using BenchmarkDotNet.Attributes;
using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Benchmarks;

/// <summary>What visitors add to the bare product, with the plain double loop as the baseline.</summary>
[MemoryDiagnoser]
public class SweepBenchmarks
{
    private const int Dimensions = 512;

    private RowMatrix x, y;

    /// <summary>Rows of each side.</summary>
    [Params(500, 2000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        x = Draw(1);
        y = Draw(2);
    }

    [Benchmark(Baseline = true, Description = "double loop, sum of squares")]
    public double SlowTwin()
    {
        double sum = 0;
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Rows; j++)
            {
                double product = Dot.Float64(x.Row(i), y.Row(j));
                sum += product * product;
            }
        return sum;
    }

    [Benchmark(Description = "cosine statistics and histogram")]
    public double Cosines()
    {
        var visitor = new CosineVisitor(Rows, Rows, 0);
        TileSweep.Run(x, y, WorkContext.Default, visitor);
        return visitor.Highest;
    }

    [Benchmark(Description = "ten nearest of rows and columns")]
    public int Nearest()
    {
        var visitor = new NearestVisitor(Rows, Rows, 10, withColumns: true);
        TileSweep.Run(x, y, WorkContext.Default, visitor);
        return visitor.Rows.Index(0, 0);
    }

    private RowMatrix Draw(int seed)
    {
        var random = new Statistics.RandomStream(seed);
        var values = new float[Rows * Dimensions];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(random.NextNearlyNormal() / Math.Sqrt(Dimensions));
        return new RowMatrix(values, Rows, Dimensions);
    }
}
