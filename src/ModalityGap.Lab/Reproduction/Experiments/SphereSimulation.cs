using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Figure 3(e-g) and supplementary Figure 9: six pairs on the equator, whose texts move towards a pole, with and without two swapped texts; and nine
/// pairs on two rings (code only).
/// </summary>
internal sealed class SphereSimulation : IExperiment
{
    private const double Degree = Math.PI / 180, ReadOff = 0.02;

    private const string Closed = "closed form on the sphere";

    private static readonly double[] Scales = [100, 50, 35, 5, 1], RingScales = [1, 5, 10, 50, 100, 500, 1000];

    public string Id => "figure-3-sphere";

    public string Title => "Figure 3(e-g): mismatched pairs alone make a gap, at low temperatures";

    public IReadOnlyList<Setting> Settings(Effort effort) =>
    [
        new("six pairs", "longitudes 20° apart as in the code, 15° as in the text; the first two texts swapped, or none"),
        new("inverse temperatures", string.Join(", ", Scales.Select(Cells.Of))),
        new("nine pairs", "rings at latitudes ±λ, 5.4° apart, texts 3 and 8 (counted from 0) swapped, or none"),
        new("their inverse temperatures", string.Join(", ", RingScales.Select(Cells.Of))),
    ];

    public double Minutes(Effort effort) => 0.02;

    public Findings Run(ExperimentContext context)
    {
        SphereLoss with = SphereLoss.Of(6, 20 * Degree, (0, 1)), without = SphereLoss.Of(6, 20 * Degree, null), narrow = SphereLoss.Of(6, 15 * Degree, (0, 1));
        SphereLoss rings = SphereLoss.Of(9, 0.03 * Math.PI, (3, 8)), matched = SphereLoss.Of(9, 0.03 * Math.PI, null);
        return new Findings
        {
            Outcomes = [Swapped(with), Matched(without), Edge(with), Temperature(with), Step(with, narrow), Rings(rings, matched)],
            Tables = [SixPairs(with, without, narrow), NinePairs(rings, matched)],
            Charts = [Figure(with, without)],
            Notes =
            [
                "All curves are one: the cosines between the circles are cos Δθ cos(φ_i - φ_j), so the loss depends on s cos Δθ alone. Lowering the "
                    + "temperature below the best one makes a gap "
                + "with cos Δθ = s*/s.",
            ],
        };
    }

    private static Outcome Swapped(SphereLoss with)
    {
        OwnNumber[] ours =
        [
            .. Scales.Select(scale => Number($"loss at 0, scale {scale}", with.At(scale))),
            .. Scales.Take(3).SelectMany(scale =>
                new[] { Number($"angle of the minimum, scale {scale}", Minimum(with, scale)),
                    Number($"loss there, scale {scale}", with.At(scale * Math.Cos(Minimum(with, scale) * Degree))) }),
        ];
        return Compare("figure-3-sphere-mismatch", ours, "With 20° between pairs, as in the code.");
    }

    private static Outcome Matched(SphereLoss without) => Compare(
        "figure-3-sphere-matched", [.. Scales.Select(scale => Number($"loss at 0, scale {scale}", without.At(scale)))],
        $"Without swapped texts the loss falls with s cos Δθ throughout: the minimum is at Δθ = "
            + $"{string.Join(", ", Scales.Select(scale => Cells.Of(Math.Round(Minimum(without, scale), 3))))} for the five scales.");

    // Angles on a grid of one degree.
    private static Outcome Compare(string id, OwnNumber[] ours, string remark)
    {
        Dictionary<string, double> own = ours.ToDictionary(one => one.Name, one => one.Estimate.Value);
        string[] off =
        [
            .. ClaimList.All.First(claim => claim.Id == id).Published
                .Where(one => Math.Abs(own[one.Name] - one.Value) > (one.Name.StartsWith("angle", StringComparison.Ordinal) ? 1.5 : ReadOff))
                    .Select(one => one.Name),
        ];
        return new Outcome(
            id, off.Length == 0 ? ClaimStatus.Reproduced : ClaimStatus.Differs, off.Length == 0 ? remark
                : $"{remark} Farther off than a reading by eye explains: {string.Join("; ", off)}.", ours);
    }

    private static Outcome Edge(SphereLoss with) => new(
        "figure-3-sphere-edge", Math.Abs(with.At(0) - Math.Log(6)) < 1e-12 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
        "At a pole all texts coincide: every logit is equal.", Number("loss at ±90°", with.At(0)));

