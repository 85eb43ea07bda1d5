using ModalityGap.Lab.Models;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Two transformers with weights of their own, and two that share all behind their first layers (Eslami and de Melo, Mitigate the Gap).</summary>
internal sealed class SharedWeights : GridExperiment
{
    private const string Own = "own", Shared = "shared";

    public override string Id => "shared-weights";

    public override string Title => "Beyond the paper: encoders that share their weights";

    protected override TrainingCell[] CellsOf(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return
        [
            new(Own, "weights of their own", scale.Transformers, scale.Training),
            new(Shared, "shared weights", scale.Transformers with { Common = CommonPart.Weights }, scale.Training),
        ];
    }

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] cells = CellsOf(context.Effort);
        Estimate cosine = trained.Difference(Shared, Own, run => run.After.MatchedCosine), gap = trained.Difference(Own, Shared, TrainedCells.Gap),
            recall = trained.Difference(Shared, Own, TrainedCells.Recall);
        return new Findings
        {
            Outcomes =
            [
                new Outcome(
                    "alignclip-shared", Verdict.Of(cosine),
                    $"With shared weights the mean cosine of pairs is higher by {Verdict.Words(cosine)}, the gap smaller by {Verdict.Words(gap)}, recall at "
                        + $"1 higher by {Verdict.Words(recall)}.",
                    [
                        .. trained.Numbers("mean cosine of pairs", cells, run => run.After.MatchedCosine), .. trained.Numbers("gap before training", cells,
                            run => run.Start.Gap),
                        .. trained.Numbers("gap", cells, TrainedCells.Gap),
                    ]),
            ],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-over-epochs",
                    Title = "The gap of transformers with weights of their own and with shared ones",
                    Caption = "Means over seeds.",
                    Panels = [trained.OverTime("gap", cells, one => one.Gap), trained.OverTime("recall at 1, picture to text", cells,
                        one => one.RecallImageToText)],
                },
            ],
            Notes = ["Shared are blocks, the norm behind them and the last layer; patches and words have first layers of their own. The published loss that "
                + "keeps pictures apart is not used."],
        };
    }
}
