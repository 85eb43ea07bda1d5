using ModalityGap.Lab.Models;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Lab.Training;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// The contrastive gap with real encoders (Fahim et al.): two towers of one kind that see the same pictures, from the same weights or from others. A gap
/// here is no matter of
/// modalities.
/// </summary>
internal sealed class OneModalityTwice : GridExperiment
{
    private const string Same = "same", Changed = "changed", Other = "other";

    public override string Id => "one-modality-twice";

    public override string Title => "Beyond the paper: two encoders of the same pictures";

    protected override TrainingCell[] CellsOf(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        EncoderOptions twice = scale.Encoder with { Second = SecondInput.Pictures }, equal = twice with { Common = CommonPart.Start };
        TrainingOptions plain = scale.Training with { Augment = false, Epochs = Math.Max(2, scale.Training.Epochs / 2) };
        return
        [
            new(Same, "same weights, same pictures", equal, plain),
            new(Changed, "same weights, each side its own change of the pictures", equal, plain with { Augment = true }),
            new(Other, "other weights, same pictures", twice, plain),
        ];
    }

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] cells = CellsOf(context.Effort);
        return new Findings
        {
            Outcomes = [Control(trained), OtherStart(trained)],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-over-epochs",
                    Title = "The gap between two encoders of the same pictures",
                    Caption = "Means over seeds, on pictures that training does not see.",
                    Panels = [trained.OverTime("gap", cells, one => one.Gap), trained.OverTime("recall at 1", cells, one => one.RecallImageToText)],
                },
            ],
            Notes = ["From the same weights and pictures both sides compute the same; where they part, rounding in the two halves of the gradient is what "
                + "parts them."],
        };
    }

    private static Outcome Control(TrainedCells trained)
    {
        Estimate gap = trained.Mean(Same, TrainedCells.Gap), apart = trained.Mean(Same, run => run.After.Separability), changed = trained.Mean(Changed,
            TrainedCells.Gap);
        return new Outcome(
            "fahim-control-encoders", apart.Low > 0.9 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"From the same weights and pictures the gap after training is {InWords.Number(gap)}, where each side has its own change of the pictures "
                + $"{InWords.Number(changed)}; a linear cut names "
                + $"the side of {100 * apart.Value:0} % and {100 * trained.Mean(Changed, run => run.After.Separability).Value:0} % of unseen rows.",
            new OwnNumber("gap at the start", trained.Mean(Same, run => run.Start.Gap)),
            new OwnNumber("gap after training", gap),
            new OwnNumber("separability at the start", trained.Mean(Same, run => run.Before.Separability)),
            new OwnNumber("separability after training", apart),
            new OwnNumber("gap after training, changed pictures", changed),
            new OwnNumber("separability after training, changed pictures", trained.Mean(Changed, run => run.After.Separability)));
    }

    private static Outcome OtherStart(TrainedCells trained)
    {
        Estimate more = trained.Difference(Other, Same, TrainedCells.Gap);
        return new Outcome(
            "one-modality-other-start", Verdict.Of(more),
            $"From other weights the gap after training is larger than from the same by {Verdict.Words(more)}: one modality, and yet a gap, for there are "
                + "two cones to begin with.",
            new OwnNumber("gap at the start, other weights", trained.Mean(Other, run => run.Start.Gap)),
            new OwnNumber("gap after training, other weights", trained.Mean(Other, TrainedCells.Gap)),
            new OwnNumber("separability after training, other weights", trained.Mean(Other, run => run.After.Separability)));
    }
}
