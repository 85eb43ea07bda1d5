using ModalityGap.Evaluation;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Table 1, supplementary Figure 10 and the CIFAR-10 rows of supplementary Figure 8 with trained encoders: zero-shot accuracy on pictures in a style that
/// training never saw, at six temperatures, as it is and along the gap.
/// </summary>
internal sealed class UnseenStyle : GridExperiment
{
    private const string Units = "seeds";

    public override string Id => "unseen-style";

    public override string Title => "Table 1, supplementary Figures 8 and 10, on a style that training never saw";

    public override IReadOnlyList<Setting> Settings(Effort effort) =>
    [
        .. base.Settings(effort),
        new("tasks", "pictures in the unseen style, by the names of items, and by groups of items with the names of seen items as prompts"),
        new("shifts", "both modalities by half of δ, from -2 to 2 in steps of 0.05, along the gap of the task"),
    ];

    protected override TrainingCell[] CellsOf(Effort effort) => [.. TemperatureAndGap.Scratch(effort).Select(cell => cell with { KeepsModel = true })];

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        TrainingCell[] cells = CellsOf(context.Effort);
        PictureTask[] tasks = Tasks(Open(context));
        Classified[] all =
        [
            .. cells.SelectMany(cell => Look(context, cell, (model, seed) => Array.ConvertAll(tasks, task => new Classified(
                cell, task, seed, ZeroShotClassification.Run(
                    task.Embed(model, context.Work.Cancellation),
                    new ClassificationOptions { Seed = (long)(context.Random.Fork("judge", seed).NextBits() >> 1), Threads = context.Work.Threads },
                    null,
                    context.Work.Cancellation)))).SelectMany(one => one)),
        ];
        return new Findings
        {
            Outcomes = [Temperatures(all, cells, tasks), Shifts(all, cells[0], tasks)],
            Tables = [Table(all), trained.Table()],
            Charts = [ByTemperature(all, cells, tasks, TemperatureAndGap.Temperatures(context.Effort)), AlongTheGap(all, cells, tasks)],
            Notes = ["The published tasks are CIFAR-10, CIFAR-100, EuroSAT, SVHN and HatefulMemes with CLIP; these are pictures of known things, drawn in a "
                + "style that training never saw, and a small model. Directions are compared, not values."],
        };
    }

    private static PictureTask[] Tasks(ImageTextSet set)
    {
        var split = DataSplit.Draw(set, new SplitOptions());
        ImageTextItem[] seen = [.. split.Train.Select(image => set.Images[image].Item).Distinct().Order().Select(item => set.Items[item])];
        return
        [
            new("names", set, split.UnseenStyle, item => item.Texts[0], [.. seen.Select(item => (item.Texts[0], item))]),
            new("groups", set, [.. split.UnseenStyle, .. split.UnseenBoth], item => item.Group!, [.. seen.Select(item => (item.Group!, item))]),
        ];
    }

    /// <summary>One task, classified by one model.</summary>
    private sealed record Classified(TrainingCell Cell, PictureTask Task, int Seed, ClassificationResult Result)
    {
        public double Accuracy => Result.ZeroShot.Top1.Value;

        // Where images and class texts have the same mean, no shift can change anything.
        public double Gap => Sweep?.Gap ?? 0;

        public double HeldOutGain => Sweep?.Choice?.HeldOutDifference.Value ?? 0;

        public double TestSetGain => Sweep?.Choice?.OnTestSetDifference.Value ?? 0;

        public SweepResult? Sweep => Result.Sweeps.Count > 0 ? Result.Sweeps[0] : null;
    }

    private static double[] Of(Classified[] all, TrainingCell cell, PictureTask task, Func<Classified, double> number) =>
        [.. all.Where(one => one.Cell.Id == cell.Id && one.Task.Name == task.Name).Select(number)];

    private static Estimate Mean(Classified[] all, TrainingCell cell, PictureTask task, Func<Classified, double> number) =>
        StudentInterval.Mean(Of(all, cell, task, number), Units);

    private static Estimate Difference(Classified[] all, TrainingCell more, TrainingCell less, PictureTask task, Func<Classified, double> number) =>
        StudentInterval.Mean([.. Of(all, more, task, number).Zip(Of(all, less, task, number), (a, b) => a - b)], Units);

    private static Outcome Temperatures(Classified[] all, TrainingCell[] cells, PictureTask[] tasks)
    {
        PictureTask task = tasks[0];
        TrainingCell best = cells.MaxBy(cell => Mean(all, cell, task, one => one.Accuracy).Value)!;
        Estimate gap = Difference(all, cells[0], cells[^2], task, one => one.Gap), accuracy = Difference(all, best, cells[^1], task, one => one.Accuracy);
        return new Outcome(
            "style-temperature", best == cells[^1] ? ClaimStatus.Differs : Verdict.Of(gap, accuracy),
            $"From τ = 1/100 to τ = 1/10 the gap is smaller by {Verdict.Words(gap)}; accuracy over {task.Count} names is best with {best.Name}, above that of the highest "
                + $"temperature by {Verdict.Words(accuracy)}.",
            [
                .. cells.Select(cell => new OwnNumber($"gap, {cell.Name}", Mean(all, cell, task, one => one.Gap))),
                .. cells.Select(cell => new OwnNumber($"accuracy, {cell.Name}", Mean(all, cell, task, one => one.Accuracy).Within(0, 1))),
            ]);
    }

    private static Outcome Shifts(Classified[] all, TrainingCell cold, PictureTask[] tasks)
    {
        Estimate[] gains = [.. tasks.Select(task => Mean(all, cold, task, one => one.HeldOutGain))];
        return new Outcome(
            "style-shift", Verdict.Of(gains),
            $"At τ = 1/100, whose gap is as large as CLIP's, a shift chosen on one half of the pictures changes accuracy on the other by "
                + $"{string.Join("; ", tasks.Select((task, k) => $"{Verdict.Words(gains[k])} ({task.Name}, {task.Count} classes)"))}; chosen on the pictures that judge it, as "
                + $"printed, by {string.Join(" and ", tasks.Select(task => InWords.Number(Mean(all, cold, task, one => one.TestSetGain))))}.",
            [
                .. tasks.SelectMany(task => new[]
                {
                    new OwnNumber($"{task.Name}, as it is", Mean(all, cold, task, one => one.Accuracy).Within(0, 1)),
                    new OwnNumber($"{task.Name}, held-out gain", Mean(all, cold, task, one => one.HeldOutGain)),
                    new OwnNumber($"{task.Name}, gain on the test set", Mean(all, cold, task, one => one.TestSetGain)),
                }),
            ]);
    }

    private static ResultTable Table(Classified[] all) => new(
        "accuracy", "Zero-shot accuracy in the unseen style, as it is and at the best shift",
        [
            "temperature", "task", "seed", "pictures", "classes", "gap", "accuracy", "low", "high", "shifts of halves", "held-out gain", "p, paired",
            "shift of test set", "gain on test set",
        ],
        [
            .. from one in all
               let choice = one.Sweep?.Choice
               where choice is not null
               select (IReadOnlyList<string>)[
                   one.Cell.Name, one.Task.Name, Cells.Of(one.Seed + 1), Cells.Of(one.Result.ZeroShot.Images), Cells.Of(one.Task.Count), Cells.Of(one.Gap),
                   Cells.Of(one.Accuracy),
                   Cells.Of(choice.Unchanged.Low!.Value), Cells.Of(choice.Unchanged.High!.Value), string.Join(' ', choice.ChosenOnHalves.Select(Cells.Of)),
                   Cells.Of(one.HeldOutGain), Cells.Of(choice.HeldOutTest.Value), Cells.Of(choice.ChosenOnTestSet), Cells.Of(one.TestSetGain)],
        ]);

    private static Chart ByTemperature(Classified[] all, TrainingCell[] cells, PictureTask[] tasks, double[] temperatures)
    {
        return new Chart
        {
            Name = "accuracy-by-temperature",
            Title = "Gap and zero-shot accuracy in an unseen style, trained at a fixed temperature",
            Caption = "Means over seeds with Student's intervals.",
            Panels = [Panel("gap between pictures and class texts", one => one.Gap), Panel("accuracy", one => one.Accuracy)],
        };

        ChartPanel Panel(string heading, Func<Classified, double> number) => new()
        {
            Heading = heading,
            Across = "temperature",
            LogAcross = true,
            Series = [.. tasks.Select(task => Marks(task, [.. cells.Select(cell => Mean(all, cell, task, number))]))],
        };

        ChartSeries Marks(PictureTask task, Estimate[] means) => ChartSeries.Of(
            task.Name, SeriesKind.Marks, temperatures, means.Select(mean => mean.Value), means.Select(mean => mean.Low ?? mean.Value),
                means.Select(mean => mean.High ?? mean.Value));
    }

    private static Chart AlongTheGap(Classified[] all, TrainingCell[] cells, PictureTask[] tasks)
    {
        return new Chart
        {
            Name = "accuracy-along-the-gap",
            Title = "Zero-shot accuracy in an unseen style along the gap",
            Caption = "Means over seeds against the shift δ of both modalities together; a positive one brings them nearer, the dotted line is the data as it is.",
            Panels = [.. tasks.Select(task => new ChartPanel
            {
                Heading = $"{task.Name}, {task.Count} classes",
                Across = "shift δ",
                Marked = [0],
                Series = [.. cells.Where(cell => Curves(cell, task).Length > 0).Select(cell => Line(cell, Curves(cell, task)))],
            })],
        };

        SweepResult[] Curves(TrainingCell cell, PictureTask task) =>
            [.. all.Where(one => one.Cell.Id == cell.Id && one.Task.Name == task.Name && one.Sweep?.Choice is not null).Select(one => one.Sweep!)];

        static ChartSeries Line(TrainingCell cell, SweepResult[] curves) => ChartSeries.Of(
            cell.Name, SeriesKind.Line, curves[0].Shifts,
            Enumerable.Range(0, curves[0].Shifts.Count).Select(k => curves.Average(curve => curve.Choice!.Curve[k].Value)));
    }
}
