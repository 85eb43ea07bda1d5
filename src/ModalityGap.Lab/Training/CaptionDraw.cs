using ModalityGap.Statistics;

namespace ModalityGap.Lab.Training;

/// <summary>Draws the text that an item is trained with in a step.</summary>
internal static class CaptionDraw
{
    private const int ShortestList = 3, LongestPart = 3;

    /// <summary>The item's name: what is drawn without augmentation.</summary>
    public static string First(IReadOnlyList<string> texts) => texts[0];

    /// <summary>One of the texts; of a list of tags, a part of it in random order.</summary>
    public static string Random(IReadOnlyList<string> texts, RandomStream random)
    {
        string text = texts[random.NextIndex(texts.Count)];
        string[] tags = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (tags.Length < ShortestList || tags.Any(tag => tag.Count(char.IsWhiteSpace) >= LongestPart))
            return text;
        int kept = 1 + random.NextIndex(tags.Length);
        return string.Join(", ", random.NextPermutation(tags.Length).Take(kept).Select(index => tags[index]));
    }
}
