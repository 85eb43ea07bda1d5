using ModalityGap.Lab.Models;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Two transformers with weights of their own, and two that share all behind their first layers (Eslami and de Melo, Mitigate the Gap).</summary>
internal sealed class SharedWeights : IExperiment
{
    private const string Own = "own", Shared = "shared";

    public string Id => "shared-weights";

    public string Title => "Beyond the paper: encoders that share their weights";

    public Material Uses => Material.Data;

    private static TrainingCell[] List(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return
        [
            new(Own, "weights of their own", scale.Transformers, scale.Training),
            new(Shared, "shared weights", scale.Transformers with { Common = CommonPart.Weights }, scale.Training),
        ];
    }

    private static TrainingGrid Grid(Effort effort) => new(TrainingScale.Of(effort), List(effort));

    public IReadOnlyList<Setting> Settings(Effort effort) => Grid(effort).Settings;

    public double Minutes(Effort effort) => Grid(effort).Minutes;

    public int Runs(Effort effort) => Grid(effort).Runs;

    public Findings Run(ExperimentContext context)
    {
        TrainedCells trained = Grid(context.Effort).Run(context);
        TrainingCell[] cells = List(context.Effort);
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
