using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Initialisation against optimisation (section 4.4): two transformers as they are drawn, and with their texts turned by Procrustes so that there is next to
/// no gap, both trained
/// at τ = 1/100; and both with a learned temperature.
/// </summary>
internal sealed class InitialisationAndGap : GridExperiment
{
    private const string Default = "default", Amended = "amended", DefaultLearned = "default-learned", AmendedLearned = "amended-learned";

    public override string Id => "initialisation-and-gap";

    public override string Title => "Section 4.4: a gap appears in training even where there was none, but a smaller one";

    protected override TrainingCell[] CellsOf(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        var cold = scale.Transformers with { InitialTemperature = 0.01, LearnTemperature = false };
        var amended = scale.Training with { Amended = true };
        return
        [
            new(Default, "default, τ = 1/100", cold, scale.Training), new(Amended, "amended, τ = 1/100", cold, amended),
            new(DefaultLearned, "default, τ learned", scale.Transformers, scale.Training), new(AmendedLearned, "amended, τ learned", scale.Transformers,
                amended),
        ];
    }

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] cells = CellsOf(context.Effort);
        return new Findings
        {
            Outcomes = [Training(trained), Learned(trained)],
            Tables = [trained.Table()],
            Charts =
            [
                new Chart
                {
                    Name = "gap-over-epochs",
                    Title = "The gap in training, from a default and from an amended start",
                    Caption = "Means over seeds. Amended: before training the texts' tower was turned so that pairs come together.",
                    Panels = [trained.OverTime("gap", cells, one => one.Gap), trained.OverTime("recall at 1, picture to text", cells,
                        one => one.RecallImageToText)],
                },
            ],
            Notes = ["The published runs train CLIP on MSCOCO with batches of 64. The turn is fitted on at most 2,000 pairs for training; the gap is that "
                + "of unseen pictures."],
        };
    }

    private static Outcome Training(TrainedCells trained)
    {
        Estimate appeared = StudentInterval.Mean([.. trained.Of(Amended).Select(run => run.End.Gap - run.Start.Gap)], "seeds"),
            less = trained.Difference(Default, Amended, TrainedCells.Gap);
        return new Outcome(
            "section-4.4-training", Verdict.Of(appeared, less),
            $"From the amended start the gap grows by {Verdict.Words(appeared)} and stays below that from the default start by {Verdict.Words(less)}.",
            [.. Numbers(trained, Default, Amended), Ratio(trained, Default, Amended)]);
    }

    private static Outcome Learned(TrainedCells trained)
    {
        Estimate less = trained.Difference(DefaultLearned, AmendedLearned, TrainedCells.Gap);
        return new Outcome(
            "amended-learned", Verdict.Of(less),
            $"With a learned temperature the amended start ends below the default one by {Verdict.Words(less)}.",
            [.. Numbers(trained, DefaultLearned, AmendedLearned), Ratio(trained, DefaultLearned, AmendedLearned)]);
    }

    private static OwnNumber[] Numbers(TrainedCells trained, string plain, string amended) =>
    [
        new("gap, default, at initialisation", trained.Mean(plain, run => run.Start.Gap)),
        new("gap, default, trained", trained.Mean(plain, TrainedCells.Gap)),
        new("gap, amended, at initialisation", trained.Mean(amended, run => run.Start.Gap)),
        new("gap, amended, trained", trained.Mean(amended, TrainedCells.Gap)),
    ];

    private static OwnNumber Ratio(TrainedCells trained, string plain, string amended) => new(
        "amended over default gap after training", StudentInterval.Mean([.. trained.Of(amended).Zip(trained.Of(plain), (a, b) => a.End.Gap / b.End.Gap)],
            "seeds"));
}
