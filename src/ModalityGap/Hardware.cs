using System.Diagnostics;
using System.Runtime.CompilerServices;
using ModalityGap.Numerics;

namespace ModalityGap;

/// <summary>What the computation runs on.</summary>
public static class Hardware
{
    /// <summary>The path of the similarity kernel that this processor and this build use, such as "AVX-512, 14 x 32".</summary>
    public static string Kernel => RegisterTile.Best.Name;

    /// <summary>Whether the program was compiled ahead of time; else a just-in-time compiler is at work.</summary>
    public static bool IsNative => !RuntimeFeature.IsDynamicCodeCompiled;

    /// <summary>Runs the similarity kernel for about a second and returns its rate.</summary>
    /// <param name="threads">Number of threads; 0 for one per core.</param>
    /// <returns>Billions of floating-point operations a second, a multiply-add counted as two; the best of several runs.</returns>
    public static double MeasureKernelRate(int threads = 0)
    {
        const int rows = 2048, dimensions = 512;
        var values = new float[rows * dimensions];
        for (int i = 0; i < values.Length; i++)
            values[i] = (i * 2654435761u % 1000) / 1000f - 0.5f;
        var matrix = new RowMatrix(values, rows, dimensions);
        var work = new WorkContext(threads);
        double best = 0;
        var total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < 1)
        {
            var one = Stopwatch.StartNew();
            TileSweep.Run(matrix, matrix, work, new NoVisitor());
            best = Math.Max(best, 2.0 * rows * rows * dimensions / one.Elapsed.TotalSeconds / 1e9);
        }
        return best;
    }

    private sealed class NoVisitor : ITileVisitor
    {
        public StripVisitor Open(int firstColumn, int columns) => new Strip();

        private sealed class Strip : StripVisitor
        {
            public override void Visit(in Tile tile)
            {
            }
        }
    }
}
