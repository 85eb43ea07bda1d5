using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Native;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Models;

/// <summary>Turns pictures and texts into embeddings: the only place where a tensor becomes one.</summary>
/// <param name="model">The model; it is put into evaluation mode.</param>
public sealed class Embedder(DualEncoder model)
{
    private const int Batch = 256;

    /// <summary>The embeddings of pictures, one row each, with their items' ids, names and groups.</summary>
    public EmbeddingSet Images(ImageTextSet set, IReadOnlyList<int> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(images);
        ImageTextItem[] items = [.. images.Select(image => set.Items[set.Images[image].Item])];
        float[] values = Encode(images, part => model.EncodeImages(PictureBatch.Plain(set, part)), cancellation);
        return Rows(Modality.Image, values, items, [.. items.Select(item => item.Texts[0])]);
    }

    /// <summary>What the second tower makes of the partners of pictures: of their texts, or, of one modality twice, of the pictures again.</summary>
    internal EmbeddingSet Partners(
        ImageTextSet set, IReadOnlyList<int> images, IReadOnlyList<string> texts, IReadOnlyList<ImageTextItem> items, CancellationToken cancellation = default) =>
        model.Options.Second == SecondInput.Texts
            ? Texts(texts, items, cancellation)
            : Rows(new Modality("again"), Encode(images, part => model.EncodeSecondPictures(PictureBatch.Plain(set, part)), cancellation), items, texts);

    /// <summary>The embeddings of texts, one row each.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="items">The item of each text.</param>
    /// <param name="cancellation">Stops the work between batches.</param>
    public EmbeddingSet Texts(IReadOnlyList<string> texts, IReadOnlyList<ImageTextItem> items, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(items);
        return Rows(Modality.Text, Encode(texts, part => model.EncodeTexts(model.Reader.Read(part)), cancellation), items, texts);
    }

    private EmbeddingSet Rows(Modality modality, float[] values, IReadOnlyList<ImageTextItem> items, IReadOnlyList<string> captions) => new(
        modality,
        values,
        model.Options.Dimensions,
        names: new RowNames
        {
            Ids = [.. items.Select(item => item.Id)],
            Labels = items.All(item => item.Group is not null) ? [.. items.Select(item => item.Group!)] : null,
            Captions = captions,
        });

    private float[] Encode<T>(IReadOnlyList<T> inputs, Func<IReadOnlyList<T>, Tensor> encode, CancellationToken cancellation)
    {
        bool training = model.training;
        model.eval();
        var values = new float[checked(inputs.Count * model.Options.Dimensions)];
        try
        {
            using (no_grad())
                for (int start = 0; start < inputs.Count; start += Batch)
                {
                    cancellation.ThrowIfCancellationRequested();
                    int first = start;
                    Undisturbed.Run(() =>
                    {
                        using (NewDisposeScope())
                            encode([.. inputs.Skip(first).Take(Batch)]).contiguous().data<float>().CopyTo(values, first * model.Options.Dimensions);
                    });
                }
        }
        finally
        {
            model.train(training);
        }
        return values;
    }
}
