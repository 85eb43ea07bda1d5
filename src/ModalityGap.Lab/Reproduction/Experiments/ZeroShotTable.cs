using ModalityGap.Evaluation;
using ModalityGap.Lab.Classification;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Tables 1 and 3, supplementary Figure 10: zero-shot classification along the gap of each task, with a model and pictures that the user
/// brings.</summary>
internal sealed class ZeroShotTable : IExperiment
{
    private const int Patch = 16;

    /// <summary>A published accuracy that lies no further away is met: decoders of JPEG and half precision move about as much.</summary>
    private const double Near = 0.01;

    public string Id => "table-1";

    public string Title => "Tables 1 and 3, supplementary Figure 10: zero-shot accuracy along the gap";

    public Material Uses => Material.Models | Material.Images;

    public IReadOnlyList<Setting> Settings(Effort effort) =>
    [
        new("tasks", "those of Table 1 whose pictures are brought"),
        new("pictures", effort == Effort.Full ? "all" : $"at most {GivenClip.QuickPictures} of a task, drawn at random"),
        new("shifts", "both modalities by half of δ, from -2 to 2 in steps of 0.05, along the gap of the task"),
    ];

    // What is brought decides: a model of the paper's size embeds some pictures a second on two cores.
    public double Minutes(Effort effort) => 0.1;

    public Findings Run(ExperimentContext context)
    {
        ZeroShotTask[] given = [.. TaskPresets.Table1.Where(task => context.Given.Images.ContainsKey(task.Id))];
        string missing = Missing(context.Given, given);
        if (context.Given.Models.Count == 0 || given.Length == 0)
            return new Findings
            {
                Outcomes = [.. ClaimList.Of(Id).Select(claim => new Outcome(claim.Id, ClaimStatus.Needs, missing, []))],
                Notes = ["modgap-lab zero-shot classifies any labelled pictures in the same way."],
            };
        using GivenClip clip = GivenClip.Open(context.Given.Models, Patch);
        Row[] rows = [.. given.Select((task, k) => Classify(context, clip, task, k, given.Length))];
        var board = new Board(rows, clip, missing, IsComplete: missing.Length == 0 && clip.HasPublishedShape && context.IsFull);
        return new Findings
        {
            Outcomes = [board.Table1(), board.Prompts(), board.Curves(), board.Effect()],
            Tables = [Accuracies(rows), Classes(rows), Along(rows)],
            Charts = [Figure(rows)],
            Notes = [.. rows.SelectMany(row => row.Notes)],
        };
    }

    private static Row Classify(ExperimentContext context, GivenClip clip, ZeroShotTask task, int k, int tasks)
    {
        EmbeddedTask embedded = clip.Embed(context, task, context.Given.Images[task.Id], (double)k / tasks, 0.9 / tasks);
        ClassificationResult result = embedded.Classify(
            GivenClip.SeedOf(context, task), context.Work.Threads, null, null, null, context.Work.Cancellation);
        return new Row(embedded, result, embedded.Judged(result));
    }

    // What to bring for the rest, to the letter; empty where everything is there.
    private static string Missing(GivenMaterial material, ZeroShotTask[] given)
    {
        List<string> lacking = [];
        if (material.Models.Count == 0)
            lacking.Add("CLIP ViT-B/16 with its vocabulary: --model DIR");
        lacking.AddRange(TaskPresets.Table1.Except(given).Select(task => $"{task.Pictures}: --images {task.Id}=DIR"));
        return lacking.Count == 0 ? "" : $"Needs {string.Join("; ", lacking)}. docs/zero-shot.md says where they are.";
    }

