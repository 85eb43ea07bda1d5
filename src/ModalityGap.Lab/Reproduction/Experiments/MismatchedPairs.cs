using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>What wrong pairs in the training data do to the gap of right ones (Liang et al., section 4.3; Yaras et al.).</summary>
internal sealed class MismatchedPairs : GridExperiment
{
    public override string Id => "mismatched-pairs";

    public override string Title => "Wrong pairs in the training data and the gap";

    private static double[] Shares(Effort effort) => effort == Effort.Full ? [0, 0.1, 0.2, 0.4] : [0, 0.4];

    private static TrainingCell[] List(Effort effort, bool learned)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        var encoder = learned ? scale.Encoder : scale.Encoder with { InitialTemperature = 0.05, LearnTemperature = false };
        return
        [
            .. Shares(effort).Select(share => new TrainingCell(
                $"{(learned ? "learned" : "fixed")}-{100 * share:0}", $"{100 * share:0} % mismatched, τ {(learned ? "learned" : "= 1/20")}", encoder,
                    scale.Training with { Mismatched = share })),
        ];
    }

    protected override TrainingCell[] CellsOf(Effort effort) => [.. List(effort, learned: true), .. List(effort, learned: false)];

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] learned = List(context.Effort, learned: true), kept = List(context.Effort, learned: false);
        double[] shares = Shares(context.Effort);
        return new Findings
        {
            Outcomes = [Larger("mismatch-learned", trained, learned), Larger("mismatch-fixed", trained, kept)],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-by-mismatch",
                    Title = "Gap of right pairs after training with wrong ones among them",
                    Caption = "Means over seeds with Student's intervals, on pictures that training does not see, each with its own text.",
                    Panels = [Panel("gap", TrainedCells.Gap), Panel("relative gap (RMG)", run => run.After.RelativeGap), Panel("recall at 1",
                        TrainedCells.Recall), Panel("temperature", run => run.End.Temperature)],
                },
            ],
            Notes = ["A share of the items is trained with the texts of other items, the same ones in the whole run."],
        };

        ChartPanel Panel(string heading, Func<TrainedRun, double> number) => new()
        {
            Heading = heading,
            Across = "share of mismatched pairs",
            Series = [trained.Against("τ learned", learned, shares, number), trained.Against("τ = 1/20", kept, shares, number)],
        };
    }

    private static Outcome Larger(string claim, TrainedCells trained, TrainingCell[] cells)
    {
        Estimate gap = trained.Difference(cells[^1].Id, cells[0].Id, TrainedCells.Gap), relative = trained.Difference(cells[^1].Id, cells[0].Id,
            run => run.After.RelativeGap),
            recall = trained.Difference(cells[0].Id, cells[^1].Id, TrainedCells.Recall);
        return new Outcome(
            claim, Verdict.Of(gap),
            $"With 40 % mismatched pairs the gap is larger by {Verdict.Words(gap)} (RMG by {Verdict.Words(relative)}); recall at 1 is lower by "
                + $"{Verdict.Words(recall)}.",
            [.. trained.Numbers("gap", cells, TrainedCells.Gap)]);
    }
}
