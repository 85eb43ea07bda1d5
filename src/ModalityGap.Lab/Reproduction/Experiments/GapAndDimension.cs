using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Does the gap depend on the embedding's dimension? Liang et al. (supplementary Figure 16) find no change from 64 to 512, Fahim et al. a growth from 32 to 128. Free points from two cones,
/// in several dimensions, trained for a short and for a long time.
/// </summary>
internal sealed class GapAndDimension : IExperiment
{
    private const double LogScale = 2.6593, Cosine = 0.71;

    public string Id => "gap-and-dimension";

    public string Title => "Beyond the paper: gap against embedding dimension, early and late";

    private sealed record Sizes(int Pairs, int[] Dimensions, int[] Marks, double Rate, int Seeds)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full
            ? new(256, [8, 16, 32, 64, 128, 256, 512], [0, 20, 100, 500, 4000], 4, 4)
            : new(64, [4, 8, 16, 32], [0, 20, 400], 4, 2);
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("pairs", Cells.Of(sizes.Pairs)),
            new("start", $"two cones of cosine {Cells.Of(Cosine)}, as the paper's untrained encoders: a gap of about 1.19"),
            new("dimensions", string.Join(", ", sizes.Dimensions)),
            new("steps", $"{sizes.Marks[^1]} of rate {Cells.Of(sizes.Rate)} on the sphere, temperature learned from 0.07 at a hundredth of that rate"),
            new("seeds", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 8 : 0.1;

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
                "With many dimensions for few pairs the loss reaches nearly 0 before the gap closes, and with it the force that would close it; with few dimensions the loss stays, and goes on closing the gap.",
            ],
        };
    }

    // At each mark: step, loss, gap, temperature.
    private static double[][] Trajectory(int d, int seed, Sizes sizes, ExperimentContext context)
    {
        var normal = new NormalDraws(context.Random.Fork($"dimensions {d}", seed));
        double[] one = PointMeasures.Axis(d, normal), other = Orthogonal(PointMeasures.Axis(d, normal), one);
        float[] first = PointMeasures.Cone(sizes.Pairs, d, Cosine, one, normal), second = PointMeasures.Cone(sizes.Pairs, d, Cosine, other, normal);
        var points = new PointContrast(first, second, d, LogScale, context.Work);
        List<double[]> seen = [];
        for (int step = 0; step <= sizes.Marks[^1]; step++)
        {
            context.Work.Cancellation.ThrowIfCancellationRequested();
            if (sizes.Marks.Contains(step))
                seen.Add([step, points.Evaluate(), PointMeasures.Gap(first, second, d), Math.Exp(-points.LogScale)]);
            points.Step(sizes.Rate, sizes.Rate / 100, onSphere: true);
        }
        return [.. seen];
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
        Estimate low = Gap(runs[sizes.Dimensions[0]], ^1), high = Gap(runs[sizes.Dimensions[^1]], ^1);
        return new Outcome(
            "fahim-dimension", high.Low > low.High ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"On free points, after {sizes.Marks[^1]} steps, when the loss has all but stopped: the gap grows with the dimension. Fahim et al. train small sets to a loss near 0, which is this case.",
            [.. sizes.Dimensions.Select(d => new OwnNumber($"gap, d = {d}", Gap(runs[d], ^1)))]);
    }

    private static Outcome Early(Dictionary<int, double[][][]> runs, Sizes sizes)
    {
        Index early = sizes.Marks.Length > 3 ? 2 : 1;
        int[] shown = [.. sizes.Dimensions.Where(d => d >= 64 || sizes.Dimensions[^1] < 64)];
        double[] gaps = [.. shown.Select(d => Gap(runs[d], early).Value)];
        double spread = (gaps.Max() - gaps.Min()) / gaps.Average(), late = shown.Select(d => Gap(runs[d], ^1).Value).Max() - shown.Select(d => Gap(runs[d], ^1).Value).Min();
        return new Outcome(
            "supplementary-figure-16", spread < 0.15 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"On free points, not CC3M: after {sizes.Marks[early]} steps the gaps of d = {shown[0]} to {shown[^1]} differ by {100 * spread:0} % of their mean, for they are still those of the start; after {sizes.Marks[^1]} steps "
            + $"they span {InWords.Number(late)}. Fifteen epochs on three million pairs are far from a loss of 0. So the two works look at two ends of one training.",
            [.. shown.Select(d => new OwnNumber($"gap after {sizes.Marks[early]} steps, d = {d}", Gap(runs[d], early)))]);
    }

    private static Estimate Gap(double[][][] runs, Index mark) => StudentInterval.Mean([.. runs.Select(run => run[mark][2])], "seeds");

    private static ResultTable Table(Dictionary<int, double[][][]> runs, Sizes sizes) => new(
        "gaps", "Loss, gap and temperature by dimension", ["dimensions", "seed", "step", "loss", "gap", "temperature"],
        [
            .. from d in sizes.Dimensions
               from seed in Enumerable.Range(0, sizes.Seeds)
               from mark in runs[d][seed]
               select (IReadOnlyList<string>)[Cells.Of(d), Cells.Of(seed + 1), .. Cells.Row(mark)],
        ]);

    private static Chart Figure(Dictionary<int, double[][][]> runs, Sizes sizes)
    {
        double[] dimensions = [.. sizes.Dimensions.Select(d => (double)d)];
        return new Chart
        {
            Name = "gap-by-dimension",
            Title = "Early the gap is the same in every dimension; late it grows with it",
            Caption = $"{sizes.Pairs} free pairs from two cones; means over {sizes.Seeds} seeds.",
            Panels =
            [
                new ChartPanel { Heading = "gap", Across = "dimensions", LogAcross = true, Series = [.. sizes.Marks.Select((mark, k) => Series(mark, k, 2))] },
                new ChartPanel { Heading = "loss", Across = "dimensions", LogAcross = true, LogUp = true, Series = [.. sizes.Marks.Select((mark, k) => Series(mark, k, 1))] },
            ],
        };

        ChartSeries Series(int mark, int k, int index) => ChartSeries.Of(
            $"after {mark} steps", SeriesKind.Line, dimensions, sizes.Dimensions.Select(d => runs[d].Average(run => run[k][index])));
    }
}
