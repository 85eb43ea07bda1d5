using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Dimensional collapse (Zhang et al., "Connect, Collapse, Corrupt"): points that vary in few dimensions keep the gap of those in which neither
/// modality varies, while the loss falls.
/// </summary>
internal sealed class DimensionalCollapse : IExperiment
{
    /// <summary>The published step size; ours are larger and fewer, which follows the same flow.</summary>
    private const double PublishedRate = 0.1, LogScale = 2.6593;

    private const int PublishedSteps = 80_000, Marks = 4;

    /// <summary>Where the temperature is learned at the same rate it needs small steps; the beginning shows what becomes of it.</summary>
    private const int FineSteps = 16_000;

    private const double EarlyShare = 0.025;

    public string Id => "dimensional-collapse";

    public string Title => "Beyond the paper: a gap in dimensions where nothing varies stays";

    private sealed record Sizes(int Pairs, int Dimensions, int First, int Second, int Steps, int Seeds)
    {
        /// <summary>Dimensions in which neither modality varies.</summary>
        public int Idle => Dimensions - First - Second;

        public double Rate => PublishedRate * PublishedSteps / Steps;

        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(500, 512, 25, 230, 1000, 3) : new(100, 128, 6, 58, 400, 2);
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("pairs", Cells.Of(sizes.Pairs)),
            new("dimensions", $"{sizes.Dimensions}: {sizes.First} vary in the first modality, {sizes.Second} others in the second"),
            new("steps", $"{sizes.Steps} of rate {Cells.Of(sizes.Rate)} (published: 80,000 of 0.1)"),
            new("seeds", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 6 : 0.1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        double[][][] runs =
        [
            .. Enumerable.Range(0, sizes.Seeds).Select(seed =>
                context.Part($"seed-{seed + 1}", seed / (sizes.Seeds + 1.5), () => Trajectory(sizes, seed, context, scaleRate: 0))),
        ];
        double[][] learned = context.Part("learned-scale", sizes.Seeds / (sizes.Seeds + 1.5), () =>
            Trajectory(sizes with { Steps = FineSteps }, 0, context, scaleRate: 1, until: EarlyShare));
        return new Findings
        {
            Outcomes = [Toy(runs, learned, sizes, context.IsFull), Constant(sizes, runs)],
            Tables = [Table(runs, sizes)],
            Charts = [Figure(runs, sizes)],
            Notes =
            [
                "Points keep their norm of about √d, so a step of 0.1 moves a unit vector by 0.1/d of the gradient: the flow is slow, and larger steps "
                    + "follow it.",
                "The dimensions in which neither modality varies are spanned by two vectors, one of each modality; the flow is computed in that many "
                    + "fewer dimensions, without approximation.",
            ],
        };
    }

    // At the start and after each quarter: loss, gap, gap in the idle dimensions, log-scale.
    private static double[][] Trajectory(Sizes sizes, int seed, ExperimentContext context, double scaleRate, double until = 1)
    {
        (float[] first, float[] second, int dimensions) = Start(sizes, new NormalDraws(context.Random.Fork("toy", seed)));
        var points = new PointContrast(first, second, dimensions, LogScale, context.Work);
        List<double[]> marks = [];
        int last = (int)(sizes.Steps * until), every = Math.Max(1, last / Marks);
        for (int step = 0; step <= last; step++)
        {
            context.Work.Cancellation.ThrowIfCancellationRequested();
            if (step % every == 0)
                marks.Add([points.Evaluate(), PointMeasures.Gap(first, second, dimensions), IdleGap(first, second, dimensions), points.LogScale]);
            points.Step(sizes.Rate, scaleRate * sizes.Rate, onSphere: false);
        }
        return [.. marks];
    }

    // First the dimensions in which the first modality varies, then those of the second, then the plane of what is constant in both.
    private static (float[] First, float[] Second, int Dimensions) Start(Sizes sizes, NormalDraws normal)
    {
        double[] ofFirst = new double[sizes.Dimensions], ofSecond = new double[sizes.Dimensions];
        normal.Fill(ofFirst, 1);
        normal.Fill(ofSecond, 1);
        int varying = sizes.First + sizes.Second, dimensions = varying + 2;
        double a = 0, along = 0, b = 0;
        for (int k = varying; k < sizes.Dimensions; k++)
        {
            a += ofFirst[k] * ofFirst[k];
            along += ofFirst[k] * ofSecond[k];
            b += ofSecond[k] * ofSecond[k];
        }
        float[] first = new float[sizes.Pairs * dimensions], second = new float[sizes.Pairs * dimensions];
        for (int i = 0; i < sizes.Pairs; i++)
        {
            Span<float> x = first.AsSpan(i * dimensions, dimensions), y = second.AsSpan(i * dimensions, dimensions);
            for (int k = 0; k < varying; k++)
                (x[k], y[k]) = ((float)(k < sizes.First ? normal.Next() : ofFirst[k]), (float)(k < sizes.First ? ofSecond[k] : normal.Next()));
            (x[varying], x[varying + 1]) = ((float)Math.Sqrt(a), 0);
            (y[varying], y[varying + 1]) = ((float)(along / Math.Sqrt(a)), (float)Math.Sqrt(b - along * along / a));
        }
        return (first, second, dimensions);
    }

