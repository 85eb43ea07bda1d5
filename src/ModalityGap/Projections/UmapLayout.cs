using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Projections;

/// <summary>
/// Moves points until neighbours of the graph are neighbours in the plane: gradient descent on UMAP's cross-entropy with negative samples
/// (McInnes et al. 2018, section 3.2). In each epoch every row is moved from where all rows were in the epoch before, by one thread, with the
/// random numbers of its own block: the bits do not depend on threads. A row feels all its edges by their weights instead of a sample of
/// them. The pull is taken implicitly, y' = (y + α Σ g_j y_j + α push) / (1 + α Σ g_j): a weighted mean cannot overshoot, however many pull.
/// </summary>
internal sealed unsafe class UmapLayout : IDisposable
{
    private const int BlockRows = 64;

    // With fewer rows for a thread, threads would rather wait for each other at the end of an epoch than work.
    private const int LeastRowsOfThread = 4096;

    // A push is at most this long in x and in y, as published: else two points that nearly coincide would fly apart.
    private const float Longest = 4;

    private const float LeastSquare = 1e-12f;

    private readonly int rows;
    private readonly int epochs;
    private readonly RandomStream[] streams;
    private readonly float a, b;

    // For each row a multiple of sixteen edges; those that do not exist lead to the row itself with weight 0.
    private readonly int[] starts;
    private readonly int* targets;
    private readonly float* pulls;

    // How many groups of sixteen random rows push row i, and how hard each row does.
    private readonly int[] pushGroups;
    private readonly float[] pushWeights;

    private readonly float* here, next;

