using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Gap and recall of encoders trained with small and large batches, every picture seen equally often.</summary>
internal sealed class BatchSize : IExperiment
{
    public string Id => "batch-size";

    public string Title => "Beyond the paper: the batch's size and the gap";

    public Material Uses => Material.Data;

    private static int[] Sizes(Effort effort) => effort == Effort.Full ? [32, 64, 128, 256, 512] : [32, 128];

    private static TrainingCell[] List(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return [.. Sizes(effort).Select(size => new TrainingCell($"batch-{size}", $"batches of {size}", scale.Encoder, scale.Training with { Batch = size }))];
    }

    private static TrainingGrid Grid(Effort effort) => new(TrainingScale.Of(effort), List(effort));

    public IReadOnlyList<Setting> Settings(Effort effort) => Grid(effort).Settings;

    public double Minutes(Effort effort) => Grid(effort).Minutes;

    public int Runs(Effort effort) => Grid(effort).Runs;

    public Findings Run(ExperimentContext context)
    {
        TrainedCells trained = Grid(context.Effort).Run(context);
        TrainingCell[] cells = List(context.Effort);
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
