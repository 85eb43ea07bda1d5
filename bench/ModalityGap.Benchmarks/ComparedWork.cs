using System.Diagnostics;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Benchmarks;

/// <summary>
/// Our side of bench/compare: the same arrays, the same work, its results and its best time of several runs, as JSON for compare.py.
/// </summary>
internal static class ComparedWork
{
    private const int Runs = 7;

    private const double Temperature = 0.01;

    public static void Run(string folder)
    {
        RowMatrix x = Read(Path.Combine(folder, "x.npy"), out UnitEmbeddings first), y = Read(Path.Combine(folder, "y.npy"), out UnitEmbeddings second);
        PairedEmbeddings pairs = PairedEmbeddings.ByRow(first, second);
        var work = new WorkContext();
        using FileStream file = File.Create(Path.Combine(folder, "ours.json"));
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("kernel", Hardware.Kernel);
        json.WriteNumber("product", Best(() => TileSweep.Run(x, y, work, new Untouched())));
        Cosines(json, x, y, work);
        Nearest(json, x, y, work);
        Distances(json, pairs, work);
        Hubs(json, x, y, work);
        Losses(json, pairs, x, y, work);
        json.WriteEndObject();
    }

    private static void Cosines(Utf8JsonWriter json, RowMatrix x, RowMatrix y, WorkContext work)
    {
        CosineVisitor? visitor = null;
        json.WriteNumber("cosines", Best(() =>
        {
            visitor = new CosineVisitor(x.Rows, y.Rows, 0);
            TileSweep.Run(x, y, work, visitor);
        }));
        json.WriteNumber("cosineSquares", visitor!.RowSquares.Sum());
        json.WriteNumber("cosineHighest", visitor.Highest);
        json.WriteStartArray("histogram");
        foreach (long count in CosineBins.Merge(visitor.Bins, 200))
            json.WriteNumberValue(count);
        json.WriteEndArray();
    }

    private static void Nearest(Utf8JsonWriter json, RowMatrix x, RowMatrix y, WorkContext work)
    {
        NearestVisitor? visitor = null;
        json.WriteNumber("nearest", Best(() =>
        {
            visitor = new NearestVisitor(x.Rows, y.Rows, 10, withColumns: false);
            TileSweep.Run(x, y, work, visitor);
        }));
        json.WriteStartArray("nearestOfFirstRows");
        for (int i = 0; i < 100; i++)
            for (int k = 0; k < 10; k++)
                json.WriteNumberValue(visitor!.Rows.Index(i, k));
        json.WriteEndArray();
    }

    // At a bandwidth of 1, so that both sides do the same work; the sums per row that the intervals need are ours alone.
    private static void Distances(Utf8JsonWriter json, PairedEmbeddings pairs, WorkContext work)
    {
        var evidence = new PairEvidence(pairs, [Temperature], new RandomStream(1), work);
        DistanceEvidence? distances = null;
        json.WriteNumber("distances", Best(() => distances = new DistanceEvidence(evidence, bandwidth: 1)));
        json.WriteNumber("energy", -distances!.Totals(DistanceKernels.Distance).BiasedContrast(0));
        json.WriteStartArray("discrepancies");
        foreach (int kernel in new[] { DistanceKernels.HalfMedian, DistanceKernels.Median, DistanceKernels.TwiceMedian })
            json.WriteNumberValue(distances.Totals(kernel).BiasedContrast(1));
        json.WriteEndArray();
    }

    private static void Hubs(Utf8JsonWriter json, RowMatrix x, RowMatrix y, WorkContext work)
    {
        double skewness = 0;
        json.WriteNumber("hubs", Best(() =>
        {
            var visitor = new NearestVisitor(x.Rows, y.Rows, 10, withColumns: true);
            TileSweep.Run(x, y, work, visitor);
            skewness = Hubness.Skewness(Hubness.Occurrences(visitor.Rows, y.Rows));
            Hubness.Skewness(Hubness.Occurrences(visitor.Columns, x.Rows));
        }));
        json.WriteNumber("hubness", skewness);
    }

    private static void Losses(Utf8JsonWriter json, PairedEmbeddings pairs, RowMatrix x, RowMatrix y, WorkContext work)
    {
        LossValues[] values = [];
        json.WriteNumber("landscape", Best(() =>
        {
            var moments = new PairMoments(pairs);
            double[] gap = moments.GapVector();
            double length = Math.Sqrt(gap.Sum(value => value * value));
            var view = new DirectionView(moments, x, y, Array.ConvertAll(gap, value => value / length));
            LossPoint[] points = Array.ConvertAll(Landscape.Grid, delta => new LossPoint(ShiftConvention.All[0].At(delta), Temperature, false));
            values = ShiftedLoss.Evaluate(view, points, work);
        }));
        json.WriteStartArray("losses");
        foreach (LossValues value in values)
        {
            json.WriteNumberValue(value.FirstToSecond.Average());
            json.WriteNumberValue(value.SecondToFirst.Average());
        }
        json.WriteEndArray();
    }

    private static RowMatrix Read(string path, out UnitEmbeddings rows)
    {
        rows = UnitEmbeddings.Normalize(EmbeddingFile.Read(path)[0]);
        return new RowMatrix(rows.Values, rows.Rows, rows.Dimensions);
    }

    private static double Best(Action action)
    {
        double best = double.PositiveInfinity;
        for (int run = 0; run < Runs; run++)
        {
            var time = Stopwatch.StartNew();
            action();
            best = Math.Min(best, time.Elapsed.TotalSeconds);
        }
        return best;
    }

    private sealed class Untouched : ITileVisitor
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