    private static ResultTable Accuracies(Row[] rows) => new(
        "accuracy", "Accuracy, or the area under the ROC curve, as it is and at the best shift",
        [
            "task", "number", "pictures", "gap", "as it is", "low", "high", "shifts of halves", "held out", "difference", "low", "high", "p, paired",
                "shift of test set", "on test set",
            "difference", "p, paired", "p, as independent", "Gini of predictions",
        ],
        [
            .. from row in rows
               where row.Choice is not null
               let choice = row.Choice
               select (IReadOnlyList<string>)[
                   row.Task.Title, row.Sweep!.Number, Cells.Of(row.Result.ZeroShot.Images), Cells.Of(row.Sweep.Gap),
                   Cells.Of(choice.Unchanged.Value), Bound(choice.Unchanged.Low), Bound(choice.Unchanged.High),
                   string.Join(' ', choice.ChosenOnHalves.Select(Cells.Of)), Cells.Of(choice.HeldOut.Value), Cells.Of(choice.HeldOutDifference.Value),
                   Bound(choice.HeldOutDifference.Low), Bound(choice.HeldOutDifference.High), Cells.Of(choice.HeldOutTest.Value),
                   Cells.Of(choice.ChosenOnTestSet), Cells.Of(choice.OnTestSet.Value), Cells.Of(choice.OnTestSetDifference.Value),
                   Cells.Of(choice.OnTestSetTest.Value), Cells.Of(choice.OnTestSetIndependentTest.Value),
                   Cells.Of(row.Result.ZeroShot.Predictions.PredictedGini.Value)],
        ]);

    private static ResultTable Classes(Row[] rows) => new(
        "classes", "Classes, how often they were taken, and their bias -g·t", ["task", "class", "pictures", "taken", "accuracy", "bias"],
        [
            .. from row in rows
               from entry in row.Result.ZeroShot.Classes.Select((one, c) => (one, bias: row.Result.ZeroShot.Predictions.ClassBias[c]))
               select (IReadOnlyList<string>)[
                   row.Task.Title, entry.one.Name, Cells.Of(entry.one.Images), Cells.Of(entry.one.Predicted),
                   entry.one.Accuracy.Estimate is { } share ? Cells.Of(share.Value) : "", Cells.Of(entry.bias)],
        ]);

    private static ResultTable Along(Row[] rows) => new(
        "along-the-gap", "The number of each task at every shift", ["task", "shift", "signed distance", "value", "low", "high"],
        [
            .. from row in rows
               where row.Choice is not null
               from k in Enumerable.Range(0, row.Sweep!.Shifts.Count)
               let value = row.Choice!.Curve[k]
               select (IReadOnlyList<string>)[
                   row.Task.Title, Cells.Of(row.Sweep!.Shifts[k]), Cells.Of(row.Sweep.SignedDistances[k]), Cells.Of(value.Value), Bound(value.Low),
                       Bound(value.High)],
        ]);

    private static string Bound(double? bound) => bound is { } value ? Cells.Of(value) : "";

    private static Chart Figure(Row[] rows) => new()
    {
        Name = "accuracy-along-the-gap",
        Title = "Zero-shot accuracy against the gap of each task",
        Caption = "Accuracy (for HatefulMemes the area under the ROC curve) against the signed distance that a shift leaves between mean picture and mean class text; the dotted "
            + "line is the data as it is. The table has the intervals.",
        Panels = [.. rows.Where(row => row.Choice is not null).Select(row => new ChartPanel
        {
            Heading = row.Task.IsJudgedByArea ? $"{row.Task.Title}, ROC-AUC" : row.Task.Title,
            Across = "signed distance",
            Marked = [row.Sweep!.Gap],
            Series = [ChartSeries.Of(row.Task.Title, SeriesKind.Line, row.Sweep.SignedDistances, row.Choice!.Curve.Select(value => value.Value))],
        })],
    };

    /// <summary>One task.</summary>
    private sealed record Row(EmbeddedTask Embedded, ClassificationResult Result, SweepResult? Sweep)
    {
        public ZeroShotTask Task => Embedded.Task;

        public SweepChoice? Choice => Sweep?.Choice;

        public IEnumerable<string> Notes
        {
            get
            {
                if (Choice is null)
                    yield return $"{Task.Title}: {Sweep?.Missing ?? Result.Missing[0].Reason}";
                if (Embedded.Summary is { LeftOut.Count: > 0 } summary)
                    yield return $"{Task.Title}: {summary.LeftOut.Count} pictures could not be used.";
                yield return $"{Task.Title}: {Task.Origin}";
            }
        }
    }

