using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Numerics;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>How many dimensions a random network keeps, by depth (Zhang et al., "Connect, Collapse, Corrupt"): before a layer's ReLU, as was printed, and after it.</summary>
internal sealed class DimensionsByDepth : IExperiment
{
    private const string Claim = "c3-depth";

    private const int Layers = 45, Every = 5;

    private const double Share = 0.99;

    /// <summary>How exactly a point of the printed figure can be read, in dimensions.</summary>
    private const double Reading = 5;

    public string Id => "dimensions-by-depth";

    public string Title => "Beyond the paper: a random network keeps fewer dimensions the deeper it is";

    private sealed record Sizes(int Width, int Inputs, int Networks)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(512, 5000, 5) : new(512, 600, 2);
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("network", $"{Layers} ReLU layers of width {sizes.Width}, no bias"),
            new("inputs", $"{sizes.Inputs} from N(0, I)"),
            new("networks", Cells.Of(sizes.Networks)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 2 : 0.2;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        double[][][] networks =
        [
            .. Enumerable.Range(0, sizes.Networks).Select(network =>
                context.Part($"network-{network + 1}", (double)network / sizes.Networks, () => Kept(sizes, network, context))),
        ];
        double[][] before = [.. networks.Select(kept => kept[0])], after = [.. networks.Select(kept => kept[1])];
        return new Findings
        {
            Outcomes = [Judge(before, after, context.IsFull)],
            Tables = [Table(before, after)],
            Charts = [Figure(before, after)],
            Notes =
            [
                "A ReLU adds directions that the layer's linear map, of falling spectrum, had lost: after it more of them count than before it.",
            ],
        };
    }

    // Of one network, for every fifth layer: dimensions before its ReLU, and after it.
    private static double[][] Kept(Sizes sizes, int network, ExperimentContext context)
    {
        RandomStream random = context.Random.Fork("network", network);
        var rows = new float[sizes.Inputs * sizes.Width];
        new NormalDraws(random.Fork("inputs")).Fill(rows, 1);
        List<double> before = [], after = [];
        new RandomNetwork(sizes.Width, Activation.ReLU, Math.Sqrt(2.0 / sizes.Width), 0) { ActsLate = true }.Run(rows, Layers, random, context.Work, layer =>
        {
            if (layer % Every != 0)
                return;
            before.Add(Dimensions(rows, sizes, context));
            after.Add(layer == 0 ? before[0] : Dimensions(Array.ConvertAll(rows, value => Math.Max(0, value)), sizes, context));
        });
        return [[.. before], [.. after]];
    }

    private static double Dimensions(float[] rows, Sizes sizes, ExperimentContext context)
    {
        var sum = new double[sizes.Width];
        for (int i = 0; i < rows.Length; i++)
            sum[i % sizes.Width] += rows[i];
        return new ModalityMoments("rows", new RowMatrix(rows, sizes.Inputs, sizes.Width), sum, context.Work).DimensionsFor(Share);
    }

    private static Outcome Judge(double[][] before, double[][] after, bool full)
    {
        double[] printed = Printed();
        int[] outside =
        [
            .. Enumerable.Range(0, printed.Length).Where(k =>
            {
                (double low, double high) = StudentInterval.Next([.. before.Select(kept => kept[k])]);
                return printed[k] < low - Reading || printed[k] > high + Reading;
            }),
        ];
        double apart = printed.Select((value, k) => Math.Abs(Mean(after, k) / value - 1)).Max();
        return new Outcome(
            Claim,
            !full ? ClaimStatus.DirectionOnly : outside.Length == 0 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            "Counted before the layer's ReLU, one more network would lie "
                + (outside.Length == 0 ? "where the printed numbers are, at every layer" : $"elsewhere than is printed at layer {string.Join(", ", outside.Select(k => Every * k))}")
                + $". Counted after it, up to {100 * apart:0} % more are kept. What was counted is not said; the numbers tell. Reading off a point is taken to be good to {Reading:0} dimensions.",
            [
                .. printed.Select((_, k) => new OwnNumber($"layer {Every * k}", StudentInterval.Mean([.. before.Select(kept => kept[k])], "networks"))),
                .. printed.Select((_, k) => new OwnNumber($"layer {Every * k}, after the ReLU", StudentInterval.Mean([.. after.Select(kept => kept[k])], "networks"))).Skip(1),
            ]);
    }

    private static ResultTable Table(double[][] before, double[][] after) => new(
        "dimensions",
        "The fewest principal directions with 99 % of the variance",
        ["network", "layer", "before its ReLU", "after it"],
        [
            .. from network in Enumerable.Range(0, before.Length)
               from k in Enumerable.Range(0, before[network].Length)
               select (IReadOnlyList<string>)Cells.Row(network + 1, Every * k, before[network][k], after[network][k]),
        ]);

    private static Chart Figure(double[][] before, double[][] after)
    {
        double[] layers = [.. before[0].Select((_, k) => (double)Every * k)];
        return new Chart
        {
            Name = "dimensions-by-depth",
            Title = "A random ReLU network keeps fewer and fewer dimensions",
            Caption = "The fewest principal directions with 99 % of the variance, by layer: means over networks; the printed numbers beside ours.",
            Panels =
            [
                new ChartPanel
                {
                    Heading = "dimensions with 99 % of the variance",
                    Across = "layer",
                    Series =
                    [
                        ChartSeries.Of("before the ReLU", SeriesKind.Line, layers, layers.Select((_, k) => Mean(before, k))),
                        ChartSeries.Of("after it", SeriesKind.Line, layers, layers.Select((_, k) => Mean(after, k))),
                        ChartSeries.Of("printed", SeriesKind.Dashed, layers, Printed()),
                    ],
                },
            ],
        };
    }

    private static double[] Printed() => [.. ClaimList.All.Single(claim => claim.Id == Claim).Published.Select(one => one.Value)];

    private static double Mean(double[][] networks, int k) => networks.Average(kept => kept[k]);
}
