using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Does the gap of trained encoders depend on the dimension of their space? Liang et al. (supplementary Figure 16) find no change from 64 to 512, Fahim et
/// al. a growth from 32 to
/// 128.
/// </summary>
internal sealed class EmbeddingDimension : GridExperiment
{
    /// <summary>What "hardly changes" may mean: the largest and the smallest mean differ by this share of their mean.</summary>
    private const double Hardly = 0.15;

    public override string Id => "embedding-dimension";

    public override string Title => "Supplementary Figure 16 against Fahim et al.: the embedding's dimension and the gap of trained encoders";

    private static int[] Dimensions(Effort effort) => effort == Effort.Full ? [32, 64, 128, 256, 512] : [8, 16, 32, 64];

    protected override TrainingCell[] CellsOf(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return [.. Dimensions(effort).Select(d => new TrainingCell($"dimensions-{d}", $"d = {d}", scale.Encoder with { Dimensions = d }, scale.Training))];
    }

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] cells = CellsOf(context.Effort);
        double[] places = [.. Dimensions(context.Effort).Select(d => (double)d)];
        return new Findings
        {
            Outcomes = [Unchanged(trained, cells[1..]), Growing(trained, cells[..3])],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-by-dimension",
                    Title = "Gap before and after training against the dimension",
                    Caption = "Means over seeds with Student's intervals, τ learned from 0.07.",
                    Panels =
                    [
                        new ChartPanel { Heading = "gap", Across = "dimensions", LogAcross = true,
                            Series = [trained.Against("before training", cells, places, run => run.Start.Gap), trained.Against("trained", cells, places,
                                TrainedCells.Gap)] },
                        new ChartPanel { Heading = "recall at 1", Across = "dimensions", LogAcross = true, Series = [trained.Against("trained", cells,
                            places, TrainedCells.Recall)] },
                    ],
                },
            ],
        };
    }

    private static Outcome Unchanged(TrainedCells trained, TrainingCell[] cells)
    {
        double[] gaps = [.. cells.Select(cell => trained.Mean(cell.Id, TrainedCells.Gap).Value)];
        double spread = (gaps.Max() - gaps.Min()) / gaps.Average();
        return new Outcome(
            "dimension-unchanged", spread < Hardly ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"From {cells[0].Name} to {cells[^1].Name} the mean gaps differ by {100 * spread:0} % of their mean; up to {100 * Hardly:0} % is called hardly "
                + "here.",
            [.. trained.Numbers("gap", cells, TrainedCells.Gap)]);
    }

    private static Outcome Growing(TrainedCells trained, TrainingCell[] cells)
    {
        Estimate more = trained.Difference(cells[^1].Id, cells[0].Id, TrainedCells.Gap);
        return new Outcome(
            "dimension-growing", Verdict.Of(more), $"From {cells[0].Name} to {cells[^1].Name} the gap is larger by {Verdict.Words(more)}.",
            [.. trained.Numbers("gap", cells, TrainedCells.Gap)]);
    }
}
