using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Projections;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Benchmarks;

/// <summary>
/// Our side of bench/umap.py. <c>umap ROWS OUT</c> lays rows out, writes n x 2 float32 and prints the seconds, and those that processors spent; <c>trust ROWS LAYOUT...</c> prints
/// the trustworthiness of layouts.
/// </summary>
internal static class UmapWork
{
    public static void Run(string path, string output)
    {
        RowMatrix rows = Read(path);
        long begin = Stopwatch.GetTimestamp();
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        MapPoint[] points = Umap.Compute(rows, new UmapOptions(), new RandomStream(1), WorkContext.Default);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {(Environment.CpuUsage.TotalTime - busy).TotalSeconds}"));
        float[] values = [.. points.SelectMany(point => new[] { (float)point.X, (float)point.Y })];
        File.WriteAllBytes(output, MemoryMarshal.AsBytes<float>(values).ToArray());
    }

    public static void Trust(string path, IEnumerable<string> layouts)
    {
        RowMatrix rows = Read(path);
        foreach (string layout in layouts)
        {
            float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(layout)).ToArray();
            MapPoint[] points = [.. values.Chunk(2).Select(pair => new MapPoint(pair[0], pair[1]))];
            Console.WriteLine(Trustworthiness.Of(rows, points, WorkContext.Default)!.Value.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static RowMatrix Read(string path)
    {
        UnitEmbeddings rows = UnitEmbeddings.Normalize(EmbeddingFile.Read(path)[0]);
        return new RowMatrix(rows.Values, rows.Rows, rows.Dimensions);
    }
}
