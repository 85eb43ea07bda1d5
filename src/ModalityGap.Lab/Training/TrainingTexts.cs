using ModalityGap.Lab.Data;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Training;

/// <summary>
/// The text that an item is trained with: its own, or, of a share of the items, that of another item; whole, or its first words only. Which items are
/// mismatched stays
/// the same for the whole run.
/// </summary>
internal sealed class TrainingTexts
{
    private readonly ImageTextSet set;
    private readonly TrainingOptions options;
    private readonly int[] giver;

    /// <param name="set">The data.</param>
    /// <param name="train">The pictures for training, among whose items texts are exchanged.</param>
    /// <param name="options">How.</param>
    public TrainingTexts(ImageTextSet set, IReadOnlyList<int> train, TrainingOptions options)
    {
        (this.set, this.options) = (set, options);
        giver = Givers(set, train, options);
    }

    /// <summary>The share of a text's words that is kept: the first ones, at least one.</summary>
    public static string Cut(string text, double share)
    {
        if (share >= 1)
            return text;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Take(Math.Max(1, (int)Math.Ceiling(share * words.Length))));
    }

    /// <summary>The item whose texts this one is trained with; itself where the pair is a matching one.</summary>
    public int Giver(int item) => giver[item];

    /// <summary>A text for an item in a step.</summary>
    /// <param name="item">The item.</param>
    /// <param name="random">Draws one of its texts where the run augments; else it is the first.</param>
    public string Draw(int item, RandomStream random) =>
        options.Augment ? Cut(CaptionDraw.Random(set.Items[giver[item]], random), options.WordShare) : Plain(item);

    /// <summary>The first text for an item: its name, or the name that it is mismatched with.</summary>
    public string Plain(int item) => Cut(CaptionDraw.First(set.Items[giver[item]]), options.WordShare);

    // A share of the items, in random order, each takes the texts of the next: none keeps its own.
    private static int[] Givers(ImageTextSet set, IReadOnlyList<int> train, TrainingOptions options)
    {
        int[] givers = [.. Enumerable.Range(0, set.Items.Count)];
        if (options.Mismatched == 0)
            return givers;
        int[] items = [.. train.Select(image => set.Images[image].Item).Distinct().Order()];
        int count = Math.Clamp((int)Math.Round(options.Mismatched * items.Length), 2, items.Length);
        int[] chosen = [.. new RandomStream(options.Seed).Fork("mismatched").NextPermutation(items.Length).Take(count).Select(index => items[index])];
        for (int k = 0; k < count; k++)
            givers[chosen[k]] = chosen[(k + 1) % count];
        return givers;
    }
}
