using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Explanations;

/// <summary>
/// Where each curve of a landscape is lowest. Around the lowest grid point the loss is taken at four more points, and closer where the curve
/// bends too sharply for the polynomial through all seven. Its interval: a unit moves the minimum by -(slope of its influence) / L''.
/// </summary>
internal static class LandscapeMinima
{
    private static readonly (string Id, Func<DirectedLoss, double> Of)[] Curves =
    [
        ("first-to-second", loss => loss.FirstToSecond),
        ("second-to-first", loss => loss.SecondToFirst),
        ("mean", loss => loss.Mean),
    ];

    /// <summary>The minima of one kind of loss, in the order convention, temperature, curve.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="temperatures">Temperatures.</param>
    /// <param name="grid">The loss on the grid: [convention][step][temperature].</param>
    /// <param name="gap">The remaining gap after a shift.</param>
    /// <param name="work">Threads.</param>
    public static LandscapeMinimum[][] Locate(
        LandscapeLoss loss, IReadOnlyList<double> temperatures, DirectedLoss[][][] grid, ShiftedGap gap, WorkContext work)
    {
        Place[] places =
        [
            .. from convention in Enumerable.Range(0, grid.Length)
               from temperature in Enumerable.Range(0, temperatures.Count)
               from curve in Enumerable.Range(0, Curves.Length)
               let step = LowestStep(grid[convention], temperature, Curves[curve].Of)
               select new Place(convention, temperature, curve, step),
        ];
        (int Convention, int Temperature, int Step)[] brackets =
            [.. places.Where(place => place.IsInside).Select(place => place.Bracket).Distinct()];
        LossPoint[] points =
        [
            .. from bracket in brackets
               from k in Enumerable.Range(0, LandscapeBracket.Inner.Length)
               select new LossPoint(
                   ShiftConvention.All[bracket.Convention].At(LandscapeBracket.Inside(Landscape.Grid[bracket.Step], Landscape.Step, k)), temperatures[bracket.Temperature], false),
        ];
        // The two points at ± half a step carry the slope of the influences.
        PointLoss[] inner = points.Length == 0 ? [] : loss.Evaluate(points, p => p % LandscapeBracket.Inner.Length is 1 or 2);
        LandscapeBracket?[] curves = [.. places.Select(place => place.IsInside ? BracketOf(place, grid[place.Convention], InnerOf(place)) : null)];
        while (Array.Exists(curves, curve => curve is { IsFound: false }))
            LookCloser(curves, places, temperatures, loss);
        (LandscapeMinimum Minimum, ShiftAlongGap Shift)[] found =
            [.. places.Select((place, p) => At(place, loss, temperatures[place.Temperature], grid, InnerOf(place), curves[p]))];
        double[] signed = gap.SignedDistances([.. found.Select(entry => entry.Shift)], work);
        var minima = new LandscapeMinimum[grid.Length][];
        for (int convention = 0; convention < grid.Length; convention++)
            minima[convention] =
            [
                .. from p in Enumerable.Range(0, places.Length)
                   where places[p].Convention == convention
                   select found[p].Minimum with { SignedDistance = signed[p] },
            ];
        return minima;

        ReadOnlySpan<PointLoss> InnerOf(Place place)
        {
            int index = Array.IndexOf(brackets, place.Bracket);
            return index < 0 ? [] : inner.AsSpan(index * LandscapeBracket.Inner.Length, LandscapeBracket.Inner.Length);
        }
    }

    private static (LandscapeMinimum, ShiftAlongGap) At(
        Place place, LandscapeLoss loss, double temperature, DirectedLoss[][][] grid, ReadOnlySpan<PointLoss> inner, LandscapeBracket? bracket)
    {
        Func<DirectedLoss, double> of = Curves[place.Curve].Of;
        DirectedLoss[][] steps = grid[place.Convention];
        double OnGrid(int step) => of(steps[step][place.Temperature]);
        double lowest = OnGrid(place.Step);
        Estimate distance = Estimate.Exact(Landscape.Grid[place.Step], "at the edge of the shifts that were tried", 0);
        if (bracket is not null)
        {
            (double value, lowest, double curvature) = bracket.Lowest();
            distance = curvature > 0
                ? Jackknife.FromInfluences(value, Influences(inner[1], inner[2], place.Curve, curvature), loss.IntervalMethod)
                : Estimate.Exact(value, "the curve is flat there", 0);
        }
        var minimum = new LandscapeMinimum
        {
            Temperature = temperature,
            Batch = loss.Batch,
            Curve = Curves[place.Curve].Id,
            Distance = distance,
            SignedDistance = 0,
            Loss = lowest,
            LossUnshifted = OnGrid(Landscape.Unshifted),
            DefaultGapIsMinimum = distance.Low <= 0 && distance.High >= 0,
        };
        return (minimum, ShiftConvention.All[place.Convention].At(distance.Value));
    }

    // One more round for all curves whose minimum is not yet known closely enough, in one pass.
    private static void LookCloser(LandscapeBracket?[] curves, Place[] places, IReadOnlyList<double> temperatures, LandscapeLoss loss)
    {
        double[][] wanted = Array.ConvertAll(curves, curve => curve?.Wanted() ?? []);
        LossPoint[] points =
        [
            .. wanted.SelectMany((distances, p) => distances.Select(delta => new LossPoint(
                ShiftConvention.All[places[p].Convention].At(delta), temperatures[places[p].Temperature], false))),
        ];
        PointLoss[] losses = loss.Evaluate(points, _ => false);
        int next = 0;
        for (int p = 0; p < curves.Length; p++)
        {
            if (wanted[p].Length == 0)
                continue;
            curves[p]!.Add(wanted[p], [.. losses.AsSpan(next, wanted[p].Length).ToArray().Select(point => Curves[places[p].Curve].Of(point.Mean))]);
            next += wanted[p].Length;
        }
    }

    private static LandscapeBracket BracketOf(Place place, DirectedLoss[][] steps, ReadOnlySpan<PointLoss> inner)
    {
        Func<DirectedLoss, double> of = Curves[place.Curve].Of;
        double OnGrid(int step) => of(steps[step][place.Temperature]);
        return new LandscapeBracket(Landscape.Grid[place.Step], Landscape.Step,
        [
            OnGrid(place.Step - 1), of(inner[0].Mean), of(inner[1].Mean), OnGrid(place.Step), of(inner[2].Mean), of(inner[3].Mean), OnGrid(place.Step + 1),
        ]);
    }

    private static double[] Influences(PointLoss below, PointLoss above, int curve, double curvature)
    {
        var influences = new double[below.First.Length];
        for (int i = 0; i < influences.Length; i++)
        {
            double first = above.First[i] - below.First[i], second = above.Second[i] - below.Second[i];
            double change = curve switch { 0 => first, 1 => second, _ => 0.5 * (first + second) };
            influences[i] = -change / Landscape.Step / curvature;
        }
        return influences;
    }

    private static int LowestStep(DirectedLoss[][] steps, int temperature, Func<DirectedLoss, double> of) =>
        Enumerable.Range(0, steps.Length).MinBy(step => of(steps[step][temperature]));

    private readonly record struct Place(int Convention, int Temperature, int Curve, int Step)
    {
        public bool IsInside => Step > 0 && Step < Landscape.Grid.Length - 1;

        public (int Convention, int Temperature, int Step) Bracket => (Convention, Temperature, Step);
    }
}
