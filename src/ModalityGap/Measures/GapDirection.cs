using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>Cosines with the gap vector, and how much each pair moves their mean and their deviation.</summary>
internal sealed record DirectionCosines(double[] Values, double[] OnMean, double[] OnDeviation)
{
    /// <summary>Their mean.</summary>
    public double Mean { get; } = Values.Average();
}

/// <summary>
/// Cosines c_i between vectors v_i and the gap vector, and the influence of each pair on mean c and mean c². Both hang on Δ as well and, where v_i is a
/// deviation from a mean, on that mean. With û_i = v_i/‖v_i‖, a turn of ĝ by t moves c_i by û_i·t, and a step s of the mean moves it by
/// -(ĝ - c_i û_i)·s/‖v_i‖; pair i turns ĝ by (I - ĝĝᵀ)(g_i - Δ)/‖Δ‖ and steps the mean by v_i, each over n.
/// </summary>
internal sealed class GapDirection
{
    private readonly RowMatrix x, y;
    private readonly double[] gap, direction;
    private readonly double[] meanX, meanY;
    private readonly WorkContext work;

    public GapDirection(PairEvidence evidence)
    {
        (x, y, work) = (evidence.X, evidence.Y, evidence.Work);
        gap = evidence.Moments.GapVector();
        Norm = Math.Sqrt(gap.Sum(value => value * value));
        direction = Array.ConvertAll(gap, value => Norm > 0 ? value / Norm : 0);
        meanX = Array.ConvertAll(evidence.Moments.SumX, sum => sum / evidence.Count);
        meanY = Array.ConvertAll(evidence.Moments.SumY, sum => sum / evidence.Count);
    }

    /// <summary>‖Δ‖.</summary>
    public double Norm { get; }

    /// <summary>ĝ; zero where there is no gap.</summary>
    public ReadOnlySpan<double> Direction => direction;

    /// <summary>‖x_i - y_i‖.</summary>
    public double[] PairLengths()
    {
        var lengths = new double[x.Rows];
        ForEachRow((i, buffer) =>
        {
            PairGapOf(i, buffer);
            lengths[i] = Length(buffer);
        });
        return lengths;
    }

    /// <summary>Cosines of the pairs' gaps; <c>null</c> where no pair is apart.</summary>
    public DirectionCosines? OfPairs() => Cosines(PairGapOf, isDeviation: false);

    /// <summary>Cosines of the deviations of one modality's rows from their mean; <c>null</c> where all rows coincide.</summary>
    public DirectionCosines? OfDeviations(RowMatrix rows)
    {
        double[] mean = ReferenceEquals(rows.Values, x.Values) ? meanX : meanY;
        return Cosines((i, target) =>
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int k = 0; k < target.Length; k++)
                target[k] = row[k] - mean[k];
        }, isDeviation: true);
    }

    private DirectionCosines? Cosines(Action<int, double[]> vector, bool isDeviation)
    {
        int n = x.Rows, d = gap.Length;
        var cosines = new double[n];
        Response ofMean = new(d), ofSquare = new(d);
        var buffer = new double[d];
        int directed = 0;
        for (int i = 0; i < n; i++)
        {
            vector(i, buffer);
            double length = Length(buffer);
            // A vector of no length has no direction: it counts as orthogonal.
            if (length < 1e-12)
                continue;
            directed++;
            double cosine = cosines[i] = Math.Clamp(Dot.Float64(buffer, direction) / length, -1, 1);
            for (int k = 0; k < d; k++)
            {
                double unit = buffer[k] / length / n, step = (direction[k] - cosine * buffer[k] / length) / length / n;
                ofMean.Add(k, unit, step);
                ofSquare.Add(k, 2 * cosine * unit, 2 * cosine * step);
            }
        }
        return directed == 0 ? null : Influences(vector, isDeviation, cosines, ofMean, ofSquare);
    }

    private DirectionCosines Influences(Action<int, double[]> vector, bool isDeviation, double[] cosines, Response ofMean, Response ofSquare)
    {
        double[] onMean = new double[cosines.Length], onSquare = new double[cosines.Length];
        double alongMean = Dot.Float64(ofMean.ToTurn, direction), alongSquare = Dot.Float64(ofSquare.ToTurn, direction);
        ForEachRow((i, buffer) =>
        {
            PairGapOf(i, buffer);
            for (int k = 0; k < buffer.Length; k++)
                buffer[k] -= gap[k];
            double along = Dot.Float64(direction, buffer);
            onMean[i] = cosines[i] + (Dot.Float64(ofMean.ToTurn, buffer) - alongMean * along) / Norm;
            onSquare[i] = cosines[i] * cosines[i] + (Dot.Float64(ofSquare.ToTurn, buffer) - alongSquare * along) / Norm;
            if (!isDeviation)
                return;
            vector(i, buffer);
            onMean[i] -= Dot.Float64(ofMean.ToStep, buffer);
            onSquare[i] -= Dot.Float64(ofSquare.ToStep, buffer);
        });
        double mean = cosines.Average(), deviation = Math.Sqrt(Math.Max(0, cosines.Average(cosine => cosine * cosine) - mean * mean));
        double[] onDeviation = [.. onSquare.Zip(onMean, (square, first) => deviation > 0 ? (square - 2 * mean * first) / (2 * deviation) : 0)];
        return new DirectionCosines(cosines, onMean, onDeviation);
    }

    /// <summary>How a mean answers to a turn of ĝ and to a step of the subtracted mean.</summary>
    private sealed class Response(int dimensions)
    {
        public double[] ToTurn { get; } = new double[dimensions];

        public double[] ToStep { get; } = new double[dimensions];

        public void Add(int k, double turn, double step)
        {
            ToTurn[k] += turn;
            ToStep[k] += step;
        }
    }

    private void PairGapOf(int i, double[] target)
    {
        ReadOnlySpan<float> a = x.Row(i), b = y.Row(i);
        for (int k = 0; k < target.Length; k++)
            target[k] = (double)a[k] - b[k];
    }

    private void ForEachRow(Action<int, double[]> look)
    {
        const int block = 1024;
        work.ForEach((x.Rows + block - 1) / block, part =>
        {
            var buffer = new double[gap.Length];
            for (int i = part * block; i < Math.Min(x.Rows, (part + 1) * block); i++)
                look(i, buffer);
        });
    }

    private static double Length(double[] vector) => Math.Sqrt(Dot.Float64(vector, vector));
}
