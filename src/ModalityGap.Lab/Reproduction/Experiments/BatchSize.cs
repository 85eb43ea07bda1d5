using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Gap and recall of encoders trained with small and large batches, every picture seen equally often.</summary>
internal sealed class BatchSize : GridExperiment
{
    public override string Id => "batch-size";

    public override string Title => "Beyond the paper: the batch's size and the gap";

    private static int[] Sizes(Effort effort) => effort == Effort.Full ? [32, 64, 128, 256, 512] : [32, 128];

    protected override TrainingCell[] CellsOf(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return [.. Sizes(effort).Select(size => new TrainingCell($"batch-{size}", $"batches of {size}", scale.Encoder, scale.Training with { Batch = size }))];
    }

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] cells = CellsOf(context.Effort);
        double[] places = [.. Sizes(context.Effort).Select(size => (double)size)];
        Estimate more = trained.Difference(cells[^1].Id, cells[0].Id, TrainedCells.Gap), recall = trained.Difference(cells[^1].Id, cells[0].Id,
            TrainedCells.Recall);
        return new Findings
        {
            Outcomes =
            [
                new Outcome(
                    "batch-size-gap", Verdict.Of(more),
                    $"From {cells[0].Name} to {cells[^1].Name} the gap is larger by {Verdict.Words(more)}, recall at 1 by {Verdict.Words(recall)}. Larger "
                        + "batches take fewer steps at the same rate.",
                    [.. trained.Numbers("gap", cells, TrainedCells.Gap), .. trained.Numbers("temperature", cells, run => run.End.Temperature)]),
            ],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-by-batch",
                    Title = "Gap and recall against the batch's size",
                    Caption = "Means over seeds with Student's intervals, τ learned, the same number of epochs.",
                    Panels =
                    [
                        new ChartPanel { Heading = "gap", Across = "pairs a batch", LogAcross = true, Series = [trained.Against("trained", cells, places,
                            TrainedCells.Gap)] },
                        new ChartPanel { Heading = "recall at 1", Across = "pairs a batch", LogAcross = true, Series = [trained.Against("trained", cells,
                            places, TrainedCells.Recall)] },
                    ],
                },
            ],
        };
    }
}
