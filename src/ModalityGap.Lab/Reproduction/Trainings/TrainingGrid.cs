using System.Globalization;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>
/// Many short trainings: cells x seeds. Runs of one seed have the same starting weights and the same order of pictures in every cell, so that cells can be
/// compared seed by seed. Each run is
/// a part of the experiment, kept when it is finished.
/// </summary>
/// <param name="scale">Data, models, seeds.</param>
/// <param name="cells">The cells; one that starts from another stands after it.</param>
internal sealed class TrainingGrid(TrainingScale scale, IReadOnlyList<TrainingCell> cells)
{
    /// <summary>How many trainings there are.</summary>
    public int Runs => cells.Count * scale.Seeds;

    /// <summary>About how long they take on two cores.</summary>
    public double Minutes => scale.Seeds * cells.Sum(Seconds) / 60;

    /// <summary>The settings of a result.</summary>
    public IReadOnlyList<Setting> Settings =>
    [
        new("data", $"{scale.Data} where none is given with --data, pictures of {cells[0].Encoder.Side} x {cells[0].Encoder.Side}; gap and recall on "
            + "pictures that training does not see"),
        new("model", string.Join("; ", cells.Select(cell => Words(cell.Encoder)).Distinct())),
        new("training", string.Join("; ", cells.Select(cell => Words(cell.Training)).Distinct())),
        new("cells", string.Join("; ", cells.Select(cell => cell.Name))),
        new("runs", string.Create(CultureInfo.InvariantCulture, $"{cells.Count} cells x {scale.Seeds} seeds")),
    ];

    /// <summary>Trains what is not kept already.</summary>
    public TrainedCells Run(ExperimentContext context)
    {
        ImageTextSet? set = null;
        var runs = new Dictionary<string, TrainedRun[]>();
        double all = cells.Sum(Seconds), before = 0;
        foreach (TrainingCell cell in cells)
        {
            double start = before, share = Seconds(cell) / all;
            runs[cell.Id] =
            [
                .. Enumerable.Range(0, scale.Seeds).Select(seed =>
                {
                    double done = start + share * seed / scale.Seeds;
                    return TrainedRun.Of(context.Part(Part(cell.Id, seed), done, () =>
                    {
                        // A run whose parts are all there needs no data.
                        set ??= Open(context, cells[0].Encoder.Side);
                        return Train(cell, seed, set, context, done, share / scale.Seeds).ToPart();
                    }));
                }),
            ];
            before += share;
        }
        return new TrainedCells(cells, runs);
    }

    /// <summary>The pictures with texts: what the user brought, else those of the scale.</summary>
    public ImageTextSet Open(ExperimentContext context, int side) =>
        DataSource.Open(context.Given.Data ?? scale.Data, new DataOptions { Side = side }, null, context.Work.Cancellation).Set;

    /// <summary>What a cell trains with one of the seeds.</summary>
    public TrainingRun RunOf(TrainingCell cell, int seed, ImageTextSet set, ExperimentContext context) => TrainingRun.Of(
        context.Given.Data ?? scale.Data,
        set,
        new SplitOptions(),
        cell.Encoder,
        cell.Training with { Seed = (long)(context.Random.Fork("seed", seed).NextBits() >> 1) });

    /// <summary>The trained model of a cell that keeps it, or from which another one starts.</summary>
    public static DualEncoder Model(ExperimentContext context, TrainingCell cell, int seed) => Load(context.Beside(ModelName(cell.Id, seed)));

    private TrainedRun Train(TrainingCell cell, int seed, ImageTextSet set, ExperimentContext context, double done, double share)
    {
        using DualEncoder? from = cell.From is null ? null : Load(context.Beside(ModelName(cell.From, seed)));
        using Trainer trainer = Trainer.Start(RunOf(cell, seed, set, context), from);
        PairGeometry start = PairGeometry.Of(trainer.Watched(context.Work.Cancellation), context.Work);
        trainer.Train(
            record => context.Tell(
                string.Create(CultureInfo.InvariantCulture, $"{cell.Name}, seed {seed + 1}, epoch {record.Epoch}/{cell.Training.Epochs}"),
                done + share * record.Epoch / cell.Training.Epochs),
            cancellation: context.Work.Cancellation);
        // Written before the numbers of the run, so that where they stand the model stands too.
        if (cell.KeepsModel || cells.Any(other => other.From == cell.Id))
            trainer.Save(context.Beside(ModelName(cell.Id, seed)));
        return new TrainedRun(trainer.Log, start, PairGeometry.Of(trainer.Watched(context.Work.Cancellation), context.Work), trainer.StepsPerEpoch);
    }

    private static DualEncoder Load(string path)
    {
        (CheckpointInfo info, var tensors) = Checkpoint.Read(path);
        return Checkpoint.Model(path, info, tensors);
    }

    private double Seconds(TrainingCell cell) => cell.Training.Epochs * scale.Seconds
        * (cell.Encoder.ImageTower == ImageTowerKind.VisionTransformer ? scale.SlowerTransformers : 1)
        * (cell.Encoder.Second == SecondInput.Pictures ? 2 : 1);

    private static string Part(string cell, int seed) => string.Create(CultureInfo.InvariantCulture, $"{cell}-seed-{seed + 1}");

    private static string ModelName(string cell, int seed) => Part(cell, seed) + ".safetensors";

    private static string Words(EncoderOptions encoder) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(encoder.ImageTower == ImageTowerKind.Convolutional ? "residual network" : "vision transformer")} of width {encoder.Width}, {SecondOf(encoder)}, "
            + $"{encoder.Dimensions} dimensions");

    private static string SecondOf(EncoderOptions encoder) => encoder.Second == SecondInput.Pictures ? "the same twice"
        : encoder.TextTower == TextTowerKind.BagOfWords ? "bag of words" : "text transformer";

    private static string Words(TrainingOptions training) => string.Create(
        CultureInfo.InvariantCulture,
        $"{training.Epochs} epochs of batches of {training.Batch}, AdamW at "
            + $"{training.LearningRate}{(training.Augment ? "" : ", pictures and texts as they are")}");
}
