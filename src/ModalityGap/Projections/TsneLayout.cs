using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>
/// Gradient descent on the Kullback-Leibler divergence from p to q, q_ij in proportion to 1 / (1 + ‖y_i - y_j‖²), with momentum and gains
/// (van der Maaten and Hinton, JMLR 2008). Every row is pushed by every other one, sixteen at a time, from where all rows were before: the
/// bits do not depend on threads.
/// </summary>
internal sealed unsafe class TsneLayout : IDisposable
{
    private const int BlockRows = 64;

    private const float LeastGain = 0.01f;

    private readonly NeighbourGraph graph;
    private readonly TsneOptions options;
    private readonly int rows;
    private readonly int padded;
    private readonly float rate;

    // Coordinates of their own, so that sixteen rows are two loads; those that fill up the last sixteen lie so far away that they push nothing.
    private readonly float* x, y;
    private readonly float[] pullX, pullY, pushX, pushY, speedX, speedY, gainX, gainY;
    private readonly double[] sums;

    private TsneLayout(NeighbourGraph graph, ReadOnlySpan<float> start, TsneOptions options)
    {
        (this.graph, this.options, rows) = (graph, options, graph.Rows);
        rate = (float)options.RateFor(rows);
        padded = (rows + Lanes.Count - 1) / Lanes.Count * Lanes.Count;
        x = (float*)NativeMemory.AlignedAlloc((nuint)padded * sizeof(float), 64);
        y = (float*)NativeMemory.AlignedAlloc((nuint)padded * sizeof(float), 64);
        for (int i = 0; i < padded; i++)
            (x[i], y[i]) = i < rows ? (start[2 * i], start[2 * i + 1]) : (1e15f, 1e15f);
        (pullX, pullY, pushX, pushY) = (new float[rows], new float[rows], new float[rows], new float[rows]);
        (speedX, speedY, gainX, gainY) = (new float[rows], new float[rows], new float[rows], new float[rows]);
        Array.Fill(gainX, 1);
        Array.Fill(gainY, 1);
        sums = new double[(rows + BlockRows - 1) / BlockRows];
    }

    /// <summary>Lays out a graph.</summary>
    /// <param name="graph">p.</param>
    /// <param name="start">Where the rows begin, n x 2.</param>
    /// <param name="options">How.</param>
    /// <param name="work">How to work.</param>
    /// <returns>n x 2.</returns>
    public static float[] Optimise(NeighbourGraph graph, float[] start, TsneOptions options, WorkContext work)
    {
        using var layout = new TsneLayout(graph, start, options);
        // Even rounds find the forces, odd ones move: a barrier stands between.
        work.Rounds(2 * options.Iterations, layout.sums.Length, layout.Step);
        var points = new float[start.Length];
        for (int i = 0; i < layout.rows; i++)
            (points[2 * i], points[2 * i + 1]) = (layout.x[i], layout.y[i]);
        return points;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(x);
        NativeMemory.AlignedFree(y);
    }

    private void Step(int round, int block)
    {
        int first = block * BlockRows, end = Math.Min(rows, first + BlockRows);
        if (round % 2 == 0)
        {
            double sum = 0;
            for (int i = first; i < end; i++)
                sum += Forces(i);
            sums[block] = sum;
            return;
        }
        double all = 0;
        foreach (double part in sums)
            all += part;
        bool early = round / 2 < options.EarlyIterations;
        for (int i = first; i < end; i++)
            Move(i, (float)(early ? options.EarlyExaggeration : 1), (float)(1 / all), early ? 0.5f : 0.8f);
    }

    // Returns Σ_j 1 / (1 + ‖y_i - y_j‖²) over the other rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Forces(int i)
    {
        Vector512<float> ownX = Vector512.Create(x[i]), ownY = Vector512.Create(y[i]), one = Vector512.Create(1f);
        Vector512<float> sum = default, sumX = default, sumY = default;
        for (int j = 0; j < padded; j += Lanes.Count)
        {
            Vector512<float> dx = ownX - Vector512.Load(x + j), dy = ownY - Vector512.Load(y + j);
            Vector512<float> q = one / Vector512.FusedMultiplyAdd(dx, dx, Vector512.FusedMultiplyAdd(dy, dy, one)), square = q * q;
            sum += q;
            sumX = Vector512.FusedMultiplyAdd(square, dx, sumX);
            sumY = Vector512.FusedMultiplyAdd(square, dy, sumY);
        }
        (pushX[i], pushY[i]) = (Lanes.Sum(sumX), Lanes.Sum(sumY));
        double ofX = 0, ofY = 0;
        for (int e = graph.Starts[i]; e < graph.Starts[i + 1]; e++)
        {
            int j = graph.Targets[e];
            double dx = x[i] - x[j], dy = y[i] - y[j], strength = graph.Weights[e] / (1 + dx * dx + dy * dy);
            ofX += strength * dx;
            ofY += strength * dy;
        }
        (pullX[i], pullY[i]) = ((float)ofX, (float)ofY);
        // The row itself is one of them, at distance zero.
        return Lanes.Sum(sum) - 1.0;
    }

    private void Move(int i, float exaggeration, float oneOverSum, float momentum)
    {
        x[i] += Speed(4 * (exaggeration * pullX[i] - oneOverSum * pushX[i]), ref speedX[i], ref gainX[i], momentum);
        y[i] += Speed(4 * (exaggeration * pullY[i] - oneOverSum * pushY[i]), ref speedY[i], ref gainY[i], momentum);
    }

    // A coordinate that keeps its way gains speed, one that turns loses it.
    private float Speed(float gradient, ref float speed, ref float gain, float momentum)
    {
        gain = Math.Max(LeastGain, gradient * speed < 0 ? gain + 0.2f : gain * 0.8f);
        return speed = momentum * speed - rate * gain * gradient;
    }
}
