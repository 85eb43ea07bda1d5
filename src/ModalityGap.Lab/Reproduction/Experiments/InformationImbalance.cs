using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Texts that say less than pictures show: training with whole captions, half of them and a quarter (Schrodi et al., Two Effects, One Trigger).
/// </summary>
internal sealed class InformationImbalance : GridExperiment
{
    private static readonly double[] Shares = [1, 0.5, 0.25];

    public override string Id => "information-imbalance";

    public override string Title => "Beyond the paper: captions that say less, and the gap";

    private static TrainingCell[] List(Effort effort, bool learned)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        var encoder = learned ? scale.Encoder : scale.Encoder with { LearnTemperature = false };
        return
        [
            .. Shares.Select(share => new TrainingCell(
                $"{(learned ? "learned" : "fixed")}-{100 * share:0}", $"{100 * share:0} % of the words, τ {(learned ? "learned" : "= 0.07")}", encoder,
                    scale.Training with { WordShare = share })),
        ];
    }

    protected override TrainingCell[] CellsOf(Effort effort) => [.. List(effort, learned: true), .. List(effort, learned: false)];

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] learned = List(context.Effort, learned: true), kept = List(context.Effort, learned: false);
        return new Findings
        {
            Outcomes = [Larger("imbalance-learned", trained, learned), Larger("imbalance-fixed", trained, kept)],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-by-words",
                    Title = "Gap after training with captions that say less",
                    Caption = "Means over seeds with Student's intervals. What is watched is cut in the same way as what is trained on.",
                    Panels = [Panel("gap", TrainedCells.Gap), Panel("relative gap (RMG)", run => run.After.RelativeGap), Panel("recall at 1",
                        TrainedCells.Recall), Panel("temperature", run => run.End.Temperature)],
                },
            ],
            Notes = ["The first words of every text are kept, at least one. Several items then share a text, so recall falls by itself."],
        };

        ChartPanel Panel(string heading, Func<TrainedRun, double> number) => new()
        {
            Heading = heading,
            Across = "share of the words",
            Series = [trained.Against("τ learned", learned, Shares, number), trained.Against("τ = 0.07", kept, Shares, number)],
        };
    }

    private static Outcome Larger(string claim, TrainedCells trained, TrainingCell[] cells)
    {
        Estimate gap = trained.Difference(cells[^1].Id, cells[0].Id, TrainedCells.Gap), relative = trained.Difference(cells[^1].Id, cells[0].Id,
            run => run.After.RelativeGap);
        return new Outcome(
            claim, Verdict.Of(gap, relative), $"With a quarter of the words the gap is larger by {Verdict.Words(gap)}, RMG by {Verdict.Words(relative)}.",
            [.. trained.Numbers("gap", cells, TrainedCells.Gap), .. trained.Numbers("RMG", cells, run => run.After.RelativeGap)]);
    }
}
