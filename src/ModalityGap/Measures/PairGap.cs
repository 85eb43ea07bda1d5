using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// The gap pair by pair, g_i = x_i - y_i: how long, how parallel to the gap vector, and whether a modality's own variation leans along the gap.
/// </summary>
internal sealed class PairGap : IMeasure
{
    private const string Paper = "Zhang et al., DrML, ICLR 2023 (image side only)";

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        Info("pair-distance-mean", "Mean distance of matched pairs (L2I)", "The mean Euclidean distance between a row and its partner.",
            "mean ‖x_i - y_i‖", "[0, 2]", "At least as large as the gap: the difference is what pairs vary beside their means.",
            "Schrodi et al., Two Effects, One Trigger, ICLR 2025; magnitude in DrML"),
        Info("pair-distance-deviation", "Deviation of the distance of matched pairs", "The population standard deviation of those distances.",
            "sqrt(mean (‖g_i‖ - mean)²)", "[0, 1]", "Small beside the mean: the gap is nearly the same for every pair.", Paper),
        Info("pair-direction-mean", "Direction of the pairs' gaps", "The mean cosine between a pair's gap and the gap vector.",
            "mean cos(g_i, Δ)", "[-1, 1]", "1: every pair is apart in the same direction, so one translation closes all gaps. CLIP has about 0.7.", Paper),
        Info("pair-direction-deviation", "Deviation of the direction of the pairs' gaps", "The population standard deviation of those cosines.",
            "sqrt(mean (cos(g_i, Δ) - mean)²)", "[0, 1]", "Small: all pairs are alike in this.", Paper),
        Info("pair-orthogonality-mean", "Lean of a modality along the gap", "The mean cosine between a row's deviation from its modality's mean and the gap vector.",
            "mean cos(x_i - mean x, Δ), and for y", "[-1, 1]", "Near 0: what a modality varies in is orthogonal to the gap. Published for images only; both sides are given here.", Paper),
        Info("pair-orthogonality-deviation", "Deviation of the lean along the gap", "The population standard deviation of those cosines.",
            "sqrt(mean (cos(x_i - mean x, Δ) - mean)²)", "[0, 1]", "Large beside what d random dimensions give, 1/sqrt(d): the gap direction also carries content.", Paper),
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        var gap = new GapDirection(evidence);
        double[] lengths = gap.PairLengths();
        yield return Measurement.Of("pair-distance-mean", null, Jackknife.FromInfluences(lengths.Average(), lengths, "influence of each pair").Within(0, 2));
        yield return Measurement.Of("pair-distance-deviation", null, Spread(lengths, influences: null, "influence of each pair"));
        if (gap.Norm == 0)
        {
            const string reason = "There is no gap, so it has no direction.";
            yield return Measurement.Without("pair-direction-mean", null, reason);
            yield return Measurement.Without("pair-direction-deviation", null, reason);
            foreach (string modality in new[] { evidence.First, evidence.Second })
            {
                yield return Measurement.Without("pair-orthogonality-mean", modality, reason);
                yield return Measurement.Without("pair-orthogonality-deviation", modality, reason);
            }
            yield break;
        }
        foreach (Measurement measurement in Both("pair-direction", null, gap.OfPairs(), "No pair is apart."))
            yield return measurement;
        foreach (Measurement measurement in Both("pair-orthogonality", evidence.First, gap.OfDeviations(evidence.X), "All rows coincide."))
            yield return measurement;
        foreach (Measurement measurement in Both("pair-orthogonality", evidence.Second, gap.OfDeviations(evidence.Y), "All rows coincide."))
            yield return measurement;
    }

    private static IEnumerable<Measurement> Both(string id, string? subject, DirectionCosines? cosines, string reason)
    {
        if (cosines is null)
            return [Measurement.Without(id + "-mean", subject, reason), Measurement.Without(id + "-deviation", subject, reason)];
        const string method = "influence of each pair, on the means too";
        return
        [
            Measurement.Of(id + "-mean", subject, Jackknife.FromInfluences(cosines.Mean, cosines.OnMean, method).Within(-1, 1)),
            Measurement.Of(id + "-deviation", subject, Spread(cosines.Values, cosines.OnDeviation, method)),
        ];
    }

    // Without influences of their own, values move their deviation as independent numbers do.
    private static Estimate Spread(double[] values, double[]? influences, string method)
    {
        double mean = values.Average();
        double[] squares = Array.ConvertAll(values, value => (value - mean) * (value - mean));
        double deviation = Math.Sqrt(squares.Average());
        return deviation == 0
            ? Estimate.Exact(0, "all are equal", values.Length)
            : Jackknife.OfPositive(deviation, influences ?? Array.ConvertAll(squares, square => square / (2 * deviation)), method).Within(0, 1);
    }

    private static MeasureInfo Info(string id, string name, string definition, string formula, string range, string reading, string reference) => new()
    {
        Id = id,
        Name = name,
        Definition = definition,
        Formula = formula,
        Range = range,
        Reading = reading,
        Reference = reference,
    };
}

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