    private static double IdleGap(float[] first, float[] second, int dimensions)
    {
        Embeddings.PairedEmbeddings pairs = PointMeasures.Pairs(first, second, dimensions);
        double[] gap = new Measures.PairMoments(pairs).GapVector();
        return Math.Sqrt(gap[^1] * gap[^1] + gap[^2] * gap[^2]);
    }

    // Xavier's variance with a ReLU halves the squared norm in each layer; twice the variance has the same directions and keeps float32 away from its end.

    private static Outcome Toy(double[][][] runs, double[][] learned, Sizes sizes, bool full)
    {
        string[] names = ["loss", "gap", "idle gap"];
        OwnNumber[] ours =
        [
            .. from mark in Enumerable.Range(0, Marks + 1)
               from k in Enumerable.Range(0, names.Length)
               select new OwnNumber($"{names[k]}, step {mark * PublishedSteps / Marks}", StudentInterval.Mean([.. runs.Select(run => run[mark][k])], "seeds")),
        ];
        double kept = runs.Average(run => run[^1][2] / run[0][2]);
        return new Outcome(
            "c3-toy", !full ? ClaimStatus.DirectionOnly : kept is > 0.93 and < 0.97 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"The share of the idle gap that is left ({InWords.Number(kept)}; printed 0.9718/1.0228 = 0.950) and the nearly straight fall of the loss "
                + "are those of the printed run, whose own starting points are not "
            + "published. Its temperature cannot have been learned at the printed rate: then the scale falls from 14.3 to "
            + $"{InWords.Number(Math.Exp(learned[^1][3]))} in the first 2,000 published steps, and the loss is {InWords.Number(learned[^1][0])} "
            + "there. With the scale kept the trajectory is the printed one, so that is what is run.",
            ours);
    }

    private static Outcome Constant(Sizes sizes, double[][][] runs)
    {
        // Of two independent unit vectors the m idle coordinates out of d differ by 2m/d in the mean square.
        double expected = Math.Sqrt(2.0 * sizes.Idle / sizes.Dimensions);
        return new Outcome(
            "c3-constant-dimensions", ClaimStatus.Reproduced,
            "Of two sets that are constant in m of d coordinates, each with a value drawn from N(0, 1) before rows are set to norm 1, the squared gap "
                + "is 2m/d in the mean: √(2·257/512) = 1.0020.",
            new OwnNumber("gap in the idle dimensions, expected", Estimate.Exact(expected, "√(2m/d)", 1)),
            new OwnNumber("gap in the idle dimensions, drawn", StudentInterval.Mean([.. runs.Select(run => run[0][2])], "seeds")));
    }

    private static ResultTable Table(double[][][] runs, Sizes sizes) => new(
        "trajectory", "The toy's trajectory", ["seed", "published step", "loss", "gap", "gap in idle dimensions"],
        [
            .. from seed in Enumerable.Range(0, sizes.Seeds)
               from mark in Enumerable.Range(0, Marks + 1)
               select (IReadOnlyList<string>)Cells.Row(seed + 1, mark * PublishedSteps / Marks, runs[seed][mark][0], runs[seed][mark][1], runs[seed][mark][2]),
        ]);

    private static Chart Figure(double[][][] runs, Sizes sizes)
    {
        double[] steps = [.. Enumerable.Range(0, Marks + 1).Select(mark => (double)mark * PublishedSteps / Marks)];
        IReadOnlyList<PublishedNumber> published = ClaimList.All.First(claim => claim.Id == "c3-toy").Published;
        return new Chart
        {
            Name = "toy",
            Title = "The loss falls to half; the gap in dimensions where nothing varies keeps 95 % of its length",
            Caption = $"{sizes.Pairs} free pairs in {sizes.Dimensions} dimensions, {sizes.Idle} of them idle; steps as published. Dashed: the printed run.",
            Panels =
            [
                new ChartPanel { Heading = "loss", Across = "step", Series = [.. Own(0), Printed(0)] },
                new ChartPanel { Heading = "gap in the idle dimensions", Across = "step", Series = [.. Own(2), Printed(2)] },
            ],
        };

        IEnumerable<ChartSeries> Own(int k) =>
            runs.Select((run, seed) => ChartSeries.Of($"seed {seed + 1}", SeriesKind.Line, steps, run.Select(mark => mark[k])));

        ChartSeries Printed(int k) =>
            ChartSeries.Of("printed", SeriesKind.Dashed, steps, published.Where((_, index) => index % 3 == k).Select(one => one.Value));
    }
}
