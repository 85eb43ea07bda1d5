using ModalityGap.Lab.Data;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Training;

/// <summary>
/// The order of an epoch: every picture once, and no item twice in a batch, where it would be its own negative. A pass takes one picture of
/// each item; an item with two pictures is in two passes.
/// </summary>
/// <param name="set">The pictures.</param>
/// <param name="train">Those for training.</param>
/// <param name="batch">Pairs a batch.</param>
internal sealed class BatchPlan(ImageTextSet set, IReadOnlyList<int> train, int batch)
{
    private readonly int[][] imagesOfItem = [.. train.GroupBy(image => set.Images[image].Item).OrderBy(group => group.Key).Select(group => group.ToArray())];

    /// <summary>How many batches an epoch has.</summary>
    public int BatchesPerEpoch => Enumerable.Range(0, Passes).Sum(pass => Batches(imagesOfItem.Count(images => images.Length > pass)));

    private int Passes => imagesOfItem.Max(images => images.Length);

    /// <summary>The batches of an epoch, each a list of pictures.</summary>
    public IEnumerable<int[]> Epoch(RandomStream random)
    {
        int[][] shuffled = [.. imagesOfItem.Select((images, item) => Shuffled(images, random.Fork("pictures", item)))];
        for (int pass = 0; pass < Passes; pass++)
        {
            int[] images = Shuffled([.. shuffled.Where(list => list.Length > pass).Select(list => list[pass])], random.Fork("items", pass));
            int count = Batches(images.Length);
            for (int b = 0; b < count; b++)
                yield return images[(int)((long)images.Length * b / count)..(int)((long)images.Length * (b + 1) / count)];
        }
    }

    // As many as needed, of nearly the same size, none of a single picture, which would have no negatives.
    private int Batches(int images) => Math.Min((images + batch - 1) / batch, images / 2);

    private static int[] Shuffled(int[] list, RandomStream random) => [.. random.NextPermutation(list.Length).Select(index => list[index])];
}
