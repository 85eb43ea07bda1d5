using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Ways to treat the temperature that are said to close the gap (Yaras et al.): a schedule, a slow temperature, a fixed one from cold to warm; against a
/// learned one.
/// </summary>
internal sealed class TemperatureSchedules : GridExperiment
{
    private const string Learned = "learned", Slow = "slow", Warming = "warming", Cooling = "cooling";

    private const double Cold = 0.01, Warm = 0.1;

    public override string Id => "temperature-schedules";

    public override string Title => "Beyond the paper: schedules of the temperature, and fixed ones from cold to warm";

    private static double[] Fixed(Effort effort) => effort == Effort.Full ? [0.01, 0.02, 0.04, 0.1, 0.2, 0.4] : [0.01, 0.1, 0.4];

    private static TrainingCell[] Ways(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return
        [
            new(Learned, "τ learned", scale.Encoder, scale.Training),
            new(Slow, "τ learned at a tenth of the rate", scale.Encoder, scale.Training with { TemperatureRate = 0.1 }),
            new(Warming, "τ from 0.01 to 0.1", scale.Encoder with { InitialTemperature = Cold }, scale.Training with { FinalTemperature = Warm }),
            new(Cooling, "τ from 0.1 to 0.01", scale.Encoder with { InitialTemperature = Warm }, scale.Training with { FinalTemperature = Cold }),
        ];
    }

    private static TrainingCell[] Sweep(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return
        [
            .. Fixed(effort).Select((temperature, k) => new TrainingCell(
                $"fixed-{k + 1}", $"τ = {InWords.Number(temperature)}", scale.Encoder with { InitialTemperature = temperature, LearnTemperature = false },
                    scale.Training)),
        ];
    }

    protected override TrainingCell[] CellsOf(Effort effort) => [.. Ways(effort), .. Sweep(effort)];

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] ways = Ways(context.Effort), sweep = Sweep(context.Effort);
        double[] places = Fixed(context.Effort);
        return new Findings
        {
            Outcomes = [Smaller("yaras-schedule", trained, ways, Warming), Smaller("yaras-slow", trained, ways, Slow), Falling(trained, sweep),
                Between(trained, sweep)],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "ways",
                    Title = "Gap and temperature over time",
                    Caption = "Means over seeds.",
                    Panels = [trained.OverTime("gap", ways, one => one.Gap), trained.OverTime("temperature", ways, one => one.Temperature, logUp: true)],
                },
                new Chart
                {
                    Name = "fixed",
                    Title = "Gap and recall at fixed temperatures",
                    Caption = "Means over seeds with Student's intervals.",
                    Panels =
                    [
                        new ChartPanel { Heading = "gap", Across = "temperature", LogAcross = true, Series = [trained.Against("τ fixed", sweep, places,
                            TrainedCells.Gap)] },
                        new ChartPanel { Heading = "recall at 1", Across = "temperature", LogAcross = true, Series = [trained.Against("τ fixed", sweep,
                            places, TrainedCells.Recall)] },
                    ],
                },
            ],
            Notes = ["The published schedules are not described in full; these are straight lines in ln τ. A temperature of its own parametrisation and "
                + "swapped modalities are not tried."],
        };
    }

    private static Outcome Smaller(string claim, TrainedCells trained, TrainingCell[] ways, string way)
    {
        Estimate less = trained.Difference(Learned, way, TrainedCells.Gap), recall = trained.Difference(way, Learned, TrainedCells.Recall);
        return new Outcome(
            claim, Verdict.Of(less),
            $"With {ways.First(cell => cell.Id == way).Name} the gap is smaller than with a learned temperature by {Verdict.Words(less)}, recall at 1 "
                + $"higher by {Verdict.Words(recall)}.",
            [.. trained.Numbers("gap", ways, TrainedCells.Gap)]);
    }

    private static Outcome Falling(TrainedCells trained, TrainingCell[] sweep)
    {
        Estimate less = trained.Difference(sweep[0].Id, sweep[^1].Id, TrainedCells.Gap);
        return new Outcome(
            "yaras-sweep", Verdict.Of(less), $"From {sweep[0].Name} to {sweep[^1].Name} the gap is smaller by {Verdict.Words(less)}.",
            [.. trained.Numbers("gap", sweep, TrainedCells.Gap)]);
    }

    private static Outcome Between(TrainedCells trained, TrainingCell[] sweep)
    {
        string best = sweep.MaxBy(cell => trained.Mean(cell.Id, TrainedCells.Recall).Value)!.Id;
        Estimate aboveCold = trained.Difference(best, sweep[0].Id, TrainedCells.Recall), aboveWarm = trained.Difference(best, sweep[^1].Id,
            TrainedCells.Recall);
        return new Outcome(
            "yaras-inverted", best == sweep[0].Id || best == sweep[^1].Id ? ClaimStatus.Differs : Verdict.Of(aboveCold, aboveWarm),
            $"Recall at 1 is best at {sweep.First(cell => cell.Id == best).Name}: above that of the coldest by {Verdict.Words(aboveCold)}, of the warmest "
                + $"by {Verdict.Words(aboveWarm)}.",
            [.. trained.Numbers("recall at 1", sweep, TrainedCells.Recall)]);
    }
}
