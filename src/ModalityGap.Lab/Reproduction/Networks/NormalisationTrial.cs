using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Training;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>The gap of one set of weights with and without normalisation, of the paper's random towers and of a small model that is trained.</summary>
/// <param name="Set">Pictures with texts.</param>
/// <param name="Source">Where they came from, in the words of the command line.</param>
/// <param name="Random">Of this set of weights.</param>
/// <param name="Work">How to work.</param>
internal sealed record NormalisationTrial(ImageTextSet Set, string Source, RandomStream Random, WorkContext Work)
{
    private const int Digits = 6;

    /// <summary>ViT-B/32 and its text transformer before training: a row with all normalisation, then one without any, that of the pixels included.</summary>
    /// <param name="items">What is embedded.</param>
    /// <returns>A row each: gap, lower and upper end of its interval, mean cosine between different pictures, and between different texts.</returns>
    public double[][] AtRandom(ItemInputs items)
    {
        (EmbeddingSet With, EmbeddingSet Without)[] sides = [.. PublishedTower.All.Where(tower => tower.Id is "vit" or "text").Select(tower => BothOf(tower, items))];
        return [Gap(sides[0].With, sides[1].With), Gap(sides[0].Without, sides[1].Without)];
    }

    /// <summary>Trains from the same starting weights, with or without normalisation.</summary>
    /// <param name="normalises">Whether anything is normalised in training.</param>
    /// <param name="epochs">Epochs.</param>
    /// <returns>
    /// A row for each epoch, the first before training: gap on unseen pictures, share of pictures whose text comes first, loss. Then two rows of the
    /// trained model as <see cref="AtRandom"/> has them with the share in the end: as it was trained, and with the switch turned.
    /// </returns>
    public double[][] Trained(bool normalises, int epochs)
    {
        var options = new TrainingOptions { Epochs = epochs, Seed = (long)(Random.Fork("training").NextBits() >> 1) };
        var run = TrainingRun.Of(Source, Set, new SplitOptions(), new EncoderOptions(), options);
        using Trainer trainer = Trainer.Start(run);
        trainer.Model.Normalises = normalises;
        trainer.Train(cancellation: Work.Cancellation);
        double[] asTrained = Look(trainer.Model, run);
        trainer.Model.Normalises = !normalises;
        return
        [
            .. trainer.Log.Select(record => (double[])[record.Gap, record.RecallImageToText, record.Loss ?? double.NaN]),
            asTrained,
            Look(trainer.Model, run),
        ];
    }

    private (EmbeddingSet With, EmbeddingSet Without) BothOf(PublishedTower tower, ItemInputs items)
    {
        using PublishedEncoder encoder = tower.Create(Random.Fork("weights").Fork(tower.Id));
        EmbeddingSet with = tower.OfItems(encoder, items, Work.Cancellation);
        encoder.Normalises = false;
        return (with, tower.OfItems(encoder, items.Plain(), Work.Cancellation));
    }

    private double[] Look(DualEncoder model, TrainingRun run)
    {
        var embedder = new Embedder(model);
        ImageTextItem[] items = [.. run.Watched.Select(image => Set.Items[Set.Images[image].Item])];
        EmbeddingSet pictures = embedder.Images(Set, run.Watched, Work.Cancellation);
        EmbeddingSet texts = embedder.Texts([.. items.Select(item => item.Texts[0])], items, Work.Cancellation);
        var pairs = PairedEmbeddings.ByRow(UnitEmbeddings.Normalize(pictures), UnitEmbeddings.Normalize(texts));
        return [.. Gap(pictures, texts), Retrieval.Hits(new SearchRanks(pairs, Work).First, 1).Average()];
    }

    // Last digits of sums in float32 depend on the machine's threads.
    private double[] Gap(EmbeddingSet pictures, EmbeddingSet texts)
    {
        UnitEmbeddings first = UnitEmbeddings.Normalize(pictures), second = UnitEmbeddings.Normalize(texts);
        Estimate squared = GapMeasure.SquaredGap(PairedEmbeddings.ByRow(first, second), Work);
        IEnumerable<double> ends = ((double?[])[squared.Value, squared.Low, squared.High]).Select(value => Math.Round(Math.Sqrt(Math.Max(0, value ?? 0)), Digits));
        return [.. ends, MeanCosine(first), MeanCosine(second)];
    }

    // (‖Σ x‖² - n) / (n (n - 1)).
    private static double MeanCosine(UnitEmbeddings rows)
    {
        var sum = new double[rows.Dimensions];
        for (int i = 0; i < rows.Rows; i++)
            ColumnSums.Add(rows.Row(i), [1.0], sum);
        return Math.Round((sum.Sum(value => value * value) - rows.Rows) / ((double)rows.Rows * (rows.Rows - 1)), Digits);
    }
}