    private static Outcome Temperature(SphereLoss with)
    {
        double best = with.Lowest(1000);
        return new Outcome(
            "section-4.2-repulsion", ClaimStatus.Reproduced,
            $"The loss is lowest at an effective inverse temperature of {Cells.Of(best)}. Below it the minimum is at Δθ = 0, above it at cos Δθ = "
                + $"{Cells.Of(best)} τ: the colder, the wider the gap.",
            Number("inverse temperature at which the gap opens", best));
    }

    private static Outcome Step(SphereLoss with, SphereLoss narrow) => new(
        "figure-3-sphere-step", ClaimStatus.Differs,
        "The text says 15°, the code 20°. The printed curves are those of 20°: with 15° every loss at 0 is another one. The text is wrong.",
        Number("loss at 0, scale 100, 20°", with.At(100)), Number("loss at 0, scale 100, 15°", narrow.At(100)),
        Number("angle of the minimum, scale 100, 20°", Minimum(with, 100)), Number("angle of the minimum, scale 100, 15°", Minimum(narrow, 100)));

    private static Outcome Rings(SphereLoss rings, SphereLoss matched)
    {
        double best = rings.Lowest(5000);
        return new Outcome(
            "two-rings", ClaimStatus.Reproduced,
            "No number is printed. With two swapped texts the rings part beyond an inverse temperature, to a gap of 2 sin λ with cos² λ = s*/s; "
                + "without, they coincide at every one.",
            [
                Number("inverse temperature at which the rings part", best),
                .. RingScales.Select(scale => Number($"gap at the minimum, scale {scale}", RingGap(rings, scale))),
                Number("largest gap without swapped texts", RingScales.Max(scale => RingGap(matched, scale))),
            ]);
    }

    /// <summary>Δθ in degrees.</summary>
    private static double Minimum(SphereLoss loss, double scale) => Math.Acos(Math.Clamp(loss.Lowest(scale) / scale, -1, 1)) / Degree;

    /// <summary>2 sin λ, the distance of the rings' means.</summary>
    private static double RingGap(SphereLoss loss, double scale) => 2 * Math.Sqrt(Math.Max(0, 1 - loss.Lowest(scale) / scale));

    private static OwnNumber Number(string name, double value) => new(name, Estimate.Exact(value, Closed, 1));

    private static ResultTable SixPairs(SphereLoss with, SphereLoss without, SphereLoss narrow) => new(
        "six-pairs", "Six pairs: loss against the distance of the circles", ["degrees", "scale", "swapped, 20°", "matched, 20°", "swapped, 15°"],
        [
            .. from scale in Scales
               from degrees in Enumerable.Range(-18, 37).Select(k => 5 * k)
               let effective = scale * Math.Cos(degrees * Degree)
               select (IReadOnlyList<string>)Cells.Row(degrees, scale, with.At(effective), without.At(effective), narrow.At(effective)),
        ]);

    private static ResultTable NinePairs(SphereLoss rings, SphereLoss matched) => new(
        "nine-pairs", "Nine pairs on two rings: the minimum", ["scale", "gap, swapped", "loss there", "loss without a gap", "gap, matched"],
        [
            .. RingScales.Select(scale => (IReadOnlyList<string>)Cells.Row(
                scale, RingGap(rings, scale), rings.At(rings.Lowest(scale)), rings.At(scale), RingGap(matched, scale))),
        ]);

    private static Chart Figure(SphereLoss with, SphereLoss without)
    {
        double[] degrees = [.. Enumerable.Range(-90, 181).Select(k => (double)k)];
        return new Chart
        {
            Name = "loss-by-angle",
            Title = "Two swapped texts push the modalities apart at low temperatures; without them they meet",
            Caption = "Six pairs 20° apart on the equator; texts moved towards a pole by Δθ. Left: the first two texts are swapped. Right: none is.",
            Panels = [Panel("loss, two texts swapped", with), Panel("loss, all matched", without)],
        };

        ChartPanel Panel(string heading, SphereLoss loss) => new()
        {
            Heading = heading,
            Across = "Δθ in degrees",
            Marked = [0],
            Series = [.. Scales.Select(scale =>
                ChartSeries.Of($"τ = 1/{scale}", SeriesKind.Line, degrees, degrees.Select(angle => loss.At(scale * Math.Cos(angle * Degree)))))],
        };
    }
}
