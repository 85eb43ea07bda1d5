using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Lab.Training;

/// <summary>Gap and recall of a model on pictures that it is not trained on, as the core measures them.</summary>
/// <param name="set">The data.</param>
/// <param name="images">The pictures to watch.</param>
/// <param name="wordShare">Share of the words of their texts that are read.</param>
internal sealed class Watch(ImageTextSet set, IReadOnlyList<int> images, double wordShare)
{
    private readonly ImageTextItem[] items = [.. images.Select(image => set.Items[set.Images[image].Item])];

    /// <summary>Fills in a record.</summary>
    public EpochRecord Record(DualEncoder model, int epoch, double? loss, double seconds, CancellationToken cancellation)
    {
        var work = new WorkContext(cancellation: cancellation);
        PairedEmbeddings pairs = Pairs(model, cancellation);
        var ranks = new SearchRanks(pairs, work);
        return new EpochRecord
        {
            Epoch = epoch,
            Loss = loss,
            Temperature = model.Temperature,
            Gap = Math.Sqrt(Math.Max(0, GapMeasure.SquaredGap(pairs, work).Value)),
            RecallImageToText = Retrieval.Hits(ranks.First, 1).Average(),
            RecallTextToImage = Retrieval.Hits(ranks.Second, 1).Average(),
            Watched = images.Count,
            Seconds = seconds,
        };
    }

    /// <summary>What is watched: the pictures and their partners.</summary>
    public PairedEmbeddings Pairs(DualEncoder model, CancellationToken cancellation)
    {
        var embedder = new Embedder(model);
        string[] texts = [.. items.Select(item => TrainingTexts.Cut(CaptionDraw.First(item), wordShare))];
        return PairedEmbeddings.ByRow(
            UnitEmbeddings.Normalize(embedder.Images(set, images, cancellation)),
            UnitEmbeddings.Normalize(embedder.Partners(set, images, texts, items, cancellation)));
    }
}
