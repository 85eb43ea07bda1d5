using System.Globalization;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Supplementary Figure 15: without any normalisation, of layers and of pixels, the gap is still there; with random weights, after training without it,
/// and when it is taken out of a trained model.
/// </summary>
internal sealed class GapWithoutNormalisation : IExperiment
{
    private const int Side = 32;

    private const string With = "with normalisation", Without = "without normalisation";

    public string Id => "supplementary-figure-15";

    public string Title => "Supplementary Figure 15: the gap without normalisation";

    public Material Uses => Material.Data;

    private sealed record Sizes(int Inputs, int Seeds, int Epochs)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(100, 3, 30) : new(6, 2, 1);
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("random weights", $"CLIP's ViT-B/32 and text transformer, {sizes.Inputs} items, pictures of 224 x 224"),
            new("training", $"a convolutional tower of {Side} x {Side} pixels and a bag of words, {sizes.Epochs} epochs, looked at on unseen pictures"),
            new("sets of weights", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 15 : 0.7;

    public Findings Run(ExperimentContext context)
    {
        var sizes = Sizes.Of(context.Effort);
        string source = context.Given.Data!;
        var data = new Lazy<ImageTextSet>(() => DataSource.Open(source, new DataOptions { Side = Side }, null, context.Work.Cancellation).Set);
        var items = new Lazy<ItemInputs>(() => ItemInputs.Open(source, sizes.Inputs, context.Random.Fork("items"), context.Work.Cancellation));
        List<Trial> trials = [];
        for (int seed = 0; seed < sizes.Seeds; seed++)
        {
            double before = seed;
            double Done(double part) => (before + part) / sizes.Seeds;
            NormalisationTrial Trial() => new(data.Value, source, context.Random.Fork("weights", (long)before), context.Work);
            trials.Add(new Trial(
                context.Part($"random-{seed + 1}", Done(0), () => Trial().AtRandom(items.Value)),
                context.Part($"trained-with-{seed + 1}", Done(0.2), () => Trial().Trained(normalises: true, sizes.Epochs)),
                context.Part($"trained-without-{seed + 1}", Done(0.6), () => Trial().Trained(normalises: false, sizes.Epochs))));
        }
        return new Findings
        {
            Outcomes = [Judge(trials, source)],
            Tables = [Table(trials), Training(trials)],
            Charts = [OverTraining(trials), OfWeights(trials)],
            Notes =
            [
                "Without normalisation every layer of it is the identity, and pixels are given from 0 to 1. The rows of the embeddings are set to norm 1 in "
                    + "either case: the loss and the gap are defined so.",
                "Turned off after training, the layers behind receive values that they were not trained for: what is left is the gap of a broken model.",
            ],
        };
    }

    /// <summary>What one set of weights gave.</summary>
    private sealed record Trial(double[][] AtRandom, double[][] TrainedWith, double[][] TrainedWithout)
    {
        /// <summary>The five states, a row each: gap, low, high, mean cosine of pictures, of texts, and recall where it was trained.</summary>
        public IEnumerable<(string State, bool IsWithout, double[] Row)> States =>
        [
            ($"random, {With}", false, AtRandom[0]),
            ($"random, {Without}", true, AtRandom[1]),
            ($"trained, {With}", false, TrainedWith[^2]),
            ($"trained, {Without}", true, TrainedWithout[^2]),
            ($"trained {With}, then taken out", true, TrainedWith[^1]),
        ];

        /// <summary>A row for each epoch.</summary>
        public static double[][] Epochs(double[][] trained) => trained[..^2];
    }

    private static Outcome Judge(List<Trial> trials, string source)
    {
        // The lower end of the interval that each set of weights has on its pairs.
        double least = trials.Min(trial => trial.States.Where(state => state.IsWithout).Min(state => state.Row[1]));
        return new Outcome(
            "supplementary-figure-15",
            least > 0 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"On {(DataSource.Names.Contains(source) ? source : "the data that were given")}, with random weights and with small trained ones in place of the paper's. "
                + (least > 0
                    ? $"With no set of weights does the interval of the gap without normalisation reach below {InWords.Number(least)}."
                    : "With some set of weights the interval of the gap without normalisation reaches 0.")
                + $" Trained without it, {Percent(Share(trials, trial => trial.TrainedWithout[^2]))} % of unseen pictures have their text first, "
                + $"{Percent(Share(trials, trial => trial.TrainedWith[^2]))} % with it.",
            [
                .. States(trials).Select(state => new OwnNumber($"gap, {state.Name}", state.Gap)),
                new OwnNumber($"share of pictures with their text first, trained, {With}", Share(trials, trial => trial.TrainedWith[^2])),
                new OwnNumber($"share of pictures with their text first, trained, {Without}", Share(trials, trial => trial.TrainedWithout[^2])),
                new OwnNumber("share of pictures with their text first, then taken out", Share(trials, trial => trial.TrainedWith[^1])),
            ]);
    }

    private static IEnumerable<(string Name, Estimate Gap)> States(List<Trial> trials) => trials[0].States.Select((state, k) =>
        (state.State, Mean(trials, trial => trial.States.ElementAt(k).Row[0])));

    private static Estimate Mean(List<Trial> trials, Func<Trial, double> value) => StudentInterval.Mean([.. trials.Select(value)], "sets of weights");

    private static Estimate Share(List<Trial> trials, Func<Trial, double[]> row) => Mean(trials, trial => row(trial)[5]).Within(0, 1);

    private static string Percent(Estimate share) => (100 * share.Value).ToString("0.#", CultureInfo.InvariantCulture);

    private static ResultTable Table(List<Trial> trials) => new(
        "gaps", "The gap with and without normalisation",
        ["state", "weights", "gap", "low", "high", "mean cosine of pictures", "mean cosine of texts", "share of pictures with their text first"],
        [
            .. trials.SelectMany((trial, seed) => trial.States.Select(state => (IReadOnlyList<string>)
                [state.State, Cells.Of(seed + 1), .. Cells.Row(state.Row.AsSpan(0, 5)), state.Row.Length > 5 ? Cells.Of(state.Row[5]) : ""])),
        ]);

    private static ResultTable Training(List<Trial> trials) => new(
        "training", "The gap in training", ["training", "weights", "epoch", "gap", "share of pictures with their text first", "loss"],
        [
            .. trials
                .SelectMany(trial => ((string Name, double[][] Rows)[])[(With, trial.TrainedWith), (Without, trial.TrainedWithout)], (trial, training) => (trial, training))
                .SelectMany(one => Trial.Epochs(one.training.Rows).Select((row, epoch) => (IReadOnlyList<string>)
                [
                    one.training.Name, Cells.Of(trials.IndexOf(one.trial) + 1), Cells.Of(epoch), .. Cells.Row(row[0], row[1]), double.IsNaN(row[2]) ? "" : Cells.Of(row[2]),
                ])),
        ]);

    private static Chart OverTraining(List<Trial> trials)
    {
        return new Chart
        {
            Name = "gap-in-training",
            Title = "Trained without normalisation the modalities stay apart too",
            Caption = $"Mean over {trials.Count.ToString(CultureInfo.InvariantCulture)} sets of weights, on pictures that training does not see.",
            Panels = [Panel("gap", 0), Panel("share of pictures with their text first", 1)],
        };

        ChartPanel Panel(string heading, int column) => new()
        {
            Heading = heading,
            Across = "epoch",
            Series = [Line(With, trial => trial.TrainedWith, column), Line(Without, trial => trial.TrainedWithout, column)],
        };

        ChartSeries Line(string name, Func<Trial, double[][]> training, int column)
        {
            int epochs = Trial.Epochs(training(trials[0])).Length;
            Estimate[] means = [.. Enumerable.Range(0, epochs).Select(epoch => Mean(trials, trial => training(trial)[epoch][column]))];
            return ChartSeries.Of(
                name, SeriesKind.Line, Enumerable.Range(0, epochs).Select(epoch => (double)epoch), means.Select(mean => mean.Value),
                means.Select(mean => mean.Low ?? mean.Value), means.Select(mean => mean.High ?? mean.Value));
        }
    }

    private static Chart OfWeights(List<Trial> trials) => new()
    {
        Name = "gap-of-weights",
        Title = "The gap of every set of weights, with and without normalisation",
        Caption = "Each mark is a set of weights, its bar the interval over pairs.",
        Panels =
        [
            new ChartPanel
            {
                Heading = "gap",
                Across = "set of weights",
                Series = [.. trials[0].States.Select((state, k) => ChartSeries.Of(
                    state.State, SeriesKind.Marks, trials.Select((_, seed) => seed + 0.85 + 0.075 * k), Column(trials, k, 0), Column(trials, k, 1), Column(trials, k, 2)))],
            },
        ],
    };

    private static IEnumerable<double> Column(List<Trial> trials, int state, int column) => trials.Select(trial => trial.States.ElementAt(state).Row[column]);
}
