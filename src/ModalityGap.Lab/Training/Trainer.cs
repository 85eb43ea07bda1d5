using System.Diagnostics;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Native;
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
    private readonly TrainingTexts texts;
    private readonly Watch watch;
    private readonly AdamW optimizer;
    private readonly List<EpochRecord> log = [];

    private Trainer(TrainingRun run, DualEncoder model)
    {
        (set, options, Run, Model) = (run.Set, run.Info.Training, run, model);
        plan = new BatchPlan(set, run.Split.Train, options.Batch);
        texts = new TrainingTexts(set, run.Split.Train, options);
        watch = new Watch(set, run.Watched, options.WordShare);
        optimizer = ParameterGroups.Optimizer(model, options);
    }

    /// <summary>The model as it is now.</summary>
    public DualEncoder Model { get; }

    /// <summary>The log so far.</summary>
    public IReadOnlyList<EpochRecord> Log => log;

    internal int StepsPerEpoch => plan.BatchesPerEpoch;

    private TrainingRun Run { get; }

    private RandomStream Random => new RandomStream(options.Seed).Fork("training");

    private long Steps => (long)options.Epochs * plan.BatchesPerEpoch;

    /// <summary>The pictures that are watched and their partners, as the model sees them now.</summary>
    internal PairedEmbeddings Watched(CancellationToken cancellation = default) => watch.Pairs(Model, cancellation);

    /// <summary>A model at the start of its training.</summary>
    /// <param name="run">What is trained on what.</param>
    /// <param name="from">A trained model whose towers are to be trained further, at this run's temperature; <c>null</c> for random weights.</param>
    /// <exception cref="LibTorchException">libtorch cannot be loaded.</exception>
    public static Trainer Start(TrainingRun run, DualEncoder? from = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var trainer = new Trainer(run, DualEncoder.Create(run.Info.Encoder, new Vocabulary(run.Info.Words), new RandomStream(run.Info.Training.Seed)));
        if (from is not null)
            trainer.Model.TakeTowers(from);
        if (run.Info.Training.Amended)
            AmendedStart.Apply(trainer.Model, run, trainer.texts);
        return trainer;
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
            RandomStream own = random.Fork("batch", batches++);
            double loss = Undisturbed.Run(() => Step(images, step, own));
            step++;
            sum += loss;
            progress?.Report(new TrainingProgress(epoch, options.Epochs, step, Steps, loss));
        }
        return sum / batches;
    }

    private double Step(int[] images, long step, RandomStream random)
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterGroups.SetRate(optimizer, Model, LearningRate.At(options, step, Steps), options.TemperatureRate);
        if (options.FinalTemperature is { } last)
            Model.SetTemperature(TemperatureSchedule.At(Model.Options.InitialTemperature, last, step, Steps));
        Tensor pictures = Pictures(images, random);
        optimizer.zero_grad();
        Tensor loss = ContrastiveLoss.Of(options.Loss, Model.EncodeImages(pictures), Partners(images, pictures, random), Model.Scale(), Model.Bias());
        loss.backward();
        optimizer.step();
        Model.BoundTemperature();
        return loss.item<float>();
    }

    // Of one modality twice the same pictures, or, where pictures are changed at random, another change of them.
    private Tensor Partners(int[] images, Tensor pictures, RandomStream random)
    {
        if (Model.Options.Second == SecondInput.Pictures)
            return Model.EncodeSecondPictures(options.Augment ? Pictures(images, random.Fork("again")) : pictures);
        string[] captions = [.. images.Select((image, i) => texts.Draw(set.Images[image].Item, random.Fork("caption", i)))];
        return Model.EncodeTexts(Model.Reader.Read(captions));
    }

    private Tensor Pictures(int[] images, RandomStream random) =>
        options.Augment ? PictureBatch.Augmented(set, images, random) : PictureBatch.Plain(set, images);
}