    private UmapLayout(NeighbourGraph graph, UmapOptions options, RandomStream random)
    {
        rows = graph.Rows;
        epochs = options.EpochsFor(rows);
        LayoutCurve curve = LayoutCurve.Fit(options.MinimumDistance, options.Spread);
        (a, b) = ((float)curve.A, (float)curve.B);
        streams = [.. Enumerable.Range(0, (rows + BlockRows - 1) / BlockRows).Select(block => random.Fork("push", block))];
        // An edge that would be drawn less than once in all epochs is left out, as published.
        double most = graph.Weights.Max(), least = most / epochs;
        starts = new int[rows + 1];
        for (int i = 0; i < rows; i++)
            starts[i + 1] = checked(starts[i] + (Kept(i, graph, least) + Lanes.Count - 1) / Lanes.Count * Lanes.Count);
        targets = (int*)NativeMemory.AlignedAlloc((nuint)starts[rows] * sizeof(int), 64);
        pulls = (float*)NativeMemory.AlignedAlloc((nuint)starts[rows] * sizeof(float), 64);
        here = (float*)NativeMemory.AlignedAlloc((nuint)rows * 2 * sizeof(float), 64);
        next = (float*)NativeMemory.AlignedAlloc((nuint)rows * 2 * sizeof(float), 64);
        pushGroups = new int[rows];
        pushWeights = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            double pushes = options.NegativeSamples * EnterEdges(i, graph, most, least);
            pushGroups[i] = (int)Math.Ceiling(pushes / Lanes.Count);
            pushWeights[i] = (float)(pushes / (pushGroups[i] * Lanes.Count));
        }
    }

    /// <summary>Lays out a graph.</summary>
    /// <param name="graph">Who is whose neighbour; every row has an edge.</param>
    /// <param name="start">Where the rows begin, n x 2.</param>
    /// <param name="options">How.</param>
    /// <param name="random">Draws the rows that push.</param>
    /// <param name="work">How to work.</param>
    /// <returns>n x 2.</returns>
    public static float[] Optimise(NeighbourGraph graph, float[] start, UmapOptions options, RandomStream random, WorkContext work)
    {
        using var layout = new UmapLayout(graph, options, random);
        start.CopyTo(new Span<float>(layout.here, start.Length));
        var few = new WorkContext(Math.Min(work.Threads, 1 + layout.rows / LeastRowsOfThread), null, work.Cancellation);
        few.Rounds(layout.epochs, layout.streams.Length, layout.Move);
        float* final = layout.epochs % 2 == 0 ? layout.here : layout.next;
        return new Span<float>(final, start.Length).ToArray();
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(targets);
        NativeMemory.AlignedFree(pulls);
        NativeMemory.AlignedFree(here);
        NativeMemory.AlignedFree(next);
    }

    private static int Kept(int i, NeighbourGraph graph, double least)
    {
        int kept = 0;
        for (int e = graph.Starts[i]; e < graph.Starts[i + 1]; e++)
            kept += graph.Weights[e] >= least ? 1 : 0;
        return kept;
    }

    // Returns how many samples of its edges a row draws in an epoch.
    private double EnterEdges(int i, NeighbourGraph graph, double most, double least)
    {
        int at = starts[i];
        double drawn = 0;
        for (int e = graph.Starts[i]; e < graph.Starts[i + 1]; e++)
            if (graph.Weights[e] >= least)
            {
                targets[at] = graph.Targets[e];
                // Either end draws the edge, and a draw moves both ends.
                pulls[at++] = (float)(2 * graph.Weights[e] / most);
                drawn += graph.Weights[e] / most;
            }
        for (; at < starts[i + 1]; at++)
            (targets[at], pulls[at]) = (i, 0);
        return drawn;
    }

    private void Move(int epoch, int block)
    {
        float* from = epoch % 2 == 0 ? here : next, to = epoch % 2 == 0 ? next : here;
        float rate = 1 - (float)epoch / epochs;
        int end = Math.Min(rows, (block + 1) * BlockRows);
        for (int i = block * BlockRows; i < end; i++)
            MoveRow(i, rate, from, to, streams[block]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveRow(int i, float rate, float* from, float* to, RandomStream random)
    {
        float x = from[2 * i], y = from[2 * i + 1];
        Vector512<float> ownX = Vector512.Create(x), ownY = Vector512.Create(y);
        Vector512<float> pull = default, pullX = default, pullY = default, pushX = default, pushY = default;
        for (int e = starts[i]; e < starts[i + 1]; e += Lanes.Count)
        {
            Gather(from, targets + e, out Vector512<float> dx, out Vector512<float> dy);
            dx -= ownX;
            dy -= ownY;
            Vector512<float> square = Square(dx, dy), power = Power(square);
            Vector512<float> strength = Vector512.Load(pulls + e) * (Vector512.Create(2 * a * b) * power)
                / (square * Vector512.FusedMultiplyAdd(Vector512.Create(a), power, Vector512.Create(1f)));
            pull += strength;
            pullX = Vector512.FusedMultiplyAdd(strength, dx, pullX);
            pullY = Vector512.FusedMultiplyAdd(strength, dy, pullY);
        }
        int* drawn = stackalloc int[Lanes.Count];
        for (int group = 0; group < pushGroups[i]; group++)
        {
            Draw(random, drawn);
            Gather(from, drawn, out Vector512<float> dx, out Vector512<float> dy);
            dx = ownX - dx;
            dy = ownY - dy;
            Vector512<float> square = Square(dx, dy);
            Vector512<float> strength = Vector512.Create(2 * b)
                / ((square + Vector512.Create(0.001f)) * Vector512.FusedMultiplyAdd(Vector512.Create(a), Power(square), Vector512.Create(1f)));
            pushX += Clamped(strength * dx);
            pushY += Clamped(strength * dy);
        }
        float weight = pushWeights[i], hold = 1 + rate * Lanes.Sum(pull);
        to[2 * i] = x + rate * (Lanes.Sum(pullX) + weight * Lanes.Sum(pushX)) / hold;
        to[2 * i + 1] = y + rate * (Lanes.Sum(pullY) + weight * Lanes.Sum(pushY)) / hold;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Square(Vector512<float> dx, Vector512<float> dy) =>
        Vector512.MaxNative(Vector512.FusedMultiplyAdd(dx, dx, dy * dy), Vector512.Create(LeastSquare));

    // (d²)^b
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Power(Vector512<float> square) => Lanes.Exp2(Vector512.Create(b) * Lanes.Log2(square));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Clamped(Vector512<float> push) =>
        Vector512.MinNative(Vector512.MaxNative(push, Vector512.Create(-Longest)), Vector512.Create(Longest));

    // Two to a number of 64 bits; the bias of n / 2^32 is far below what sixteen draws could show.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Draw(RandomStream random, int* drawn)
    {
        for (int k = 0; k < Lanes.Count; k += 2)
        {
            ulong bits = random.NextBits();
            drawn[k] = (int)((bits >> 32) * (ulong)rows >> 32);
            drawn[k + 1] = (int)((uint)bits * (ulong)rows >> 32);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(float* points, int* indices, out Vector512<float> x, out Vector512<float> y)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> low = Vector256.Load(indices), high = Vector256.Load(indices + 8);
            x = Vector512.Create(Avx2.GatherVector256(points, low, 8), Avx2.GatherVector256(points, high, 8));
            y = Vector512.Create(Avx2.GatherVector256(points + 1, low, 8), Avx2.GatherVector256(points + 1, high, 8));
            return;
        }
        float* values = stackalloc float[2 * Lanes.Count];
        for (int k = 0; k < Lanes.Count; k++)
        {
            values[k] = points[2 * indices[k]];
            values[Lanes.Count + k] = points[2 * indices[k] + 1];
        }
        x = Vector512.Load(values);
        y = Vector512.Load(values + Lanes.Count);
    }
}
