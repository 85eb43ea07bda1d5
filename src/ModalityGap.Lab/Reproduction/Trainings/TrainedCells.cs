using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Lab.Training;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>The runs of a grid, and what is said of them: means over seeds, differences seed by seed, tables, lines.</summary>
/// <param name="cells">The cells, in order.</param>
/// <param name="runs">The runs of each cell, one a seed.</param>
internal sealed class TrainedCells(IReadOnlyList<TrainingCell> cells, IReadOnlyDictionary<string, TrainedRun[]> runs)
{
    private const string Units = "seeds";

    public static double Gap(TrainedRun run) => run.End.Gap;

    public static double Recall(TrainedRun run) => run.Recall;

    /// <summary>The runs of a cell, one a seed.</summary>
    public TrainedRun[] Of(string cell) => runs[cell];

    /// <summary>The mean over seeds with Student's interval.</summary>
    public Estimate Mean(string cell, Func<TrainedRun, double> number) => StudentInterval.Mean([.. runs[cell].Select(number)], Units);

    /// <summary>The mean over seeds of what one cell has more than another.</summary>
    public Estimate Difference(string more, string less, Func<TrainedRun, double> number) =>
        StudentInterval.Mean([.. runs[more].Zip(runs[less], (a, b) => number(a) - number(b))], Units);

    /// <summary>A number of ours for each of some cells.</summary>
    public IEnumerable<OwnNumber> Numbers(string name, IEnumerable<TrainingCell> those, Func<TrainedRun, double> number) =>
        those.Select(cell => new OwnNumber($"{name}, {cell.Name}", Mean(cell.Id, number)));

    /// <summary>Every run in a line.</summary>
    public ResultTable Table() => new(
        "runs", "Every training, before and after",
        [
            "cell", "seed", "gap before", "gap", "loss", "temperature", "recall at 1, first to second", "recall at 1, second to first",
                "matched cosine before", "matched cosine", "rmg before", "rmg",
            "separability before", "separability", "mean cosine within the first", "mean cosine within the second",
        ],
        [
            .. from cell in cells
               from seed in Enumerable.Range(0, runs[cell.Id].Length)
               let run = runs[cell.Id][seed]
               select (IReadOnlyList<string>)[
                   cell.Name, Cells.Of(seed + 1), .. Cells.Row(
                       run.Start.Gap, run.End.Gap, run.End.Loss ?? double.NaN, run.End.Temperature, run.End.RecallImageToText, run.End.RecallTextToImage,
                           run.Before.MatchedCosine,
                       run.After.MatchedCosine, run.Before.RelativeGap, run.After.RelativeGap, run.Before.Separability, run.After.Separability,
                           run.After.FirstCosine, run.After.SecondCosine)],
        ]);

    /// <summary>A number of the log against epochs, the mean over seeds.</summary>
    public ChartPanel OverTime(string heading, IEnumerable<TrainingCell> those, Func<EpochRecord, double> number, bool logUp = false) => new()
    {
        Heading = heading,
        Across = "epoch",
        LogUp = logUp,
        Series =
        [
            .. those.Select(cell => ChartSeries.Of(
                cell.Name, SeriesKind.Line, Epochs(cell).Select(epoch => (double)epoch),
                    Epochs(cell).Select(epoch => runs[cell.Id].Average(run => number(run.Log[epoch]))))),
        ],
    };

    /// <summary>A number after training against what was set, with intervals.</summary>
    public ChartSeries Against(string name, IReadOnlyList<TrainingCell> those, IEnumerable<double> places, Func<TrainedRun, double> number)
    {
        Estimate[] means = [.. those.Select(cell => Mean(cell.Id, number))];
        return ChartSeries.Of(
            name, SeriesKind.Marks, places, means.Select(mean => mean.Value), means.Select(mean => mean.Low ?? mean.Value),
                means.Select(mean => mean.High ?? mean.Value));
    }

    private IEnumerable<int> Epochs(TrainingCell cell) => Enumerable.Range(0, runs[cell.Id][0].Log.Count);
}
