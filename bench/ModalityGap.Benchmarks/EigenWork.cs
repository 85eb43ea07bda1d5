using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using ModalityGap.Numerics;

namespace ModalityGap.Benchmarks;

/// <summary>Our side of bench/eigen.py, and MathNet's: median seconds and our eigenvalues as JSON.</summary>
internal static class EigenWork
{
    private const int Runs = 5;

    public static void Run(string path, int d)
    {
        double[] matrix = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray();
        Matrix<double> dense = Matrix<double>.Build.Dense(d, d, matrix);
        WorkContext one = new(1), all = new();
        double[] eigenvalues = SymmetricEigen.Values(matrix, d, one);
        (string Name, double Seconds)[] times =
        [
            ("values", Median(() => SymmetricEigen.Values(matrix, d, one))),
            ("vectorsOneThread", Median(() => SymmetricEigen.Decompose(matrix, d, one))),
            ("vectors", Median(() => SymmetricEigen.Decompose(matrix, d, all))),
            ("mathNet", Median(() => dense.Evd(Symmetricity.Symmetric))),
        ];
        string list = string.Join(", ", eigenvalues.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        string entries = string.Concat(times.Select(time => string.Create(CultureInfo.InvariantCulture, $"\"{time.Name}\": {time.Seconds}, ")));
        Console.WriteLine($"{{{entries}\"eigenvalues\": [{list}]}}");
    }

    private static double Median(Action action)
    {
        action();
        double[] times = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            long begin = Stopwatch.GetTimestamp();
            action();
            times[run] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
        Array.Sort(times);
        return times[Runs / 2];
    }
}
