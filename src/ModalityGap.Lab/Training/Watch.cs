using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Lab.Training;

/// <summary>Gap and recall of a model on pictures that it is not trained on, as the core measures them.</summary>
/// <param name="set">The data.</param>
/// <param name="images">The pictures to watch.</param>
internal sealed class Watch(ImageTextSet set, IReadOnlyList<int> images)
{
    private readonly ImageTextItem[] items = [.. images.Select(image => set.Items[set.Images[image].Item])];

    /// <summary>Fills in a record.</summary>
    public EpochRecord Record(DualEncoder model, int epoch, double? loss, double seconds, CancellationToken cancellation)
    {
        var embedder = new Embedder(model);
        var work = new WorkContext(cancellation: cancellation);
        UnitEmbeddings pictures = UnitEmbeddings.Normalize(embedder.Images(set, images, cancellation));
        UnitEmbeddings texts = UnitEmbeddings.Normalize(embedder.Texts([.. items.Select(item => item.Texts[0])], items, cancellation));
        PairedEmbeddings pairs = PairedEmbeddings.ByRow(pictures, texts);
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
}
