using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Lab.Training;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Gap and recall of encoders trained at fixed temperatures, from scratch and fine-tuned from one model (supplementary Figure 8).</summary>
internal sealed class TemperatureAndGap : GridExperiment
{
    private const string Base = "base";

    private const double FineTuningRate = 0.25;

    public override string Id => "temperature-and-gap";

    public override string Title => "Supplementary Figure 8: the colder the loss, the larger the gap";

    /// <summary>The temperatures τ, the lowest first.</summary>
    internal static double[] Temperatures(Effort effort) => effort == Effort.Full ? [0.01, 0.02, 1.0 / 30, 0.05, 0.1, 1] : [0.01, 0.1, 1];

    /// <summary>One cell a temperature, trained from scratch.</summary>
    internal static TrainingCell[] Scratch(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return
        [
            .. Temperatures(effort).Select((temperature, k) => new TrainingCell(
                $"scratch-{k + 1}", $"τ = 1/{1 / temperature:0} from scratch", scale.Encoder with { InitialTemperature = temperature,
                    LearnTemperature = false }, scale.Training)),
        ];
    }

    // A third of the epochs at a quarter of the rate.
    private static TrainingCell[] FineTuned(Effort effort)
    {
        TrainingOptions training = TrainingScale.Of(effort).Training;
        return
        [
            .. Scratch(effort).Select((cell, k) => cell with
            {
                Id = $"tuned-{k + 1}",
                Name = cell.Name.Replace("from scratch", "fine-tuned", StringComparison.Ordinal),
                Training = training with { Epochs = Math.Max(1, training.Epochs / 3), LearningRate = FineTuningRate * training.LearningRate },
                From = Base,
            }),
        ];
    }

    protected override TrainingCell[] CellsOf(Effort effort)
    {
        TrainingScale scale = TrainingScale.Of(effort);
        return [new(Base, "τ learned, the model to fine-tune", scale.Encoder, scale.Training), .. Scratch(effort), .. FineTuned(effort)];
    }

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] scratch = Scratch(context.Effort), tuned = FineTuned(context.Effort);
        return new Findings
        {
            Outcomes = [Distance(trained, scratch), Gaps("temperature-from-scratch", trained, scratch), Gaps("temperature-fine-tuned", trained, tuned),
                Recall(trained, scratch)],
            Tables = [trained.Table()],
            Charts = [Figure(trained, scratch, tuned, Temperatures(context.Effort)), Course(trained, scratch)],
            Notes = ["The published runs fine-tune CLIP ViT-B/16 on 50,000 pairs of MSCOCO; these train a small model on other pictures. Directions are "
                + "compared, not values."],
        };
    }

    private static Outcome Distance(TrainedCells trained, TrainingCell[] cells)
    {
        Estimate cold = trained.Mean(cells[0].Id, TrainedCells.Gap), more = trained.Difference(cells[0].Id, cells[^1].Id, TrainedCells.Gap);
        return new Outcome(
            "abstract-optimisation", Verdict.Of(cold, more),
            $"Trained from scratch at the lowest temperature the modalities end at a distance of {InWords.Number(cold)}, at the highest at "
                + $"{InWords.Number(trained.Mean(cells[^1].Id, TrainedCells.Gap))}.",
            [.. trained.Numbers("gap", [cells[0], cells[^1]], TrainedCells.Gap)]);
    }

    private static Outcome Gaps(string claim, TrainedCells trained, TrainingCell[] cells)
    {
        Estimate more = trained.Difference(cells[0].Id, cells[^1].Id, TrainedCells.Gap);
        double[] gaps = [.. cells.Select(cell => trained.Mean(cell.Id, TrainedCells.Gap).Value)];
        bool monotone = gaps.Zip(gaps.Skip(1)).All(pair => pair.First >= pair.Second);
        return new Outcome(
            claim, Verdict.Of(more),
            $"From the lowest to the highest temperature the gap is smaller by {Verdict.Words(more)}, "
                + $"{(monotone ? "at every step on the way" : "though not at every step on the way")}.",
            [.. trained.Numbers("gap", cells, TrainedCells.Gap)]);
    }

    private static Outcome Recall(TrainedCells trained, TrainingCell[] cells)
    {
        string best = cells.MaxBy(cell => trained.Mean(cell.Id, TrainedCells.Recall).Value)!.Id;
        Estimate more = trained.Difference(best, cells[^1].Id, TrainedCells.Recall);
        return new Outcome(
            "temperature-recall", best == cells[^1].Id ? ClaimStatus.Differs : Verdict.Of(more),
            $"Recall at 1 is best with {cells.First(cell => cell.Id == best).Name}, above that of the highest temperature by {Verdict.Words(more)}.",
            [.. trained.Numbers("recall at 1", cells, TrainedCells.Recall)]);
    }

    private static Chart Figure(TrainedCells trained, TrainingCell[] scratch, TrainingCell[] tuned, double[] temperatures)
    {
        return new Chart
        {
            Name = "gap-by-temperature",
            Title = "Gap and recall after training at a fixed temperature",
            Caption = "Means over seeds with Student's intervals, on pictures that training does not see.",
            Panels = [Panel("gap", TrainedCells.Gap), Panel("recall at 1", TrainedCells.Recall)],
        };

        ChartPanel Panel(string heading, Func<TrainedRun, double> number) => new()
        {
            Heading = heading,
            Across = "temperature",
            LogAcross = true,
            Series = [trained.Against("from scratch", scratch, temperatures, number), trained.Against("fine-tuned", tuned, temperatures, number)],
        };
    }

    private static Chart Course(TrainedCells trained, TrainingCell[] cells) => new()
    {
        Name = "gap-over-epochs",
        Title = "How the gap moves while the encoders learn",
        Caption = "Means over seeds, from scratch.",
        Panels = [trained.OverTime("gap", cells, one => one.Gap), trained.OverTime("recall at 1, picture to text", cells, one => one.RecallImageToText)],
    };
}
