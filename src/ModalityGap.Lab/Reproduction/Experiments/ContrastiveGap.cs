using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// The contrastive gap (Fahim et al.): one modality, one initialisation, no mismatch. Both clouds start as the same points but for a little noise,
/// and the contrastive loss pulls partners
/// together; does a gap appear?
/// </summary>
internal sealed class ContrastiveGap : IExperiment
{
    private const double LogScale = 2.6593, Cosine = 0.97, Noise = 0.05;

    public string Id => "contrastive-gap";

    public string Title => "Beyond the paper: does the loss make a gap by itself?";

    private sealed record Sizes(int Pairs, int Steps, double Rate, int Seeds)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(128, 2000, 2, 4) : new(48, 300, 2, 2);
    }

    private sealed record Start(string Name, int Dimensions, double Noise, bool Apart);

    private static readonly Start[] Starts =
    [
        new("same points", 128, 0, false),
        new("same points with noise", 128, Noise, false),
        new("same points with noise, 8 dimensions", 8, Noise, false),
        new("two cones", 128, Noise, true),
    ];

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("pairs", Cells.Of(sizes.Pairs)),
            new("starts", string.Join("; ", Starts.Select(start => start.Name)) + $"; cones of cosine {Cells.Of(Cosine)}, noise of length {Cells.Of(Noise)}"),
            new("steps", $"{sizes.Steps} of rate {Cells.Of(sizes.Rate)} on the sphere, temperature learned from 0.07 at a hundredth of that rate"),
            new("seeds", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 1 : 0.1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        var runs = new Dictionary<string, double[][][]>();
        for (int k = 0; k < Starts.Length; k++)
        {
            int index = k;
            runs[Starts[k].Name] =
            [
                .. Enumerable.Range(0, sizes.Seeds).Select(seed => context.Part(
                    $"start-{index + 1}-seed-{seed + 1}", (index + (double)seed / sizes.Seeds) / Starts.Length, () =>
                        Trajectory(Starts[index], seed, sizes, context))),
            ];
        }
        return new Findings
        {
            Outcomes = [Control(runs, context.IsFull), Dispute(runs)],
            Tables = [Table(runs)],
            Charts = [Figure(runs)],
            Notes =
            [
                "Where both clouds are the same points, their gradients are the same to the last bit of the sums: nothing can part them. A gap that "
                    + "appears in training from equal encoders needs something "
                + "that treats the sides differently: dropout, augmentation, or rounding.",
            ],
        };
    }

    // At ten marks, evenly spaced in the logarithm of the step: step, loss, gap, separability, temperature.
    private static double[][] Trajectory(Start start, int seed, Sizes sizes, ExperimentContext context)
    {
        var normal = new NormalDraws(context.Random.Fork(start.Name, seed));
        int d = start.Dimensions;
        double[] axis = PointMeasures.Axis(d, normal);
        float[] first = PointMeasures.Cone(sizes.Pairs, d, Cosine, axis, normal);
        float[] second = start.Apart ? PointMeasures.Cone(sizes.Pairs, d, Cosine, PointMeasures.Axis(d, normal), normal) : [.. first];
        for (int k = 0; k < second.Length; k++)
            second[k] += (float)(start.Noise / Math.Sqrt(d) * normal.Next());
        var points = new PointContrast(first, second, d, LogScale, context.Work);
        int[] marks = [0, .. Enumerable.Range(0, 9).Select(k => (int)Math.Round(Math.Pow(sizes.Steps, (k + 1) / 9.0)))];
        List<double[]> seen = [];
        for (int step = 0; step <= sizes.Steps; step++)
        {
            context.Work.Cancellation.ThrowIfCancellationRequested();
            if (marks.Contains(step))
                seen.Add(
                [
                    step, points.Evaluate(), PointMeasures.Gap(first, second, d), PointMeasures.Separability(first, second, d, context.Work),
                        Math.Exp(-points.LogScale),
                ]);
            points.Step(sizes.Rate, sizes.Rate / 100, onSphere: true);
        }
        return [.. seen];
    }

    private static Outcome Control(Dictionary<string, double[][][]> runs, bool full)
    {
        double[][][] noisy = runs["same points with noise"], same = runs["same points"];
        Estimate gap = At(noisy, 2, last: true), exact = At(same, 2, last: true);
        return new Outcome(
            "fahim-control", full && At(noisy, 3, last: true).Value < 0.9 ? ClaimStatus.Differs : ClaimStatus.DirectionOnly,
            $"Free points instead of encoders and images. From the same points the gap stays {InWords.Number(exact.Value)}; with noise it goes from "
                + $"{InWords.Number(At(noisy, 2, last: false).Value)} to {InWords.Number(gap.Value)}, "
            + $"and a linear cut names the cloud of {100 * At(noisy, 3, last: true).Value:0} % of unseen points. The loss alone does not part two clouds "
            + "that start as one; the small gap of 0.06 that a linear cut finds in published "
            + "training must come from what treats the two sides differently there (dropout, augmentation, rounding).",
            new OwnNumber("gap at the start", At(noisy, 2, last: false)),
            new OwnNumber("gap after training", gap),
            new OwnNumber("separability at the start", At(noisy, 3, last: false)),
            new OwnNumber("separability after training", At(noisy, 3, last: true)),
            new OwnNumber("loss at the start", At(noisy, 1, last: false)),
            new OwnNumber("loss after training", At(noisy, 1, last: true)));
    }

    private static Outcome Dispute(Dictionary<string, double[][][]> runs)
    {
        Estimate cones = At(runs["two cones"], 2, last: true), one = At(runs["same points with noise"], 2, last: true);
        return new Outcome(
            "abstract-both-causes", cones.Low > one.High ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            "On free points: the same loss keeps much of the gap of two cones, and makes next to none from one. Initialisation decides whether there "
                + "is a gap, optimisation whether it stays.",
            new OwnNumber("gap of two cones at the start", At(runs["two cones"], 2, last: false)),
            new OwnNumber("after training", cones),
            new OwnNumber("gap of one cone after training", one));
    }

    private static Estimate At(double[][][] runs, int index, bool last) => StudentInterval.Mean([.. runs.Select(run => run[last ? ^1 : 0][index])], "seeds");

    private static ResultTable Table(Dictionary<string, double[][][]> runs) => new(
        "trajectories", "Loss, gap and separability in training", ["start", "seed", "step", "loss", "gap", "separability", "temperature"],
        [
            .. from start in Starts
               from seed in Enumerable.Range(0, runs[start.Name].Length)
               from mark in runs[start.Name][seed]
               select (IReadOnlyList<string>)[start.Name, Cells.Of(seed + 1), .. Cells.Row(mark)],
        ]);

    private static Chart Figure(Dictionary<string, double[][][]> runs)
    {
        return new Chart
        {
            Name = "gap-in-training",
            Title = "From one cone the loss makes next to no gap; of two cones it keeps much",
            Caption = "Means over seeds. The first mark, at step 0, is left out by the logarithmic axis.",
            Panels =
            [
                new ChartPanel { Heading = "gap", Across = "step", LogAcross = true, Series = [.. Starts.Select(start => Series(start, 2))] },
                new ChartPanel { Heading = "loss", Across = "step", LogAcross = true, LogUp = true, Series = [.. Starts.Select(start => Series(start, 1))] },
            ],
        };

        ChartSeries Series(Start start, int index)
        {
            double[][][] all = runs[start.Name];
            return ChartSeries.Of(
                start.Name, SeriesKind.Line, all[0].Select(mark => mark[0]), Enumerable.Range(0, all[0].Length).Select(k => all.Average(run => run[k][index])));
        }
    }
}
