using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Lab.Training;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Gap, loss and temperature over a long training with a learned temperature, against the rate 1/ln² t (Yaras et al.).</summary>
internal sealed class GapOverTime : GridExperiment
{
    private const string Long = "long";

    public override string Id => "gap-over-time";

    public override string Title => "Beyond the paper: gap, loss and temperature over a long training";

    private static TrainingCell Cell(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return new TrainingCell(Long, "τ learned", scale.Encoder, scale.Training with { Epochs = effort == Effort.Full ? 150 : 12 });
    }

    protected override TrainingCell[] CellsOf(Effort effort) => [Cell(effort)];

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainedRun[] runs = trained.Of(Long);
        return new Findings
        {
            Outcomes = [Rate(runs)],
            Tables = [trained.Table(), Table(runs)],
            Charts = [Figure(runs)],
            Notes = ["t counts steps, of which the learning rate's warm-up and fall are a part; the bound is one on gradient flow for large t."],
        };
    }

    private static Outcome Rate(TrainedRun[] runs)
    {
        int epochs = runs[0].Log.Count - 1, quarter = Math.Max(1, epochs / 4);
        Estimate early = StudentInterval.Mean([.. runs.Select(run => Exponent(run, 1, quarter))], "seeds"),
            late = StudentInterval.Mean([.. runs.Select(run => Exponent(run, quarter, epochs))], "seeds");
        return new Outcome(
            "yaras-rate-encoders", late.Value >= -2 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"Between epoch {quarter} and {epochs} the gap goes like (ln t) to the power {InWords.Number(late)}, in the first {quarter} epochs like the "
                + $"power {InWords.Number(early)}.",
            new OwnNumber("exponent of ln t, last three quarters", late),
            new OwnNumber("exponent of ln t, first quarter", early),
            new OwnNumber("gap at the start", StudentInterval.Mean([.. runs.Select(run => run.Start.Gap)], "seeds")),
            new OwnNumber("gap at the end", StudentInterval.Mean([.. runs.Select(run => run.End.Gap)], "seeds")),
            new OwnNumber("temperature at the end", StudentInterval.Mean([.. runs.Select(run => run.End.Temperature)], "seeds")));
    }

    // d ln gap / d ln ln t between two epochs.
    private static double Exponent(TrainedRun run, int from, int to) =>
        Math.Log(run.Log[to].Gap / run.Log[from].Gap) / Math.Log(Math.Log(Steps(run, to)) / Math.Log(Steps(run, from)));

    private static double Steps(TrainedRun run, int epoch) => (double)epoch * run.StepsPerEpoch;

    private static ResultTable Table(TrainedRun[] runs) => new(
        "epochs", "Gap, loss and temperature after every epoch", ["seed", "epoch", "step", "loss", "temperature", "gap", "recall at 1, first to second",
            "recall at 1, second to first"],
        [
            .. from seed in Enumerable.Range(0, runs.Length)
               from record in runs[seed].Log
               select (IReadOnlyList<string>)[
                   Cells.Of(seed + 1), .. Cells.Row(
                       record.Epoch, Steps(runs[seed], record.Epoch), record.Loss ?? double.NaN, record.Temperature, record.Gap, record.RecallImageToText,
                           record.RecallTextToImage)],
        ]);

    private static Chart Figure(TrainedRun[] runs)
    {
        int[] epochs = [.. Enumerable.Range(1, runs[0].Log.Count - 1)];
        double[] steps = [.. epochs.Select(epoch => Steps(runs[0], epoch))];
        int quarter = Math.Max(1, epochs.Length / 4) - 1;
        double[] gaps = Means(one => one.Gap);
        return new Chart
        {
            Name = "gap-over-steps",
            Title = "Gap, loss and temperature over time",
            Caption = "Means over seeds. Dashed: 1/ln² t through the gap after a quarter of the training.",
            Panels =
            [
                new ChartPanel
                {
                    Heading = "gap",
                    Across = "step",
                    LogAcross = true,
                    LogUp = true,
                    Series =
                    [
                        ChartSeries.Of("τ learned", SeriesKind.Line, steps, gaps),
                        ChartSeries.Of("1/ln² t", SeriesKind.Dashed, steps.Skip(quarter),
                            steps.Skip(quarter).Select(t => gaps[quarter] * Math.Pow(Math.Log(steps[quarter]) / Math.Log(t), 2))),
                    ],
                },
                Panel("loss", one => one.Loss ?? double.NaN), Panel("temperature", one => one.Temperature), Panel("recall at 1, picture to text",
                    one => one.RecallImageToText),
            ],
        };

        double[] Means(Func<EpochRecord, double> number) => [.. epochs.Select(epoch => runs.Average(run => number(run.Log[epoch])))];

        ChartPanel Panel(string heading, Func<EpochRecord, double> number) => new()
        {
            Heading = heading,
            Across = "step",
            LogAcross = true,
            Series = [ChartSeries.Of("τ learned", SeriesKind.Line, steps, Means(number))],
        };
    }
}
