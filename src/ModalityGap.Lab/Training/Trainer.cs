using System.Diagnostics;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Statistics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Training;

/// <summary>Trains a dual encoder: for each epoch its batches, for each batch a step; then a look at unseen pictures, and a checkpoint.</summary>
public sealed class Trainer : IDisposable
{
    private readonly ImageTextSet set;
    private readonly TrainingOptions options;
    private readonly BatchPlan plan;
    private readonly Watch watch;
    private readonly AdamW optimizer;
    private readonly List<EpochRecord> log = [];

    private Trainer(TrainingRun run, DualEncoder model)
    {
        (set, options, Run, Model) = (run.Set, run.Info.Training, run, model);
        plan = new BatchPlan(set, run.Split.Train, options.Batch);
        watch = new Watch(set, run.Watched);
        optimizer = ParameterGroups.Optimizer(model, options);
    }

    /// <summary>The model as it is now.</summary>
    public DualEncoder Model { get; }

    /// <summary>The log so far.</summary>
    public IReadOnlyList<EpochRecord> Log => log;

    private TrainingRun Run { get; }

    private RandomStream Random => new RandomStream(options.Seed).Fork("training");

    private long Steps => (long)options.Epochs * plan.BatchesPerEpoch;

    /// <summary>A model at the start of its training.</summary>
    /// <exception cref="Native.LibTorchException">libtorch cannot be loaded.</exception>
    public static Trainer Start(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new Trainer(run, DualEncoder.Create(run.Info.Encoder, new Vocabulary(run.Info.Words), new RandomStream(run.Info.Training.Seed)));
    }

    /// <summary>The model of a checkpoint, to be trained on as if it had never stopped.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">The checkpoint is damaged, of another model or of other data.</exception>
    public static Trainer Continue(TrainingRun run, string checkpoint)
    {
        ArgumentNullException.ThrowIfNull(run);
        (CheckpointInfo info, Dictionary<string, Tensors.NamedTensor> tensors) = Checkpoint.Read(checkpoint);
        run.CheckFits(checkpoint, info);
        var trainer = new Trainer(run, Checkpoint.Model(checkpoint, info, tensors));
        Checkpoint.Restore(checkpoint, tensors, trainer.Model, trainer.optimizer);
        trainer.log.AddRange(info.Log);
        return trainer;
    }

    /// <summary>Trains until the last epoch.</summary>
    /// <param name="done">Told after every epoch, when its checkpoint can be taken.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops the training after the present step; the epochs that were done keep their checkpoint.</param>
    public void Train(Action<EpochRecord>? done = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (log.Count == 0)
            Note(watch.Record(Model, 0, null, 0, cancellation), done);
        for (int epoch = log[^1].Epoch + 1; epoch <= options.Epochs; epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            double loss = Epoch(epoch, progress, cancellation);
            Note(watch.Record(Model, epoch, loss, 0, cancellation) with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds }, done);
        }
    }

    /// <summary>Writes the state after the last epoch.</summary>
    /// <exception cref="Sources.OutputException">It cannot be written; an earlier checkpoint of that name stays.</exception>
    public void Save(string path) => Checkpoint.Save(path, Model, optimizer, Run.Info with { Log = log });

    /// <summary>Frees the model.</summary>
    public void Dispose()
    {
        optimizer.Dispose();
        Model.Dispose();
    }

    private void Note(EpochRecord record, Action<EpochRecord>? done)
    {
        log.Add(record);
        done?.Invoke(record);
    }

    private double Epoch(int epoch, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        Model.train();
        RandomStream random = Random.Fork("epoch", epoch);
        long step = (long)(epoch - 1) * plan.BatchesPerEpoch;
        double sum = 0;
        int batches = 0;
        foreach (int[] images in plan.Epoch(random.Fork("order")))
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = Step(images, step++, random.Fork("batch", batches++));
            sum += loss;
            progress?.Report(new TrainingProgress(epoch, options.Epochs, step, Steps, loss));
        }
        return sum / batches;
    }

    private double Step(int[] images, long step, RandomStream random)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = LearningRate.At(options, step, Steps);
        string[] captions = [.. images.Select((image, i) => Caption(set.Items[set.Images[image].Item], random, i))];
        Tensor pictures = options.Augment ? PictureBatch.Augmented(set, images, random) : PictureBatch.Plain(set, images);
        optimizer.zero_grad();
        Tensor loss = ContrastiveLoss.Symmetric(Model.EncodeImages(pictures), Model.EncodeTexts(Model.Reader.Read(captions)), Model.Scale());
        loss.backward();
        optimizer.step();
        Model.BoundTemperature();
        return loss.item<float>();
    }

    private string Caption(ImageTextItem item, RandomStream random, int row) =>
        options.Augment ? CaptionDraw.Random(item, random.Fork("caption", row)) : CaptionDraw.First(item);
}