    /// <summary>The tasks beside the claims.</summary>
    private sealed record Board(Row[] Rows, GivenClip Clip, string Missing, bool IsComplete)
    {
        private Row[] Judged { get; } = [.. Rows.Where(row => row.Choice is not null)];

        private string On => $"On {string.Join(", ", Rows.Select(row => $"{row.Result.ZeroShot.Images} pictures of {row.Task.Title}"))} with {Clip.Shape}"
            + (Clip.HasPublishedShape ? "." : ", not the paper's ViT-B/16.") + (Missing.Length > 0 ? $" {Missing}" : "");

        private bool IsNear => Judged.All(row => Math.Abs(row.Choice!.Unchanged.Value - Published($"{row.Task.Title}, as it is")) <= Near);

        public Outcome Table1()
        {
            if (Judged.Length == 0)
                return TooFew("table-1");
            string[] gains = [.. Judged.Where(row => row.Choice!.HeldOutDifference.Value > 0).Select(row => row.Task.Title)];
            bool all = gains.Length == Judged.Length;
            return new Outcome(
                "table-1",
                IsComplete ? all && IsNear ? ClaimStatus.Reproduced : ClaimStatus.Differs : all ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
                $"A shift chosen on one half gains on the other in {gains.Length} of {Judged.Length} tasks{(gains.Length > 0 ? $" ({string.Join(", ", gains)})" : "")}; chosen on the test set "
                    + $"itself, as printed, the best of 81 shifts can never lose. {On}",
                [
                    .. Judged.SelectMany(row => (OwnNumber[])[
                        new($"{row.Task.Title}, as it is", row.Choice!.Unchanged), new($"{row.Task.Title}, best shift", row.Choice.OnTestSet),
                        new($"{row.Task.Title}, best shift of the other half", row.Choice.HeldOut),
                            new($"{row.Task.Title}, gain of that", row.Choice.HeldOutDifference)]),
                ]);
        }

        public Outcome Prompts() => Judged.Length == 0 ? TooFew("table-3") : new Outcome(
            "table-3",
            IsComplete ? IsNear ? ClaimStatus.Reproduced : ClaimStatus.Differs : ClaimStatus.DirectionOnly,
            $"Used as printed: {string.Join("; ", Rows.Select(row => $"{row.Task.Title} {string.Join(" / ", row.Task.Prompts().Take(2).Select(prompt => prompt.Prompt))}"))}. {On}",
            [.. Judged.Select(row => new OwnNumber($"{row.Task.Title}, {row.Sweep!.Number}", row.Choice!.Unchanged))]);

        public Outcome Curves() => Judged.Length == 0 ? TooFew("supplementary-figure-10") : new Outcome(
            "supplementary-figure-10",
            ClaimStatus.DirectionOnly,
            $"The curves are drawn; ImageNet is not among them, modgap-lab zero-shot takes it with a file of its classes. {On}",
            [.. Judged.Select(row =>
                new OwnNumber($"{row.Task.Title}, shift of the largest",
                Estimate.Exact(row.Choice!.ChosenOnTestSet, "one of 81 shifts", row.Result.ZeroShot.Images)))]);

        public Outcome Effect()
        {
            if (Judged.Length == 0)
                return TooFew("abstract-downstream");
            string[] significant = [.. Judged.Where(row => row.Choice!.HeldOutTest.Value < 0.05).Select(row => row.Task.Title)];
            return new Outcome(
                "abstract-downstream",
                significant.Length == 0 ? ClaimStatus.Differs : IsComplete ? ClaimStatus.Reproduced : ClaimStatus.DirectionOnly,
                $"Tested on the half that did not choose the shift, by paired tests, the change is significant in {significant.Length} of {Judged.Length} tasks. Fairness is table-2's. {On}",
                [.. Judged.Select(row => new OwnNumber($"{row.Task.Title}, p of the held-out change", row.Choice!.HeldOutTest))]);
        }

        private Outcome TooFew(string claim) =>
            new(claim, ClaimStatus.Needs, $"Needs at least {SweepChoice.FewestUnits} pictures of a task that can be used. {On}", []);

        private static double Published(string name) => ClaimList.All.First(claim => claim.Id == "table-1").Published.First(one => one.Name == name).Value;
    }
}
