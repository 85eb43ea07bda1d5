using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Does the gap depend on the embedding's dimension? Liang et al. (supplementary Figure 16) find no change from 64 to 512, Fahim et al. a growth from
/// 32 to 128. Free points from two cones,
/// in several dimensions, trained for a short and for a long time.
/// </summary>
internal sealed class GapAndDimension : IExperiment
{
    private const double LogScale = 2.6593, Cosine = 0.71;

    public string Id => "gap-and-dimension";

    public string Title => "Beyond the paper: gap against embedding dimension, early and late";

    /// <summary>Losses at which a run is looked at, as shares of ln n, the loss of chance; then the end.</summary>
    private static readonly double[] Shares = [0.5, 0.1, 0.01, 0.001];

    private sealed record Sizes(int Pairs, int[] Dimensions, int Steps, double Rate, int Seeds)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full
            ? new(256, [8, 16, 32, 64, 128, 256, 512], 800, 2, 3)
            : new(48, [4, 8, 16, 32], 600, 0.5, 2);

        /// <summary>The dimensions that the paper's figure has, or those that a quick run has instead.</summary>
        public int[] Large => [.. Dimensions.Where(d => d >= Math.Min(64, Dimensions[^2]))];
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("pairs", Cells.Of(sizes.Pairs)),
            new("start", $"two cones of cosine {Cells.Of(Cosine)}, as the paper's untrained encoders: a gap of about 1.19"),
            new("dimensions", string.Join(", ", sizes.Dimensions)),
            new("steps", $"{sizes.Steps} of rate {Cells.Of(sizes.Rate)} on the sphere, temperature learned from 0.07 at a hundredth of that rate"),
            new("looked at", $"when the loss first falls below {string.Join(", ", Shares.Select(share => Cells.Of(share)))} of ln n, and at the end"),
            new("seeds", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 2 : 0.1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        var runs = new Dictionary<int, double[][][]>();
        double all = sizes.Dimensions.Sum() + 100.0 * sizes.Dimensions.Length, before = 0;
        foreach (int d in sizes.Dimensions)
        {
            double start = before;
            runs[d] = [.. Enumerable.Range(0, sizes.Seeds).Select(seed => context.Part(
                $"dimensions-{d}-seed-{seed + 1}", (start + (d + 100.0) * seed / sizes.Seeds) / all, () => Trajectory(d, seed, sizes, context)))];
            before += d + 100;
        }
        return new Findings
        {
            Outcomes = [Late(runs, sizes), Early(runs, sizes)],
            Tables = [Table(runs, sizes)],
            Charts = [Figure(runs, sizes)],
            Notes =
            [
                "With many dimensions for few pairs the loss reaches nearly 0 before the gap closes, and with it the force that would close it; with "
                    + "few dimensions points must use the gap's direction too.",
            ],
        };
    }

    // At the start, when the loss first falls below each share of ln n, and at the end: step, loss, gap, temperature; NaN where the loss never falls so far.
    private static double[][] Trajectory(int d, int seed, Sizes sizes, ExperimentContext context)
    {
        var normal = new NormalDraws(context.Random.Fork($"dimensions {d}", seed));
        double[] one = PointMeasures.Axis(d, normal), other = Orthogonal(PointMeasures.Axis(d, normal), one);
        float[] first = PointMeasures.Cone(sizes.Pairs, d, Cosine, one, normal), second = PointMeasures.Cone(sizes.Pairs, d, Cosine, other, normal);
        var points = new PointContrast(first, second, d, LogScale, context.Work);
        List<double[]> seen = [Look(0, points.Evaluate())];
        for (int step = 1; step <= sizes.Steps; step++)
        {
            context.Work.Cancellation.ThrowIfCancellationRequested();
            double loss = points.Step(sizes.Rate, sizes.Rate / 100, onSphere: true);
            while (seen.Count <= Shares.Length && loss < Shares[seen.Count - 1] * Math.Log(sizes.Pairs))
                seen.Add(Look(step, loss));
        }
        while (seen.Count <= Shares.Length)
            seen.Add([double.NaN, double.NaN, double.NaN, double.NaN]);
        seen.Add(Look(sizes.Steps, points.Evaluate()));
        return [.. seen];

        double[] Look(int step, double loss) => [step, loss, PointMeasures.Gap(first, second, d), Math.Exp(-points.LogScale)];
    }

