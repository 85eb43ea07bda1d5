using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Lab.Training;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>The gap that other losses leave: the sigmoid loss, the variants in the authors' code, CUA and CUAXU (Fahim et al.).</summary>
internal sealed class LossesAndGap : GridExperiment
{
    private static readonly (LossKind Kind, string Id, string Name)[] Losses =
    [
        (LossKind.Symmetric, "clip", "CLIP"), (LossKind.Sigmoid, "sigmoid", "sigmoid"), (LossKind.Uniform, "uniform", "uniformity alone"), (LossKind.Dual,
            "dual", "dual"),
        (LossKind.EasyOnly, "easy", "easy pairs only"), (LossKind.UniformAligned, "cua", "CUA"), (LossKind.CrossUniformAligned, "cuaxu", "CUAXU"),
    ];

    public override string Id => "losses-and-gap";

    public override string Title => "Beyond the paper: the gap that other losses leave";

    protected override TrainingCell[] CellsOf(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return [.. Losses.Select(loss => new TrainingCell(loss.Id, loss.Name, scale.Encoder, scale.Training with { Loss = loss.Kind }))];
    }

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] cells = CellsOf(context.Effort);
        return new Findings
        {
            Outcomes = [Uniform(trained), Dual(trained), Sigmoid(trained)],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-over-epochs",
                    Title = "The gap in training under seven losses",
                    Caption = "Means over seeds, τ learned where the loss has one.",
                    Panels = [trained.OverTime("gap", cells, one => one.Gap), trained.OverTime("recall at 1, picture to text", cells,
                        one => one.RecallImageToText)],
                },
            ],
            Notes =
            [
                "The authors' code holds uniformity, dual and easy-only losses; the paper prints nothing of them. Uniformity alone does not look at pairs, "
                    + "so its recall is that of chance. "
                    + "Easy pairs only learns from rows that find their partner, and so from what chance gave it first.",
            ],
        };
    }

    private static Outcome Uniform(TrainedCells trained)
    {
        Estimate cua = trained.Difference("clip", "cua", TrainedCells.Gap), cuaxu = trained.Difference("clip", "cuaxu", TrainedCells.Gap),
            recall = trained.Difference("cua", "clip", TrainedCells.Recall);
        return new Outcome(
            "fahim-cua", Verdict.Of(cua, cuaxu),
            $"The gap is smaller than CLIP's by {Verdict.Words(cua)} with CUA and by {Verdict.Words(cuaxu)} with CUAXU; recall at 1 of CUA is higher by "
                + $"{Verdict.Words(recall)}.",
            new OwnNumber("gap, CLIP", trained.Mean("clip", TrainedCells.Gap)),
            new OwnNumber("separability, CLIP", trained.Mean("clip", run => run.After.Separability)),
            new OwnNumber("gap, CUA", trained.Mean("cua", TrainedCells.Gap)),
            new OwnNumber("separability, CUA", trained.Mean("cua", run => run.After.Separability)),
            new OwnNumber("gap, CUAXU", trained.Mean("cuaxu", TrainedCells.Gap)),
            new OwnNumber("separability, CUAXU", trained.Mean("cuaxu", run => run.After.Separability)));
    }

    private static Outcome Dual(TrainedCells trained)
    {
        Estimate less = trained.Difference("clip", "dual", TrainedCells.Gap);
        return new Outcome(
            "liang-dual", Verdict.Of(less), $"With negatives of a row's own modality too the gap is smaller than CLIP's by {Verdict.Words(less)}.",
            new OwnNumber("gap, CLIP", trained.Mean("clip", TrainedCells.Gap)), new OwnNumber("gap, dual", trained.Mean("dual", TrainedCells.Gap)),
            new OwnNumber("gap, uniformity alone", trained.Mean("uniform", TrainedCells.Gap)), new OwnNumber("gap, easy pairs only", trained.Mean("easy",
                TrainedCells.Gap)));
    }

    private static Outcome Sigmoid(TrainedCells trained)
    {
        Estimate gap = trained.Mean("sigmoid", TrainedCells.Gap), less = trained.Difference("clip", "sigmoid", TrainedCells.Gap);
        return new Outcome(
            "siglip-gap", Verdict.Of(gap), $"The sigmoid loss leaves a gap of {InWords.Number(gap)}, smaller than CLIP's by {Verdict.Words(less)}.",
            new OwnNumber("gap, sigmoid", gap), new OwnNumber("recall at 1, sigmoid", trained.Mean("sigmoid", TrainedCells.Recall)),
            new OwnNumber("recall at 1, CLIP", trained.Mean("clip", TrainedCells.Recall)));
    }
}
