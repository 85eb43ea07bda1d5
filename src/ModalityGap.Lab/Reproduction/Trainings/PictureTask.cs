using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>Pictures of a set that a trained model classifies by the names of items, without further training.</summary>
/// <param name="Name">What is told apart, in words.</param>
/// <param name="Set">The pictures.</param>
/// <param name="Images">Those that are classified.</param>
/// <param name="LabelOf">The class of an item's pictures.</param>
/// <param name="Classes">The items whose names are prompts, and the class that each is a prompt of; several of one class are an ensemble.</param>
internal sealed record PictureTask(
    string Name, ImageTextSet Set, IReadOnlyList<int> Images, Func<ImageTextItem, string> LabelOf, IReadOnlyList<(string Class, ImageTextItem Item)> Classes)
{
    /// <summary>Number of classes.</summary>
    public int Count => Classes.Select(one => one.Class).Distinct().Count();

    /// <summary>What the pictures show, in their order.</summary>
    public ImageTextItem[] Items => [.. Images.Select(image => Set.Items[Set.Images[image].Item])];

    /// <summary>Pictures and prompts as a model embeds them.</summary>
    public ClassificationTask Embed(DualEncoder model, CancellationToken cancellation)
    {
        var embedder = new Embedder(model);
        ImageTextItem[] prompts = [.. Classes.Select(one => one.Item)];
        return new ClassificationTask
        {
            Images = embedder.Images(Set, Images, cancellation),
            Labels = new RowWords(Set.Name, [.. Items.Select(LabelOf)]),
            Classes = embedder.Texts([.. prompts.Select(CaptionDraw.First)], prompts, cancellation)
                .WithNames(new RowNames { Labels = [.. Classes.Select(one => one.Class)] }),
        };
    }
}
