namespace ModalityGap.Explanations;

/// <summary>
/// One curve of a landscape around its lowest grid point: the losses at seven Chebyshev-Lobatto points, of which the middle and the ends lie
/// on the grid, and a polynomial through them. Where the curve bends too sharply for it, the loss is wanted at some more points beside the
/// lowest place, in up to three rounds, each closer than the one before.
/// </summary>
internal sealed class LandscapeBracket
{
    /// <summary>The points between those of the grid, as shares of the radius: ±sin 60°, ±sin 30°.</summary>
    public static readonly double[] Inner = [-0.8660254037844386, -0.5, 0.5, 0.8660254037844386];

    private static readonly double[] Nodes = [-1, Inner[0], Inner[1], 0, Inner[2], Inner[3], 1];

    private static readonly double[] EverySecond = [-1, -0.5, 0, 0.5, 1];

    /// <summary>How far beside the lowest place each round looks, as shares of the radius.</summary>
    private static readonly double[] Reach = [0.16, 0.04, 0.016];

    /// <summary>The minimum is found when it moves by less than this share of the radius, 0.001 on a grid of 0.25.</summary>
    private const double SamePlace = 0.004;

    /// <summary>And when, before any round, the loss there does not depend on the polynomial's degree beyond this share.</summary>
    private const double SameLoss = 1e-5;

    private readonly double centre, radius;
    private readonly double[] seven;
    private readonly List<(double At, double Loss)> known;
    private double best;
    private int round;

    /// <param name="centre">δ of the lowest grid point.</param>
    /// <param name="radius">The grid's step.</param>
    /// <param name="losses">The losses at the seven points, by ascending δ.</param>
    public LandscapeBracket(double centre, double radius, double[] losses)
    {
        this.centre = centre;
        this.radius = radius;
        seven = losses;
        known = [.. Nodes.Zip(losses)];
        best = LowestOf(Nodes, seven, -1, 1);
        double[] fewer = [losses[0], losses[2], losses[3], losses[4], losses[6]];
        double loss = Interpolate(Nodes, seven, best);
        IsFound = Math.Abs(best - LowestOf(EverySecond, fewer, -1, 1)) < SamePlace
            && Math.Abs(loss - Interpolate(EverySecond, fewer, best)) < SameLoss * Math.Abs(loss);
    }

    /// <summary>Whether no more points are wanted.</summary>
    public bool IsFound { get; private set; }

    /// <summary>The δ of an inner point around a grid point.</summary>
    public static double Inside(double centre, double radius, int k) => centre + radius * Inner[k];

    /// <summary>The δ at which the loss is wanted next.</summary>
    public double[] Wanted() =>
        IsFound ? [] : [Distance(best - Reach[round]), Distance(best), Distance(best + Reach[round])];

    /// <summary>Takes the losses at the wanted points.</summary>
    public void Add(double[] distances, double[] losses)
    {
        for (int k = 0; k < distances.Length; k++)
        {
            double at = (distances[k] - centre) / radius;
            // A point that all but coincides with another one tells nothing and spoils the division.
            if (known.TrueForAll(point => Math.Abs(point.At - at) > 1e-3))
                known.Add((at, losses[k]));
        }
        known.Sort();
        double before = best;
        best = LowestNearby();
        IsFound = ++round == Reach.Length || Math.Abs(best - before) < SamePlace;
    }

    /// <summary>The lowest point of the curve: δ, loss and second derivative.</summary>
    public (double Distance, double Loss, double Curvature) Lowest()
    {
        const double step = 0.2;
        double middle = Math.Clamp(best, -1 + step, 1 - step);
        // On the scale of the bracket, as the slopes of the influences are.
        double bend = Interpolate(Nodes, seven, middle - step) - 2 * Interpolate(Nodes, seven, middle) + Interpolate(Nodes, seven, middle + step);
        (double[] at, double[] losses) = round == 0 ? (Nodes, seven) : Around(LowestKnown());
        return (Distance(best), Interpolate(at, losses, best), bend / (step * step * radius * radius));
    }

    private double Distance(double at) => centre + radius * Math.Clamp(at, -1, 1);

    // The minimum lies between the neighbours of the lowest point that is known.
    private double LowestNearby()
    {
        int lowest = LowestKnown();
        (double[] at, double[] losses) = Around(lowest);
        return LowestOf(at, losses, known[Math.Max(lowest - 1, 0)].At, known[Math.Min(lowest + 1, known.Count - 1)].At);
    }

    private int LowestKnown() => Enumerable.Range(0, known.Count).MinBy(k => known[k].Loss);

    private (double[] At, double[] Losses) Around(int index)
    {
        int first = Math.Clamp(index - 2, 0, known.Count - 5);
        (double At, double Loss)[] five = [.. known.Skip(first).Take(5)];
        return (Array.ConvertAll(five, point => point.At), Array.ConvertAll(five, point => point.Loss));
    }

    private static double LowestOf(double[] nodes, double[] losses, double from, double to)
    {
        const int scan = 400;
        double width = (to - from) / scan;
        double place = Enumerable.Range(0, scan + 1).Select(s => from + s * width).MinBy(t => Interpolate(nodes, losses, t));
        double left = Math.Max(from, place - width), right = Math.Min(to, place + width);
        for (int k = 0; k < 40; k++)
        {
            double a = left + (right - left) / 3, b = right - (right - left) / 3;
            if (Interpolate(nodes, losses, a) <= Interpolate(nodes, losses, b))
                right = b;
            else
                left = a;
        }
        return 0.5 * (left + right);
    }

    // Neville's scheme: the value of the polynomial through all nodes.
    private static double Interpolate(double[] nodes, double[] values, double t)
    {
        Span<double> part = stackalloc double[values.Length];
        values.CopyTo(part);
        for (int degree = 1; degree < part.Length; degree++)
            for (int k = 0; k < part.Length - degree; k++)
                part[k] = ((t - nodes[k + degree]) * part[k] + (nodes[k] - t) * part[k + 1]) / (nodes[k] - nodes[k + degree]);
        return part[0];
    }
}
