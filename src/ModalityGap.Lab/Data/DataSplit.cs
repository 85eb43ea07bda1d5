using ModalityGap.Statistics;

namespace ModalityGap.Lab.Data;

/// <summary>Which pictures a model is trained on, and which it meets for the first time afterwards.</summary>
public sealed record DataSplit
{
    /// <summary>Pictures for training: seen items in seen styles.</summary>
    public required IReadOnlyList<int> Train { get; init; }

    /// <summary>Pictures of seen items in a style that training never sees.</summary>
    public required IReadOnlyList<int> UnseenStyle { get; init; }

    /// <summary>Pictures, in the seen styles, of items that training never sees.</summary>
    public required IReadOnlyList<int> UnseenItems { get; init; }

    /// <summary>Pictures of unseen items in the unseen style.</summary>
    public required IReadOnlyList<int> UnseenBoth { get; init; }

    /// <summary>
    /// Draws the unseen items and sets the unseen style apart. Every picture is in exactly one part; the same set, seed and options give the
    /// same split everywhere. Items that share their name or the pixels of a picture, as the flags of Norway and of Bouvet Island do, go together,
    /// so that training has not seen an unseen item under another name.
    /// </summary>
    /// <exception cref="ArgumentException">The style is none of the set's, or the share is out of range.</exception>
    public static DataSplit Draw(ImageTextSet set, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= new SplitOptions();
        if (options.UnseenItems is not (>= 0 and < 1))
            throw new ArgumentException($"The share of unseen items is {options.UnseenItems}; it goes from 0 to less than 1.", nameof(options));
        int style = StyleOf(set, options);
        bool[] unseen = DrawItems(set, options);
        var parts = new List<int>[4];
        for (int p = 0; p < parts.Length; p++)
            parts[p] = [];
        for (int i = 0; i < set.Images.Count; i++)
            parts[(unseen[set.Images[i].Item] ? 2 : 0) + (set.Images[i].Style == style ? 1 : 0)].Add(i);
        return new DataSplit { Train = parts[0], UnseenStyle = parts[1], UnseenItems = parts[2], UnseenBoth = parts[3] };
    }

    // -1 where training sees every style.
    private static int StyleOf(ImageTextSet set, SplitOptions options)
    {
        if (options.AllStyles)
            return -1;
        if (options.UnseenStyle is null)
            return set.Styles.Count > 1 ? set.Styles.Count - 1 : -1;
        for (int s = 0; s < set.Styles.Count; s++)
            if (set.Styles[s] == options.UnseenStyle && set.Styles.Count > 1)
                return s;
        throw new ArgumentException(
            $"{set.Name} has no style {options.UnseenStyle} to set apart; it has {string.Join(", ", set.Styles)}.", nameof(options));
    }

    private static bool[] DrawItems(ImageTextSet set, SplitOptions options)
    {
        var unseen = new bool[set.Items.Count];
        int[][] twins = TwinItems.Of(set);
        int wanted = (int)Math.Round(options.UnseenItems * set.Items.Count, MidpointRounding.AwayFromZero);
        int drawn = 0;
        foreach (int g in new RandomStream(options.Seed).Fork("unseen-items").NextPermutation(twins.Length))
        {
            if (drawn + twins[g].Length > wanted)
                continue;
            foreach (int item in twins[g])
                unseen[item] = true;
            drawn += twins[g].Length;
        }
        return unseen;
    }
}
