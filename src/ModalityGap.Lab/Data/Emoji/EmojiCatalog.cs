using System.Text.Json;

namespace ModalityGap.Lab.Data.Emoji;

/// <summary>
/// What emoji are called. The label ("grinning face"), the tags ("cheerful", "happy"), group and subgroup are Emojibase's (en/data.json,
/// en/messages.json), the Unicode name ("GRINNING FACE") is that of emoji-datasource's emoji.json.
/// </summary>
internal static class EmojiCatalog
{
    /// <summary>Items by code points, in the order of the file. Emoji with a tone of skin are items of their own.</summary>
    /// <param name="data">Emojibase's data.json.</param>
    /// <param name="messages">Emojibase's messages.json.</param>
    /// <param name="names">emoji-datasource's emoji.json.</param>
    /// <param name="withTones">Gives the emoji of one tone each; else those without any.</param>
    public static List<ImageTextItem> Read(byte[] data, byte[] messages, byte[] names, bool withTones)
    {
        using var emojis = JsonDocument.Parse(data);
        Dictionary<string, string> unicode = UnicodeNames(names);
        using var classes = JsonDocument.Parse(messages);
        Dictionary<int, string> groups = Messages(classes, "groups"), subgroups = Messages(classes, "subgroups");
        List<ImageTextItem> items = [];
        foreach (JsonElement emoji in emojis.RootElement.EnumerateArray())
        {
            if (!withTones)
                items.Add(Item(emoji, Tags(emoji), tone: null));
            else if (emoji.TryGetProperty("skins", out JsonElement skins))
                items.AddRange(skins.EnumerateArray()
                    .Where(HasOneTone)
                    .Select(skin => Item(skin, Tags(emoji), skin.GetProperty("tone").GetInt32())));
        }
        return items;

        ImageTextItem Item(JsonElement emoji, List<string> tags, int? tone)
        {
            string id = CodePoints.Of(emoji.GetProperty("hexcode").GetString()!);
            string label = emoji.GetProperty("label").GetString()!;
            return new ImageTextItem
            {
                Id = id,
                Texts = Texts(label, tags, unicode.GetValueOrDefault(id)),
                Tags = tags,
                Group = Class(emoji, "group", groups),
                Subgroup = Class(emoji, "subgroup", subgroups),
                SkinTone = tone,
            };
        }
    }

    // People of two tones ("tone": [1, 3]) have no single one.
    private static bool HasOneTone(JsonElement skin) => skin.GetProperty("tone").ValueKind == JsonValueKind.Number;

    // In this order: the label; the tags, unless the label says them all; the Unicode name, where it differs.
    private static List<string> Texts(string label, List<string> tags, string? name)
    {
        List<string> texts = [label];
        string[] words = Words(label);
        if (tags.SelectMany(Words).Except(words).Any())
            texts.Add(string.Join(", ", tags));
        if (!string.IsNullOrWhiteSpace(name) && !Words(name).SequenceEqual(words))
            texts.Add(name.ToLowerInvariant());
        return texts;
    }

    private static string[] Words(string text) => text.ToLowerInvariant()
        .Split([' ', ',', ':', '-', '"', '“', '”', '’', '!', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Tags(JsonElement emoji) => emoji.TryGetProperty("tags", out JsonElement tags)
        ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!).Where(tag => !string.IsNullOrWhiteSpace(tag))]
        : [];

    private static string? Class(JsonElement emoji, string key, Dictionary<int, string> classes) =>
        emoji.TryGetProperty(key, out JsonElement number) ? classes.GetValueOrDefault(number.GetInt32()) : null;

    // Two subgroups have number 46, seafood and sweets; the emoji of that number are sweets, the later one.
    private static Dictionary<int, string> Messages(JsonDocument classes, string key)
    {
        Dictionary<int, string> messages = [];
        foreach (JsonElement one in classes.RootElement.GetProperty(key).EnumerateArray())
            messages[one.GetProperty("order").GetInt32()] = one.GetProperty("message").GetString()!;
        return messages;
    }

    private static Dictionary<string, string> UnicodeNames(byte[] names)
    {
        using var emojis = JsonDocument.Parse(names);
        Dictionary<string, string> byId = [];
        foreach (JsonElement emoji in emojis.RootElement.EnumerateArray())
            if (emoji.GetProperty("name").GetString() is { } name)
                byId[CodePoints.Of(emoji.GetProperty("unified").GetString()!)] = name;
        return byId;
    }
}
