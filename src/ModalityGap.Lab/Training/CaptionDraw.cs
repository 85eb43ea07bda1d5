using ModalityGap.Lab.Data;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Training;

/// <summary>Draws the text that an item is trained with in a step.</summary>
internal static class CaptionDraw
{
    /// <summary>The item's name: what is drawn without augmentation.</summary>
    public static string First(ImageTextItem item) => item.Texts[0];

    /// <summary>One of the texts, or, as often as each of them, some of the tags in random order.</summary>
    public static string Random(ImageTextItem item, RandomStream random)
    {
        int draw = random.NextIndex(item.Texts.Count + (item.Tags.Count > 0 ? 1 : 0));
        if (draw < item.Texts.Count)
            return item.Texts[draw];
        int kept = 1 + random.NextIndex(item.Tags.Count);
        return string.Join(", ", random.NextPermutation(item.Tags.Count).Take(kept).Select(index => item.Tags[index]));
    }
}