    // The same distance of the cones in every dimension, so that nothing but the dimension differs.
    private static double[] Orthogonal(double[] axis, double[] to)
    {
        double along = axis.Zip(to, (a, b) => a * b).Sum();
        double[] rest = [.. axis.Zip(to, (a, b) => a - along * b)];
        double norm = Math.Sqrt(rest.Sum(value => value * value));
        return Array.ConvertAll(rest, value => value / norm);
    }

    private static Outcome Late(Dictionary<int, double[][][]> runs, Sizes sizes)
    {
        Estimate low = Gap(runs[sizes.Dimensions[0]], ^1)!, high = Gap(runs[sizes.Dimensions[^1]], ^1)!;
        return new Outcome(
            "fahim-dimension", high.Low > low.High ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"On free points, after {sizes.Steps} steps, when the loss has all but stopped: the gap grows with the dimension and levels off where "
                + $"{sizes.Pairs} pairs have room. The growth is far smaller than the published one from "
            + "0.10 to 0.66, which the loss on free points does not explain.",
            [.. sizes.Dimensions.Select(d => new OwnNumber($"gap, d = {d}", Gap(runs[d], ^1)!))]);
    }

    private static Outcome Early(Dictionary<int, double[][][]> runs, Sizes sizes)
    {
        double early = Spread(1), late = Spread(^1);
        return new Outcome(
            "supplementary-figure-16", early < 0.15 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"On free points, not CC3M, for d = {sizes.Large[0]} to {sizes.Large[^1]}: when the loss has fallen to half of chance the gaps differ by "
                + $"{100 * early:0} % of their mean, at the end by {100 * late:0} %. In small "
            + "dimensions the loss cannot be lowered without closing the gap, in large ones it can: the two works look at two parts of one curve.",
            [.. sizes.Large.Select(d => (Dimensions: d, Gap: Gap(runs[d], 1))).Where(one => one.Gap is not null)
                .Select(one => new OwnNumber($"gap at half the loss of chance, d = {one.Dimensions}", one.Gap!))]);

        double Spread(Index mark)
        {
            double[] gaps = [.. sizes.Large.Select(d => Gap(runs[d], mark)).OfType<Estimate>().Select(gap => gap.Value)];
            return gaps.Length == 0 ? double.PositiveInfinity : (gaps.Max() - gaps.Min()) / gaps.Average();
        }
    }

    /// <summary>The mean over seeds, or <c>null</c> where a seed did not come so far.</summary>
    private static Estimate? Gap(double[][][] runs, Index mark) =>
        runs.Any(run => double.IsNaN(run[mark][2])) ? null : StudentInterval.Mean([.. runs.Select(run => run[mark][2])], "seeds");

    private static ResultTable Table(Dictionary<int, double[][][]> runs, Sizes sizes) => new(
        "gaps", "Loss, gap and temperature by dimension", ["dimensions", "seed", "step", "loss", "gap", "temperature"],
        [
            .. from d in sizes.Dimensions
               from seed in Enumerable.Range(0, sizes.Seeds)
               from mark in runs[d][seed]
               where double.IsFinite(mark[0])
               select (IReadOnlyList<string>)[Cells.Of(d), Cells.Of(seed + 1), .. Cells.Row(mark)],
        ]);

    private static Chart Figure(Dictionary<int, double[][][]> runs, Sizes sizes)
    {
        double[] dimensions = [.. sizes.Dimensions.Select(d => (double)d)];
        return new Chart
        {
            Name = "gap-by-dimension",
            Title = "The gap that is left grows with the dimension, and levels off where the pairs have room",
            Caption = $"{sizes.Pairs} free pairs from two cones; means over {sizes.Seeds} seeds, when the loss first falls below a share of ln n, and "
                + "at the end.",
            Panels =
            [
                new ChartPanel { Heading = "gap", Across = "dimensions", LogAcross = true, Series = [.. Names.Select((name, k) => Series(name, k, 2))] },
                new ChartPanel { Heading = "steps", Across = "dimensions", LogAcross = true, LogUp = true,
                    Series = [.. Names.Select((name, k) => Series(name, k, 0))] },
            ],
        };

        // What a seed did not reach is left out of the drawing.
        ChartSeries Series(string name, int k, int index)
        {
            double[] reached = [.. dimensions.Where(d => runs[(int)d].All(run => double.IsFinite(run[k][index])))];
            return ChartSeries.Of(name, SeriesKind.Line, reached, reached.Select(d => runs[(int)d].Average(run => run[k][index])));
        }
    }

    private static IEnumerable<string> Names => ["start", .. Shares.Select(share => $"loss {Cells.Of(share)} ln n"), "end"];
}
